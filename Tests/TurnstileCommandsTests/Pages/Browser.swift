import Foundation
import Subprocess
import SystemPackage
import Testing

/// Headless Chromium (Debian's package `chromium`), which opens a page from a directory of its own.
struct Browser {
    static let path = "/usr/bin/chromium"
    static var isInstalled: Bool { FileManager.default.isExecutableFile(atPath: path) }

    private let directory: URL
    let isDark: Bool

    /// With a page, and perhaps another one beside it that asks questions of the first.
    ///
    /// - Parameter questions: HTML that shows the page (`page.html`) in a frame, and writes what it found out as
    ///   `ANSWER`, base64 of JSON, `END`.
    static func open<Value>(
        _ page: String, questions: String = "", isDark: Bool, _ body: (Browser) async throws -> Value
    ) async throws -> Value {
        let directory = FileManager.default.temporaryDirectory.appending(path: "page-\(UUID())")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        try Data(page.utf8).write(to: directory.appending(path: "page.html"))
        try Data(questions.utf8).write(to: directory.appending(path: "questions.html"))
        return try await body(Browser(directory: directory, isDark: isDark))
    }

    func answer<Answer: Decodable>(as type: Answer.Type) async throws -> Answer {
        let page = try await chromium(["--dump-dom", "file://\(directory.path)/questions.html"])
        let tail = try #require(page.firstRange(of: "ANSWER").map { page[$0.upperBound...] })
        let base64 = try #require(tail.firstRange(of: "END").map { tail[..<$0.lowerBound] })
        return try JSONDecoder().decode(type, from: try #require(Data(base64Encoded: String(base64))))
    }

    /// A PNG of the page. Kept, for eyes, under this name where TURNSTILE_SCREENSHOTS names a directory.
    func picture(_ name: String, width: Int, height: Int) async throws -> Data {
        let path = "\(directory.path)/page.png"
        _ = try await chromium([
            "--window-size=\(width),\(height)", "--screenshot=\(path)", "file://\(directory.path)/page.html",
        ])
        let picture = try Data(contentsOf: URL(filePath: path))
        if let kept = ProcessInfo.processInfo.environment["TURNSTILE_SCREENSHOTS"] {
            try picture.write(to: URL(filePath: "\(kept)/\(name)-\(isDark ? "dark" : "light").png"))
        }
        return picture
    }

    /// The page as it is printed: PDF.
    func printed() async throws -> Data {
        let path = "\(directory.path)/page.pdf"
        _ = try await chromium([
            "--no-pdf-header-footer", "--print-to-pdf=\(path)", "file://\(directory.path)/page.html",
        ])
        return try Data(contentsOf: URL(filePath: path))
    }

    private func chromium(_ arguments: [String]) async throws -> String {
        let common = [
            "120", Self.path, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
            "--allow-file-access-from-files", "--user-data-dir=\(directory.path)/profile",
            "--blink-settings=preferredColorScheme=\(isDark ? 0 : 1)", "--virtual-time-budget=5000",
        ]
        let result = try await run(
            .name("timeout"), arguments: Arguments(common + arguments),
            environment: .inherit.updating(["HOME": directory.path]),
            workingDirectory: FilePath(directory.path), output: .string(limit: 16 << 20), error: .discarded)
        #expect(result.terminationStatus.isSuccess)
        return result.standardOutput
    }
}

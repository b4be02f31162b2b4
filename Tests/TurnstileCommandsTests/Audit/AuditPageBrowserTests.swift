import Coordinator
import Foundation
import SampleReports
import Subprocess
import SystemPackage
import Testing

@testable import Reports
@testable import TurnstileCommands

private let chromiumPath = "/usr/bin/chromium"

/// A page as a browser shows it. Runs where Chromium is installed (Debian's package `chromium`).
@Suite(.serialized, .enabled(if: FileManager.default.isExecutableFile(atPath: chromiumPath)))
struct AuditPageBrowserTests {
    /// Asks of the page in its frame what a person would see, clicks on VERSION twice, and asks again.
    static let questions = """
        <!DOCTYPE html><iframe src="page.html" width="1200" height="900"></iframe><pre id="answer"></pre>
        <script>
        addEventListener("load", () => {
          const page = document.querySelector("iframe").contentDocument;
          const hosts = () => [...page.querySelectorAll("tbody tr")].map(row => row.cells[0].textContent);
          const version = page.querySelectorAll("thead button")[2];
          const answer = {title: page.title, before: hosts()};
          version.click(); answer.ascending = hosts();
          version.click(); answer.descending = hosts();
          answer.sorted = [...page.querySelectorAll("[aria-sort]")].map(head => head.ariaSort);
          answer.bars = [...page.querySelectorAll("svg rect")].map(bar => bar.getBBox().width);
          const style = frames[0].getComputedStyle(page.body);
          answer.back = style.backgroundColor; answer.text = style.color;
          document.querySelector("#answer").textContent = "ANSWER" + btoa(JSON.stringify(answer)) + "END";
        });
        </script>
        """

    struct Answer: Decodable {
        var title: String
        var before: [String]
        var ascending: [String]
        var descending: [String]
        var sorted: [String]
        var bars: [Double]
        var back: String
        var text: String
    }

    /// With the page of these audits beside it, in a directory of its own.
    private func browse<Value>(
        _ report: AuditReport, _ body: (URL) async throws -> Value
    ) async throws -> Value {
        let directory = FileManager.default.temporaryDirectory.appending(path: "audit-page-\(UUID())")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        try Data(AuditPage(report).text.utf8).write(to: directory.appending(path: "page.html"))
        try Data(Self.questions.utf8).write(to: directory.appending(path: "questions.html"))
        return try await body(directory)
    }

    private func chromium(_ directory: URL, isDark: Bool, _ arguments: [String]) async throws -> String {
        let common = [
            "120", chromiumPath, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
            "--allow-file-access-from-files", "--user-data-dir=\(directory.path)/profile",
            "--blink-settings=preferredColorScheme=\(isDark ? 0 : 1)", "--virtual-time-budget=5000",
        ]
        let result = try await run(
            .name("timeout"), arguments: Arguments(common + arguments),
            environment: .inherit.updating(["HOME": directory.path]),
            workingDirectory: FilePath(directory.path), output: .string(limit: 4 << 20), error: .discarded)
        #expect(result.terminationStatus.isSuccess)
        return result.standardOutput
    }

    private func ask(_ report: AuditReport, isDark: Bool) async throws -> Answer {
        try await browse(report) { directory in
            let page = try await chromium(
                directory, isDark: isDark, ["--dump-dom", "file://\(directory.path)/questions.html"])
            let tail = try #require(page.firstRange(of: "ANSWER").map { page[$0.upperBound...] })
            let base64 = try #require(tail.firstRange(of: "END").map { tail[..<$0.lowerBound] })
            return try JSONDecoder().decode(
                Answer.self, from: try #require(Data(base64Encoded: String(base64))))
        }
    }

    @Test func itSortsByVersionAsPeopleReadThem() async throws {
        let audits = ["9.0.0", "1409.7.0", "1353.8.0", "10.0.0"].enumerated().map { index, version in
            AuditSamples.host("h\(index)") { $0.version = version }
        }
        let answer = try await ask(AuditReport(audits), isDark: false)
        #expect(answer.before == ["h0", "h1", "h2", "h3"])
        #expect(answer.ascending == ["h0", "h3", "h2", "h1"])
        #expect(answer.descending == ["h1", "h2", "h3", "h0"])
        #expect(answer.sorted == ["descending"])
        #expect(answer.bars.count == 4 && answer.bars.allSatisfy { $0 > 1 })
    }

    @Test func nothingThatAHostSentRuns() async throws {
        let answer = try await ask(AuditReport(AuditSamples.hostileCluster), isDark: false)
        #expect(answer.title == "turnstile audit: 8 hosts, 1 of them unreadable")
        #expect(answer.before == AuditSamples.hostileCluster.map(\.host))
    }

    @Test func lightIsLightAndDarkIsDark() async throws {
        let report = AuditReport(AuditSamples.cluster)
        let (light, dark) = (try await ask(report, isDark: false), try await ask(report, isDark: true))
        #expect(light.back == "rgb(255, 255, 255)" && light.text == "rgb(27, 31, 36)")
        #expect(dark.back == "rgb(20, 24, 29)" && dark.text == "rgb(228, 232, 236)")
    }

    /// Kept, for eyes, where TURNSTILE_SCREENSHOTS names a directory.
    @Test(arguments: [false, true]) func itCanBeSeen(isDark: Bool) async throws {
        let picture = try await browse(AuditReport(AuditSamples.cluster)) { directory in
            let path = "\(directory.path)/page.png"
            _ = try await chromium(
                directory, isDark: isDark,
                ["--window-size=1280,800", "--screenshot=\(path)", "file://\(directory.path)/page.html"])
            return try Data(contentsOf: URL(filePath: path))
        }
        #expect(picture.starts(with: [0x89, 0x50, 0x4E, 0x47]) && picture.count > 10_000)
        guard let kept = ProcessInfo.processInfo.environment["TURNSTILE_SCREENSHOTS"] else { return }
        try picture.write(to: URL(filePath: "\(kept)/audit-\(isDark ? "dark" : "light").png"))
    }
}

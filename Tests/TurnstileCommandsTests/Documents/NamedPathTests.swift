import Foundation
import Testing

/// Paths and links in the pages lead somewhere.
@Suite struct NamedPathTests {
    @Test(arguments: Document.pages)
    func everyPathExists(path: String) throws {
        let missing = Self.paths(in: try Document(path).text).filter { !Self.exists($0) }
        #expect(missing == [], "\(path)")
    }

    @Test(arguments: Document.pages)
    func everyLinkLeadsSomewhere(path: String) throws {
        let folder = (path as NSString).deletingLastPathComponent
        for link in try Self.links(in: Document(path)) {
            let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
            let file = (folder as NSString).appendingPathComponent(String(parts[0]))
            let target = parts[0].isEmpty ? path : file
            guard !target.hasSuffix(".png") else {
                #expect(Self.exists(target), "\(path): \(link)")
                continue
            }
            let page = try? Document((target as NSString).standardizingPath)
            #expect(page != nil, "\(path): \(link)")
            guard let page, parts.count == 2 else { continue }
            #expect(page.headings.map(Self.anchor).contains(String(parts[1])), "\(path): \(link)")
        }
    }

    @Test func whatIsMissingIsFound() {
        #expect(Self.paths(in: "run Scripts/fly, see (docs/no.md).") == ["Scripts/fly", "docs/no.md"])
        #expect(!Self.exists("Scripts/fly") && Self.exists("Scripts/demo"))
        #expect(Self.anchor("0.27 Stopping `it` early") == "027-stopping-it-early")
    }

    private static func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: Document.root.appendingPathComponent(path).path)
    }

    private static func paths(in text: String) -> [String] {
        let path = #/\b(?:Scripts|docs|units|cloud-config|Sources|Tests)/[A-Za-z0-9_./+-]*[A-Za-z0-9_/]/#
        return text.matches(of: path).map { String($0.output) }
    }

    private static func links(in page: Document) -> [String] {
        page.prose.matches(of: /\]\(([^)]+)\)/).map { String($0.output.1) }.filter { !$0.contains("://") }
    }

    /// The anchor that GitHub gives a heading.
    private static func anchor(_ heading: String) -> String {
        heading.lowercased().filter { $0.isLetter || $0.isNumber || " -_".contains($0) }
            .replacing(" ", with: "-")
    }
}

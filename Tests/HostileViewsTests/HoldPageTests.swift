import Foundation
import Testing

/// docs/holds.md is what the code says. `TURNSTILE_WRITE_PAGES=1` writes it anew.
@Suite struct HoldPageTests {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    @Test(arguments: ["docs/holds.md", "Sources/Reports/Rollout/HoldGuide+Page.swift"])
    func thePageIsWhatTheCodeSays(name: String) throws {
        let page = name.hasSuffix(".md") ? HoldPage().text : HoldPage().source
        let path = Self.root.appendingPathComponent(name)
        if ProcessInfo.processInfo.environment["TURNSTILE_WRITE_PAGES"] == "1" {
            try page.write(to: path, atomically: true, encoding: .utf8)
        }
        let kept = try String(contentsOf: path, encoding: .utf8)
        let differing = zip(page.split(separator: "\n"), kept.split(separator: "\n")).first { $0 != $1 }
        #expect(
            page == kept,
            "\(name) should have '\(differing?.0 ?? "")' and has '\(differing?.1 ?? "")': write it anew with TURNSTILE_WRITE_PAGES=1 swift test --filter HoldPageTests"
        )
    }
}

import Foundation
import Testing

/// docs/holds.md is what the code says. `TURNSTILE_WRITE_PAGES=1` writes it anew.
@Suite struct HoldPageTests {
    static let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("docs/holds.md")

    @Test func thePageIsWhatTheCodeSays() throws {
        let page = HoldPage().text
        if ProcessInfo.processInfo.environment["TURNSTILE_WRITE_PAGES"] == "1" {
            try page.write(to: Self.path, atomically: true, encoding: .utf8)
        }
        let kept = try String(contentsOf: Self.path, encoding: .utf8)
        let differing = zip(page.split(separator: "\n"), kept.split(separator: "\n")).first { $0 != $1 }
        #expect(
            page == kept,
            "docs/holds.md should have '\(differing?.0 ?? "")' and has '\(differing?.1 ?? "")': write it anew with TURNSTILE_WRITE_PAGES=1 swift test --filter HoldPageTests"
        )
    }
}

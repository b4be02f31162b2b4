import Foundation
import Testing

@testable import HostileViews

@Suite struct ReasonSampleTests {
    /// A case without a sample would be shown, and never tried.
    @Test func everyReasonHasASample() throws {
        let source = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../Sources/RolloutModel/HoldReason.swift").standardizedFileURL
        let text = try String(contentsOf: source, encoding: .utf8)
        let body = try #require(text.split(separator: "public enum Step").first)
        let declared = body.matches(of: /\n    case ([A-Za-z0-9]+)/).map { String($0.1) }
        #expect(declared.count > 90)
        let sampled = try Set(ReasonSample.all.map(Self.name))
        #expect(declared.filter { !sampled.contains($0) } == [])
    }

    /// As a journal has it: an object whose only key names it.
    private static func name(of reason: some Encodable) throws -> String {
        let object = try JSONSerialization.jsonObject(with: JSONEncoder().encode(reason))
        return (object as? [String: Any])?.keys.first ?? ""
    }
}

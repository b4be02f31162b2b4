import Foundation
import RolloutModel
import Testing

@testable import HostileViews

@Suite struct ReasonSampleTests {
    /// A case without a sample would be shown, and never tried.
    @Test func everyReasonHasASample() throws {
        let declared = try Self.declared()
        #expect(declared.count > 90)
        #expect(Set(declared).count == declared.count, "a name is unique among all gates")
        let sampled = try Set(ReasonSample.all.map(Self.name))
        #expect(declared.filter { !sampled.contains($0) } == [])
    }

    /// Every hold of every gate is read again from what journals have.
    @Test func everyReasonIsReadAgain() throws {
        for reason in ReasonSample.all {
            let line = try JSONEncoder().encode(reason)
            #expect(try JSONDecoder().decode(HoldReason.self, from: line) == reason)
            #expect(try reason.name == Self.name(of: reason))
        }
    }

    @Test(arguments: [#"{"noSuchHold":{}}"#, "{}", #"{"lockLost":{},"operatorHold":{}}"#, "3"])
    func anythingElseIsNoReason(line: String) {
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(HoldReason.self, from: Data(line.utf8))
        }
    }

    /// The cases of every type named `…Hold`.
    private static func declared() throws -> [String] {
        let model = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../Sources/RolloutModel").standardizedFileURL
        let files = FileManager.default.enumerator(at: model, includingPropertiesForKeys: nil)
        return try (files?.allObjects ?? []).compactMap { $0 as? URL }
            .filter { $0.lastPathComponent.hasSuffix("Hold.swift") }
            .flatMap { file in
                let text = try String(contentsOf: file, encoding: .utf8)
                guard
                    let body = text.split(separator: ": Hold {").dropFirst().first?.split(
                        separator: "isNamed"
                    ).first
                else { return [] as [String] }
                return body.matches(of: /\n    case ([A-Za-z0-9]+)/).map { String($0.1) }
            }
    }

    /// As a journal has it: an object whose only key names it.
    private static func name(of reason: some Encodable) throws -> String {
        let object = try JSONSerialization.jsonObject(with: JSONEncoder().encode(reason))
        return (object as? [String: Any])?.keys.first ?? ""
    }
}

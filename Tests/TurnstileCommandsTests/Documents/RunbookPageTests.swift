import Foundation
import RolloutModel
import Testing

@testable import Settings

/// docs/runbook.md says what the code reads.
@Suite struct RunbookPageTests {
    private struct Entry {
        var key: String
        /// A value, as YAML.
        var example: String
        var meaning: String
    }

    private static func entries() throws -> [Entry] {
        try Document("docs/runbook.md").lines.compactMap { line in
            let cells = line.split(separator: "|", omittingEmptySubsequences: false).map {
                $0.trimmingCharacters(in: .whitespaces)
            }
            guard cells.count == 7, cells[1].hasPrefix("`") else { return nil }
            return Entry(
                key: cells[1].trimmingCharacters(in: ["`"]),
                example: cells[4].trimmingCharacters(in: ["`"]), meaning: cells[5])
        }
    }

    private static func path(_ keys: RunbookKeys, _ name: String) -> String {
        keys == .top ? name : "\(keys.rawValue).\(name)"
    }

    @Test func everyKeyHasOneEntryAndNoOtherHas() throws {
        let entries = try Self.entries()
        let keys = RunbookKeys.allCases.flatMap { keys in keys.names.map { Self.path(keys, $0) } }
        #expect(entries.map(\.key).sorted() == keys.sorted())
        for entry in entries { #expect(entry.meaning.count > 10, "\(entry.key)") }
    }

    /// The examples of a kind of stage load together, and each of them is read.
    @Test(arguments: [(RunbookKeys.upgrade, "upgrade"), (.platform, "platform")])
    func examplesAreAccepted(keys: RunbookKeys, kind: String) throws {
        // A backup that there is already is not made into a directory.
        let names = keys.names.filter { $0 != "backed-up" }
        let entries = try Self.entries().filter { entry in
            names.contains { Self.path(keys, $0) == entry.key }
        }
        let whole = try Self.read(kind, entries)
        let required = keys == .upgrade ? 1 : 6
        var readable = 0
        for left in entries {
            let others = try? Self.read(kind, entries.filter { $0.key != left.key })
            #expect(others != whole, "\(left.key) says nothing")
            if others != nil { readable += 1 }
        }
        #expect(readable == entries.count - required)
    }

    private static func read(_ kind: String, _ entries: [Entry]) throws -> Runbook {
        let values = entries.map { entry in
            "\(entry.key.split(separator: ".").last ?? ""): \(entry.example)"
        }
        return try read("stages: [{name: a, \(kind): {\(values.joined(separator: ", "))}}]")
    }

    /// Reads a text as a runbook for the hosts of the examples. Files that it names are not looked for.
    static func read(_ yaml: String) throws -> Runbook {
        try RunbookFile(
            yaml: yaml,
            reader: RunbookStageReader(
                file: "spring.yaml", hosts: [HostID("core-1")], absolute: { $0 }, hasEnded: { _ in true })
        ).runbook
    }
}

import Foundation
import RolloutJournal
import Testing

/// A journal as a turnstile of its time wrote it. `Fixtures/README.md` says which.
struct KeptJournal: Sendable, CustomTestStringConvertible {
    /// In `Fixtures`: `format-3/last-0.jsonl`.
    let name: String

    static let all: [KeptJournal] = {
        let names = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
        return names.filter { $0.hasSuffix(".jsonl") }.sorted().map { KeptJournal(name: $0) }
    }()

    static let present = all.filter { $0.format == JournalEntry.format }

    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(
        path: "Fixtures")

    /// By its folder.
    var format: Int? { Int(name.drop { !$0.isNumber }.prefix { $0.isNumber }) }

    var path: String { Self.folder.appending(path: name).path }

    var testDescription: String { name }

    func lines() throws -> [Data] {
        try Data(contentsOf: URL(fileURLWithPath: path)).split(separator: UInt8(ascii: "\n"))
    }

    func entries() throws -> [JournalEntry] {
        var entries: [JournalEntry] = []
        try Journal.read(path: path) { entries.append($0) }
        return entries
    }
}

import Digest
import Foundation

/// A line of the file: an entry's JSON object, closed by a digest that chains it to the line before.
///
///     {"at":"…","number":3,"what":{…},"sha256":"…"}
///
/// The digest is over the digest of the line before and every byte of this line up to its own `,"sha256"`. It finds what
/// was changed, dropped, put in or swapped; it is no signature.
struct JournalLine {
    var bytes: [UInt8]
    /// In hexadecimal.
    var digest: String

    /// What the first line is chained to.
    static let origin = String(repeating: "0", count: 64)

    private static let opening = Array(#","sha256":""#.utf8)
    private static let closing = Array(#""}"#.utf8)
    private static let sealBytes = opening.count + 64 + closing.count

    /// The line of an entry, its newline included.
    init(_ entry: JournalEntry, after previous: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let body = [UInt8](try encoder.encode(entry).dropLast())
        digest = Self.digest(of: body[...], after: previous)
        bytes = body + Self.opening + Array(digest.utf8) + Self.closing + [UInt8(ascii: "\n")]
    }

    /// The entry of a line, without its newline.
    ///
    /// - Throws: `Fault`, for people.
    static func read(_ line: ArraySlice<UInt8>, after previous: String) throws(Fault) -> (
        entry: JournalEntry, digest: String
    ) {
        let body = line.dropLast(sealBytes)
        let seal = line.suffix(sealBytes)
        guard !body.isEmpty, seal.starts(with: opening), seal.suffix(closing.count).elementsEqual(closing)
        else { throw Fault(why: "it does not end in a digest") }
        let digest = Self.digest(of: body, after: previous)
        guard seal.dropFirst(opening.count).dropLast(closing.count).elementsEqual(digest.utf8) else {
            throw Fault(why: "its digest does not fit: it, or the line before it, was changed")
        }
        do {
            let text = Data(body) + [UInt8(ascii: "}")]
            return (try JSONDecoder().decode(JournalEntry.self, from: text), digest)
        } catch {
            throw Fault(why: "not an entry (\(error))")
        }
    }

    /// The format that a first line names, whatever else is in it; nil where it names none.
    static func format(of line: ArraySlice<UInt8>) -> Int? {
        struct Probe: Decodable {
            var what: What
            struct What: Decodable { var opened: Opened }
            struct Opened: Decodable { var format: Int }
        }
        return try? JSONDecoder().decode(Probe.self, from: Data(line)).what.opened.format
    }

    private static func digest(of body: ArraySlice<UInt8>, after previous: String) -> String {
        SHA256.hexDigest(Array(previous.utf8) + body)
    }

    struct Fault: Error {
        var why: String
    }
}

import Digest
import Foundation

/// A line of the file: an entry's JSON object, closed by a digest that chains it to the line before.
///
///     {"at":"…","number":3,"what":{…},"sha256":"…"}
///
/// The digest is over the digest of the line before and every byte of this line up to its own `,"sha256"`. The chain
/// shows whether lines were changed, dropped, inserted or swapped; it is no signature. Lines of formats 1 and 2 end in
/// no digest: the digest of such a line is over all of it, and is proved only by a later line with a digest.
public struct JournalLine {
    var bytes: [UInt8]
    var digest: Digest

    /// A SHA-256 in hexadecimal, as a line has it.
    public typealias Digest = [UInt8]

    /// The digest that the first line is chained to.
    static let origin = Digest(repeating: UInt8(ascii: "0"), count: digestBytes)

    /// The first bytes of every line, since keys are in order.
    static let beginning = Array(#"{"at":""#.utf8)

    private static let digestBytes = 64

    private static let opening = Array(#","sha256":""#.utf8)
    private static let closing = Array(#""}"#.utf8)
    private static let sealBytes = opening.count + digestBytes + closing.count

    /// The line of an entry, its newline included.
    init(_ entry: some Encodable, after previous: Digest) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let body = [UInt8](try encoder.encode(entry).dropLast())
        digest = Self.digest(of: body[...], after: previous)
        bytes = body + Self.opening + digest + Self.closing + [UInt8(ascii: "\n")]
    }

    /// The bytes of a journal that has these entries.
    ///
    /// - Throws: the errors of `JSONEncoder`.
    public static func lines(of entries: [JournalEntry]) throws -> [UInt8] {
        var (bytes, last): ([UInt8], Digest) = ([], origin)
        for entry in entries {
            let line = try JournalLine(entry, after: last)
            bytes += line.bytes
            last = line.digest
        }
        return bytes
    }

    /// The entry of a line, without its newline.
    ///
    /// - Parameters:
    ///   - last: the digest of the line before; on return, the digest of this line.
    ///   - isSealed: true if the line must end in its digest.
    /// - Throws: `Fault`, a text for people.
    static func read<Entry: Decodable>(
        _ line: ArraySlice<UInt8>, after last: inout Digest, isSealed: Bool
    ) throws(Fault) -> Entry {
        let digest = Self.digest(of: isSealed ? line.dropLast(sealBytes) : line, after: last)
        if isSealed {
            guard let seal = seal(of: line) else { throw Fault(why: "it does not end in a digest") }
            guard seal.elementsEqual(digest) else {
                throw Fault(why: "its digest does not fit: it, or the line before it, was changed")
            }
        }
        last = digest
        do {
            // The digest is one more key of the object, which decoding ignores.
            return try JSONDecoder().decode(Entry.self, from: Data(line))
        } catch {
            // A line that was changed has another digest.
            let what =
                isSealed
                ? "it is as it was written, and says nothing that this turnstile knows: did a newer one write it?"
                : "not an entry"
            throw Fault(why: "\(what) (\(error))")
        }
    }

    /// The digest that a line names at its end; nil for a line without one.
    static func seal(of line: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        let seal = line.suffix(sealBytes)
        guard line.count > sealBytes, seal.starts(with: opening),
            seal.suffix(closing.count).elementsEqual(closing)
        else { return nil }
        return seal.dropFirst(opening.count).dropLast(closing.count)
    }

    /// The number of bytes at a journal's end that `mayFollow` looks at.
    static let endBytes = sealBytes + 1

    /// True if a line that is chained to a digest may follow a journal.
    ///
    /// - Parameters:
    ///   - end: the last bytes of the journal, `endBytes` of them or more, or all bytes of a shorter journal.
    ///   - previous: the digest of the line that must be the last one.
    ///   - journal: reads the whole journal; called only if the last line ends in no digest, as lines of formats 1 and
    ///     2 do.
    public static func mayFollow(
        _ end: [UInt8], _ previous: Digest, in journal: () throws(JournalError) -> JournalBlocks
    ) throws(JournalError) -> Bool {
        guard let last = end.last else { return previous == origin }
        guard last == UInt8(ascii: "\n") else { return false }
        if let seal = seal(of: ([0] + end.dropLast().suffix(sealBytes))[...]) {
            return seal.elementsEqual(previous)
        }
        return try JournalDigests.last(in: try journal()) == previous
    }

    /// The digest of a line that has been checked.
    static func digest(ofChecked line: ArraySlice<UInt8>, after previous: Digest) -> Digest {
        seal(of: line).map { Digest($0) } ?? digest(of: line, after: previous)
    }

    /// The format that a first line names, whatever else is in the line; nil where it names none.
    static func format(of line: ArraySlice<UInt8>) -> Int? {
        struct Probe: Decodable {
            var what: What
            struct What: Decodable { var opened: Opened }
            struct Opened: Decodable { var format: Int }
        }
        return try? JSONDecoder().decode(Probe.self, from: Data(line)).what.opened.format
    }

    private static func digest(of body: ArraySlice<UInt8>, after previous: Digest) -> Digest {
        var hash = SHA256()
        previous.withUnsafeBytes { hash.update($0) }
        body.withUnsafeBytes { hash.update($0) }
        return hash.finishedInHex()
    }

    struct Fault: Error {
        var why: String
    }
}

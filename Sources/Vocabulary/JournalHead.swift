/// How far a rollout's journal had come: the number of its last entry, and that line's digest, which stands for all before it.
///
/// A chain of digests proves nothing about its own end. Agents keep the last head they were told of, and tell it when the journal
/// is compared with what others saw of it.
public struct JournalHead: Codable, Hashable, Sendable {
    /// Entries count from 1.
    public var entry: Int
    /// SHA-256 in 64 digits, lower-case hexadecimal.
    public var sha256: String

    public init(entry: Int, sha256: String) {
        self.entry = entry
        self.sha256 = sha256
    }

    /// Every reader of JSON keeps numbers up to it exactly, and no journal has as many entries.
    public static let entryMax = 1 << 53

    /// Why no journal can have it; nil where one can.
    public var complaint: String? {
        guard (1...Self.entryMax).contains(entry) else { return "\(entry) is no number of a journal's entry" }
        let isDigest =
            sha256.utf8.count == 64
            && sha256.utf8.allSatisfy {
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                    || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
            }
        return isDigest ? nil : "the digest of a journal's entry is not 64 hexadecimal digits"
    }
}

import Foundation
import RolloutModel

/// The cluster's lock as the text of a key: one JSON object, for the next turnstile and for people with `etcdctl`.
///
/// The text is read strictly. A text that is no lock of a known format still holds the cluster, and is never
/// overwritten.
enum LockText {
    static let bytesMax = 4096
    private static let format = 1
    private static let wordBytesMax = 256

    static func text(_ lock: ClusterLock) throws(Unreadable) -> String {
        try check(lock)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            let text = String(
                decoding: try encoder.encode(
                    Value(
                        format: format, lastToken: lock.lastToken, holder: lock.holder, journal: lock.journal)
                ),
                as: UTF8.self)
            return text
        } catch {
            throw Unreadable(why: "it cannot be encoded: \(error)")
        }
    }

    static func lock(_ text: String) throws(Unreadable) -> ClusterLock {
        guard text.utf8.count <= bytesMax else {
            throw Unreadable(why: "it has \(text.utf8.count) bytes, and a lock at most \(bytesMax)")
        }
        let value: Value
        do {
            value = try JSONDecoder().decode(Value.self, from: Data(text.utf8))
        } catch {
            throw Unreadable(why: "\(ForeignText.line(text, charactersMax: 60).debugDescription) is no lock")
        }
        guard value.format == format else {
            throw Unreadable(why: "it has format \(value.format), and only \(format) is known here")
        }
        let lock = ClusterLock(lastToken: value.lastToken, holder: value.holder, journal: value.journal)
        try check(lock)
        return lock
    }

    private static func check(_ lock: ClusterLock) throws(Unreadable) {
        guard lock.lastToken.isPossible else {
            throw Unreadable(
                why: "its last token is \(lock.lastToken), and no token is above \(Token.ceiling)")
        }
        if let journal = lock.journal, !journal.isPossible {
            throw Unreadable(why: "no journal ends with entry \(journal.head.entry), as it is noted there")
        }
        guard let holder = lock.holder else { return }
        guard holder.token <= lock.lastToken else {
            throw Unreadable(
                why: "its holder has token \(holder.token), above the last one given, \(lock.lastToken)")
        }
        for word in [holder.rollout.rawValue, holder.operatorName, holder.since] {
            guard ForeignText.isClean(word), word.utf8.count <= wordBytesMax else {
                throw Unreadable(why: "a word of its holder is too long, or cannot be printed")
            }
        }
        guard PlainName.isPlain(holder.rollout.rawValue) else {
            throw Unreadable(why: "its holder names no rollout's id")
        }
    }

    struct Unreadable: Error, Hashable, Sendable {
        var why: String
    }

    private struct Value: Codable {
        var format: Int
        var lastToken: Token
        var holder: LockHolder?
        /// The journal's end, added after the rest of the format: a turnstile that does not know the key ignores it.
        var journal: JournalEnd?
    }
}

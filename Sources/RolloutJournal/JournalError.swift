import RolloutModel

/// The reason why a journal cannot be used. A journal is never repaired by guessing.
public enum JournalError: Error, Hashable, Sendable, CustomStringConvertible {
    case notFound(path: String)
    case exists(path: String)
    /// Another process has the journal open for writing.
    case inUse(path: String)
    /// Another entry follows the last entry that this process wrote or read.
    case overtaken(path: String)
    /// The user who runs this process may not reach the journal or its directory.
    case forbidden(ForbiddenPlace)
    case unreadable(path: String, why: String)
    /// The directory of the journals cannot be listed.
    case directoryUnreadable(path: String, why: String)
    /// The file in this place is not a journal of this rollout.
    case foreign(path: String, why: String)
    case notWritten(path: String, why: String)
    case empty(path: String)
    case formatUnknown(path: String, format: Int)
    case damaged(path: String, entry: Int, why: String)

    public var description: String {
        switch self {
        case .notFound(let path):
            "no journal at '\(path)'. Run 'turnstile history' to see which rollouts there are"
        case .exists(let path):
            "a journal already exists at '\(path)'. Go on with it by 'turnstile resume'"
        case .inUse(let path):
            "journal '\(path)' is in use: another turnstile is driving this rollout. Watch it with 'turnstile status'"
        case .overtaken(let path):
            """
            journal '\(path)' has an entry that this turnstile has not written: somebody else goes on with this rollout, \
            or changed the file. Nothing more was done. See where it stands with 'turnstile status', and go on with \
            'turnstile resume'
            """
        case .forbidden(let place): place.description
        case .unreadable(let path, let why):
            "cannot read journal '\(path)': \(why). Mend that, or put a whole copy in its place; " + Self.lost
        case .directoryUnreadable(let path, let why):
            """
            cannot list the journals in '\(path)': \(why). Mend that, or name another directory: --journal, or \
            'journal' in turnstile.yaml
            """
        case .foreign(let path, let why):
            "'\(path)' is no journal of a rollout: \(ForeignText.line(why)). Move it out of that directory; "
                + Self.lost
        case .notWritten(let path, let why):
            "cannot write journal '\(path)': \(why). Nothing more was done; see that the disk has room and takes writes, and resume"
        case .empty(let path):
            "journal '\(path)' has no entry. If its rollout never began, remove the file; " + Self.lost
        case .formatUnknown(let path, let format):
            """
            journal '\(path)' has format \(format), and this turnstile reads \(JournalEntry.formats.lowerBound) to \
            \(JournalEntry.formats.upperBound). Use the turnstile that wrote it
            """
        case .damaged(let path, let entry, let why):
            """
            journal '\(path)' is damaged at entry \(entry): \(ForeignText.line(why)). Nothing was done. Look at that \
            line, and put a whole copy in its place; \(Self.lost)
            """
        }
    }

    /// True if the file may be whole, and only this user may not reach it.
    public var isForbidden: Bool {
        if case .forbidden = self { true } else { false }
    }

    /// The remedy that goes on without the file.
    private static let lost =
        "where its rollout's journal is lost for good, and it has not ended, move the file away: "
        + "'turnstile resume --from-hosts' goes on without"
}

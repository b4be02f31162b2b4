import RolloutModel

/// Why a journal cannot be used. Nothing is ever repaired by guessing.
public enum JournalError: Error, Hashable, Sendable, CustomStringConvertible {
    case notFound(path: String)
    case exists(path: String)
    /// Another process has it open for writing.
    case inUse(path: String)
    case unreadable(path: String, why: String)
    case notWritten(path: String, why: String)
    case empty(path: String)
    case formatUnknown(path: String, format: Int)
    case damaged(path: String, entry: Int, why: String)

    public var description: String {
        switch self {
        case .notFound(let path):
            "no journal at '\(path)'. Run 'turnstile status' to see which rollouts there are"
        case .exists(let path):
            "a journal already exists at '\(path)'. Go on with it by 'turnstile resume'"
        case .inUse(let path):
            "journal '\(path)' is in use: another turnstile is driving this rollout. Watch it with 'turnstile status'"
        case .unreadable(let path, let why):
            "cannot read journal '\(path)': \(why)"
        case .notWritten(let path, let why):
            "cannot write journal '\(path)': \(why). Nothing more was done; free the disk and resume"
        case .empty(let path):
            "journal '\(path)' has no entry: its rollout never began, and the file can be removed"
        case .formatUnknown(let path, let format):
            "journal '\(path)' has format \(format), and this turnstile knows \(JournalEntry.format). Use the turnstile that wrote it"
        case .damaged(let path, let entry, let why):
            """
            journal '\(path)' is damaged at entry \(entry): \(ForeignText.line(why)). Nothing was done; look at that \
            line
            """
        }
    }
}

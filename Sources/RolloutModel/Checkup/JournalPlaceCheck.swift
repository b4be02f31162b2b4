/// The check that journals can be written where they are to be.
public struct JournalPlaceCheck: Hashable, Sendable {
    public var path: String
    public var place: Place

    public enum Place: Hashable, Sendable {
        case directory(Directory)
        /// The path does not exist. `parent` is the nearest directory above.
        case missing(parent: Directory, parentPath: String)
        /// `at` is on the way and is no directory.
        case noDirectory(at: String)
        /// In the system's words.
        case unreadable(why: String)
    }

    public struct Directory: Hashable, Sendable {
        /// By this user.
        public var isWritable: Bool
        public var mode: UInt32
        /// On its file system, for this user; nil if unknown.
        public var freeBytes: Int64?
        /// The directory belongs to another user.
        public var isForeign: Bool

        public init(isWritable: Bool, mode: UInt32, freeBytes: Int64?, isForeign: Bool) {
            self.isWritable = isWritable
            self.mode = mode
            self.freeBytes = freeBytes
            self.isForeign = isForeign
        }
    }

    public init(path: String, _ place: Place) {
        self.path = path
        self.place = place
    }

    /// A rollout that cannot write its journal stops in mid-way.
    private static let freeBytesMin: Int64 = 16 << 20
    /// Enough for the journals of hundreds of rollouts.
    private static let freeBytesUsual: Int64 = 128 << 20

    public var findings: [Checkup.Finding] {
        switch place {
        case .unreadable(let why):
            return [.fault(.journal, .here, "'\(path)': \(why)", fix: elsewhere)]
        case .noDirectory(let at):
            return [
                .fault(.journal, .here, "'\(path)' cannot be made: '\(at)' is no directory", fix: elsewhere)
            ]
        case .missing(let parent, let parentPath):
            guard parent.isWritable else {
                return [
                    .fault(
                        .journal, .here, "'\(path)' is not there, and '\(parentPath)' may not be written to",
                        fix: elsewhere)
                ]
            }
            return space(parent) ?? [.ok(.journal, .here, "'\(path)' will be made, for you alone")]
        case .directory(let directory):
            guard directory.isWritable else {
                return [.fault(.journal, .here, "'\(path)' may not be written to", fix: elsewhere)]
            }
            let flaws = (space(directory) ?? []) + openness(directory)
            return flaws.isEmpty ? [.ok(.journal, .here, "'\(path)' may be written to, by you alone")] : flaws
        }
    }

    private var elsewhere: Remedy {
        [
            "make it a directory of yours, or name another one, by --journal or so:",
            "\(set: "journal", to: "~/.local/state/turnstile")",
        ]
    }

    /// The findings on a directory that others can reach: a user who can write there can have a rollout go on from
    /// another journal.
    private func openness(_ directory: Directory) -> [Checkup.Finding] {
        guard !directory.isForeign else {
            return [
                .fault(
                    .journal, .here, "'\(path)' belongs to another user, who may write journals there",
                    fix: elsewhere)
            ]
        }
        let mode = "0" + String(directory.mode & 0o777, radix: 8)
        let closing: Remedy = ["make it yours alone:", "\(run: "chmod 700 \(path)", .here)"]
        if directory.mode & 0o022 != 0 {
            return [
                .fault(
                    .journal, .here, "'\(path)' has mode \(mode): others than you may write journals there",
                    fix: closing)
            ]
        }
        guard directory.mode & 0o044 != 0 else { return [] }
        return [
            .warning(
                .journal, .here,
                "'\(path)' has mode \(mode): others may read there what hooks print", fix: closing)
        ]
    }

    private func space(_ directory: Directory) -> [Checkup.Finding]? {
        guard let free = directory.freeBytes, free < Self.freeBytesUsual else { return nil }
        let said = "'\(path)' has \(free.asMebibytes) left"
        let fix: Remedy = [
            "free some, or name another directory, \(set: "journal"):", "\(run: "df -h \(path)", .here)",
        ]
        return [
            free < Self.freeBytesMin
                ? .fault(.journal, .here, said, fix: fix) : .warning(.journal, .here, said, fix: fix)
        ]
    }
}

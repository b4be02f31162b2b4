/// The files of keys that may log in, and whether they count.
public struct KeyFilesCheck: Hashable, Sendable {
    /// The files, each listed once.
    public var files: [File]
    /// An ssh agent may have other keys.
    public var hasAgent: Bool

    public struct File: Hashable, Sendable {
        public var path: String
        /// turnstile.yaml or an option names it; otherwise ssh would try it if it were there.
        public var isNamed: Bool
        public var state: State

        public init(path: String, isNamed: Bool, state: State) {
            self.path = path
            self.isNamed = isNamed
            self.state = state
        }
    }

    public enum State: Hashable, Sendable {
        case usable
        case missing
        /// Users other than its owner may read the file, so that it does not count.
        case open(mode: UInt32)
        case unreadable(why: String)
    }

    public init(files: [File], hasAgent: Bool) {
        self.files = files
        self.hasAgent = hasAgent
    }

    public var findings: [Checkup.Finding] {
        let flaws = files.compactMap(flaw)
        let usable = files.filter { $0.state == .usable }
        guard usable.isEmpty else {
            return flaws + [.ok(.keys, .here, usable.map(\.path).joined(separator: ", "))]
        }
        guard !hasAgent else { return flaws + [.ok(.keys, .here, "those of the ssh agent")] }
        guard flaws.isEmpty else { return flaws }
        return [
            .warning(
                .keys, .here, "no key file is there, and no ssh agent runs",
                fix: [
                    "make a key, and put its public half into the hosts' authorized_keys:",
                    "\(run: "ssh-keygen -t ed25519", .here)",
                ])
        ]
    }

    /// nil for a file that is in order, and for one that is only tried where it is there.
    private func flaw(_ file: File) -> Checkup.Finding? {
        let found: (said: String, fix: Remedy)
        switch file.state {
        case .usable: return nil
        case .missing:
            guard file.isNamed else { return nil }
            found = (
                "'\(file.path)' is not there", ["name a key that is there: \(set: "ssh.identity-files")"]
            )
        case .open(let mode):
            found = (
                """
                '\(file.path)' has mode 0\(String(mode, radix: 8)): others may read it, and so it does not count, as \
                with ssh
                """,
                ["make it yours alone:", "\(run: "chmod 600 \(file.path)", .here)"]
            )
        case .unreadable(let why):
            found = (
                "'\(file.path)': \(why)", ["see who may read it:", "\(run: "ls -l \(file.path)", .here)"]
            )
        }
        return file.isNamed
            ? .fault(.keys, .here, found.said, fix: found.fix)
            : .warning(.keys, .here, found.said, fix: found.fix)
    }
}

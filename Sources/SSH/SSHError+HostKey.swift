extension SSHError {
    /// The relation of a host's key to the known ones.
    public enum KeyStanding: Hashable, Sendable {
        case unknown
        /// Entries of files have other keys for the host.
        case other([Entry])

        public struct Entry: Hashable, Sendable {
            /// As the file has the host.
            public var name: String
            public var file: String
        }
    }

    /// Nil where a line in known_hosts would not mend it.
    public var keyStanding: KeyStanding? {
        switch reason {
        case .hostKeyUnknown, .knownHostsMissing: return .unknown
        case .hostKeyChanged(_, _, let lines):
            guard let target else { return nil }
            let files = lines.map(\.file).filter { $0 != KnownHostsCommand.source }
            let name = KnownHosts.lookupNames(for: target)[0]
            let entries = files.reduce(into: [KeyStanding.Entry]()) { entries, file in
                if !entries.contains(where: { $0.file == file }) {
                    entries.append(.init(name: name, file: file))
                }
            }
            return entries.isEmpty ? nil : .other(entries)
        default: return nil
        }
    }

    /// The next step for a person; nil where there is none to name.
    public var nextStep: String? { advice }
}

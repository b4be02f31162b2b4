/// The host keys a person vouches for: known_hosts files, read once and indexed, for any number of hosts.
///
/// The format is that of sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT". libssh2's own reader is not used, since it takes
/// `@revoked` for a host's name.
public struct KnownHosts: Sendable {
    struct Entry: Sendable {
        var key: HostKey
        var marker: Marker
        var line: KnownHostsLine
    }

    /// The meaning of a line for its key.
    enum Marker: Sendable {
        /// The host has the key.
        case none
        /// The host does not have the key, and nothing signed with it counts (`@revoked`).
        case revoked
        /// The host has a key that was signed with it (`@cert-authority`).
        case authority
    }

    public private(set) var files: [String] = []
    /// The files that were named, where none of them exists.
    var missing: [String] = []
    /// Lines that cannot be read; as in ssh, they vouch for no host and revoke no key.
    public private(set) var ignoredLines: [KnownHostsLine] = []
    private var entries: [Entry] = []
    private var index = HostNameIndex()
    /// Lines from other sources than files. The files' own lines keep their index, which takes long to fill.
    private var additions: [KnownHosts] = []
    /// The certificates of hosts that were asked for one.
    let certificates = HostCertificateMemory()

    /// Knows no file and no key: every host is unknown.
    public init() {}

    /// Takes in one file's text.
    public mutating func add(_ text: [UInt8], file: String) {
        files.append(file)
        var number = 0
        // A line ends at LF and nowhere else, as for ssh.
        for line in text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            number += 1
            let place = KnownHostsLine(file: file, number: number)
            switch Self.parse(line) {
            case .nothing: break
            case .entry(let pattern, let key, let marker):
                index.insert(pattern, line: entries.count)
                entries.append(Entry(key: key, marker: marker, line: place))
            case .malformed: ignoredLines.append(place)
            }
        }
    }

    public mutating func add(_ text: String, file: String) { add(Array(text.utf8), file: file) }

    /// A copy with lines from another source than a file.
    func adding(_ text: String, from source: String) -> KnownHosts {
        var added = KnownHosts()
        added.add(text, file: source)
        var all = self
        all.additions.append(added)
        return all
    }

    /// The sources of the lines: files, and others.
    var sources: [String] { files + Set(additions.flatMap(\.files)).sorted() }

    /// The number of names that were tried against hashed ones so far.
    var triedHashes: Int { index.macs }

    func entries(for name: [UInt8], ofFilesAlone: Bool = false) -> [Entry] {
        let own = index.lines(for: name).map { entries[$0] }
        return ofFilesAlone ? own : own + additions.flatMap { $0.entries(for: name) }
    }

    /// The keys on these lines, each once.
    func keys(on lines: [KnownHostsLine]) -> [HostKey] {
        var keys: [HostKey] = []
        for entry in entries + additions.flatMap(\.entries)
        where lines.contains(entry.line) && !keys.contains(entry.key) {
            keys.append(entry.key)
        }
        return keys
    }

    /// True if all these names are found quickly.
    func isQuick(_ names: [[UInt8]]) -> Bool { names.allSatisfy(index.isKnown) }
}

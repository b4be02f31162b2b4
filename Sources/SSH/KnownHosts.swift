/// The host keys a person vouches for: known_hosts files, read once and indexed, good for any number of
/// hosts.
///
/// The format is that of sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT". `@cert-authority` lines are left out:
/// libssh2 knows no host certificates. libssh2's own reader is not used, since it takes `@revoked` for a
/// host's name.
public struct KnownHosts: Sendable {
    struct Entry: Sendable {
        var pattern: HostPattern
        var key: HostKey
        var isRevoked: Bool
        var line: KnownHostsLine
    }

    public private(set) var files: [String] = []
    /// Lines that say nothing that can be read; they vouch for nobody.
    public private(set) var ignoredLines: [KnownHostsLine] = []
    private var entries: [Entry] = []
    private var entriesByName: [[UInt8]: [Int]] = [:]
    /// Hashed names, wildcards and negations, which must be tried one by one.
    private var entriesToTry: [Int] = []

    /// No file and no key: every host is unknown.
    public init() {}

    /// Takes in one file's text.
    ///
    /// - Throws: `SSHError` (`knownHostsMalformed`) for a marked line that cannot be read.
    public mutating func add(_ text: String, file: String) throws(SSHError) {
        files.append(file)
        var number = 0
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            number += 1
            let place = KnownHostsLine(file: file, number: number)
            switch Self.parse(line) {
            case .nothing: break
            case .entry(let pattern, let key, let isRevoked):
                insert(Entry(pattern: pattern, key: key, isRevoked: isRevoked, line: place))
            case .malformed(isMarked: true):
                throw SSHError(.loadKnownHosts, target: nil, .knownHostsMalformed(place))
            case .malformed(isMarked: false): ignoredLines.append(place)
            }
        }
    }

    private mutating func insert(_ entry: Entry) {
        if let names = entry.pattern.literalNames {
            for name in Set(names) { entriesByName[name, default: []].append(entries.count) }
        } else {
            entriesToTry.append(entries.count)
        }
        entries.append(entry)
    }

    func entries(for name: String) -> [Entry] {
        let name = Array(name.utf8)
        let found = (entriesByName[name] ?? []) + entriesToTry.filter { entries[$0].pattern.matches(name) }
        return found.sorted().map { entries[$0] }
    }
}

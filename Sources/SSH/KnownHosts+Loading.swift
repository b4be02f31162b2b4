import Glibc

extension KnownHosts {
    /// Reads the files that exist. A directory among them is passed over, as ssh does. Blocks on local files; call it once,
    /// before any host.
    ///
    /// Every host is unknown where none exists: it is asked for its key all the same, and the refusal shows that.
    ///
    /// - Parameter mayBeMissing: whether none need be named, since hosts that are new are accepted.
    /// - Throws: `SSHError`: `knownHostsMissing` if none is named, `knownHostsUnreadable`.
    public static func load(files: [String], mayBeMissing: Bool = false) throws(SSHError) -> KnownHosts {
        var knownHosts = KnownHosts()
        var directory: SSHError?
        for file in files {
            switch LocalFile.read(file, bytesMax: 64 << 20) {
            case .success(let bytes): knownHosts.add(bytes, file: file)
            case .failure(let fault) where fault.code == ENOENT || fault.code == ENOTDIR: continue
            case .failure(let fault):
                let error = SSHError(
                    .loadKnownHosts, target: nil, .knownHostsUnreadable(file, why: fault.description))
                guard fault.code == EISDIR else { throw error }
                directory = directory ?? error
            }
        }
        guard knownHosts.files.isEmpty, !mayBeMissing else { return knownHosts }
        if let directory { throw directory }
        guard !files.isEmpty else {
            throw SSHError(.loadKnownHosts, target: nil, .knownHostsMissing([], offered: nil))
        }
        knownHosts.missing = files
        return knownHosts
    }

    /// The file that a key is to be added to, as a shell takes it: the first that keeps what is written to it.
    static func fileToWrite(_ files: [String]) -> String {
        let file = files.first { isFile($0) && LocalFile.keepsWhatIsWritten($0) } ?? usualFile
        let isPlain = file.utf8.allSatisfy {
            UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0.asciiLowercased
                || UInt8(ascii: "-")...UInt8(ascii: "9") ~= $0
                || $0 == UInt8(ascii: "_")
        }
        return isPlain || file == usualFile
            ? file
            : "'\(file.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#))'"
    }

    private static func isFile(_ source: String) -> Bool {
        source != "/dev/null" && source != KnownHostsCommand.source
    }

    static let usualFile = "~/.ssh/known_hosts"

    /// True if keys can be added to at least one of these files.
    static func canBeWritten(_ files: [String]) -> Bool {
        files.contains { isFile($0) && LocalFile.keepsWhatIsWritten($0) }
    }
}

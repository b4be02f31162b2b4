import Glibc

extension KnownHosts {
    /// Reads the files that exist. Blocks on local files; call it once, before any host.
    ///
    /// - Throws: `SSHError`: `knownHostsMissing` if none exists, `knownHostsUnreadable`,
    ///   `knownHostsMalformed`.
    public static func load(files: [String]) throws(SSHError) -> KnownHosts {
        var knownHosts = KnownHosts()
        for file in files {
            switch LocalFile.read(file, bytesMax: 64 << 20) {
            case .success(let bytes): try knownHosts.add(String(decoding: bytes, as: UTF8.self), file: file)
            case .failure(let fault) where fault.code == ENOENT: continue
            case .failure(let fault):
                throw SSHError(
                    .loadKnownHosts, target: nil, .knownHostsUnreadable(file, why: fault.description))
            }
        }
        guard !knownHosts.files.isEmpty else {
            throw SSHError(.loadKnownHosts, target: nil, .knownHostsMissing(files))
        }
        return knownHosts
    }
}

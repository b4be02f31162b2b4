import Glibc

extension KnownHosts {
    enum Recording {
        case recorded(file: String)
        /// The key stands in the file already: another connection or program was faster.
        case knownAlready
        /// By what another program wrote there meanwhile.
        case contradicted(Verdict, KnownHosts)
        case failed(file: String, why: String)
    }

    /// The longest time for which a file may be locked by others.
    private static let lockPatience = Duration.seconds(10)

    /// Adds the key of a host that no file says anything of. The file is looked at once more under its lock, so that
    /// a host gets one line however many connections there are. Blocks on local files.
    static func record(_ key: HostKey, of target: SSHTarget, _ new: NewHostKeys) -> Recording {
        guard let line = line(for: key, of: target, hashesName: new.hashesNames) else {
            return .failed(
                file: new.files.first ?? usualFile, why: "the host's name cannot stand in such a file")
        }
        var failure = Recording.failed(
            file: new.files.first ?? usualFile, why: "no file is named that keeps what is written to it")
        for file in new.files where canBeWritten([file]) {
            do throws(SystemFault) {
                let locked = try LockedKnownHosts(file, patience: lockPatience)
                return try record(line, key, of: target, locked)
            } catch {
                failure = .failed(file: file, why: error.description)
            }
        }
        return failure
    }

    private static func record(
        _ line: String, _ key: HostKey, of target: SSHTarget, _ file: borrowing LockedKnownHosts
    ) throws(SystemFault) -> Recording {
        let text = try file.text()
        var present = KnownHosts()
        present.add(text, file: file.path)
        switch present.verdict(on: key, for: target) {
        case .trusted: return .knownAlready
        case .unknown(known: []) where present.authorities(for: target).isEmpty: break
        case let verdict: return .contradicted(verdict, present)
        }
        let separator = text.isEmpty || text.last == UInt8(ascii: "\n") ? "" : "\n"
        try file.append(Array("\(separator)\(line)\n".utf8), after: text.count)
        return .recorded(file: file.path)
    }

    /// As ssh writes it.
    ///
    /// - Returns: nil for a name that would mean more than itself.
    private static func line(for key: HostKey, of target: SSHTarget, hashesName: Bool) -> String? {
        let name = lookupNames(for: target)[0]
        let special = "*?!,|#@ \t".utf8
        guard !name.isEmpty, name.utf8.allSatisfy({ (33...126).contains($0) && !special.contains($0) }) else {
            return nil
        }
        guard hashesName else { return "\(name) \(key)" }
        let salt = (0..<SHA1Digest.byteCount).map { _ in UInt8.random(in: .min ... .max) }
        let code = HMACSHA1(key: salt).code(for: Array(name.utf8)).bytes
        return "|1|\(Base64.encode(salt))|\(Base64.encode(code)) \(key)"
    }
}

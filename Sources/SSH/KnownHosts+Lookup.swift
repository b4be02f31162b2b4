extension KnownHosts {
    public enum Verdict: Hashable, Sendable {
        case trusted
        /// `known` are the types of the keys that are vouched for.
        case unknown(known: [String])
        case changed([KnownHostsLine])
        case revoked(KnownHostsLine)
    }

    /// The names under which OpenSSH looks a host up, in its order: the alias as it is, or the name, in brackets with a
    /// port other than 22. Where no line has the first name, the name without the port is used.
    static func lookupNames(for target: SSHTarget) -> [String] {
        if let alias = target.hostKeyAlias { return [lowercased(alias)] }
        return lookupNames(lowercased(target.name), port: target.port)
    }

    /// The names under which OpenSSH looks up the address it is connected to (`CheckHostIP`), in the same order.
    static func lookupNames(for target: SSHTarget, address: String) -> [String] {
        lookupNames(address, port: target.port)
    }

    private static func lookupNames(_ name: String, port: UInt16) -> [String] {
        port == 22 ? [name] : ["[\(name)]:\(port)", name]
    }

    static func lowercased(_ name: String) -> String {
        String(decoding: name.utf8.map(\.asciiLowercased), as: UTF8.self)
    }

    // MARK: The host's key

    /// Judges a key as OpenSSH with `StrictHostKeyChecking=yes` does.
    ///
    /// - Parameter address: the address of the connection, where known_hosts is to be asked about that too. A trusted
    ///   or new name is not enough then if the address has another key.
    public func verdict(on key: HostKey, for target: SSHTarget, address: String? = nil) -> Verdict {
        let lines = lines(under: Self.lookupNames(for: target))
        var verdict = lines.first.map { Self.judge(key, by: $0) } ?? .unknown(known: [])
        let isNewWithPort = verdict == .unknown(known: [])
        if isNewWithPort, let withoutPort = lines.dropFirst().first {
            verdict = Self.judgeWithoutPort(key, by: withoutPort)
        }
        guard let address, verdict == .trusted || verdict == .unknown(known: []) else { return verdict }
        let names = Self.lookupNames(for: target, address: address)
        let own = self.lines(under: isNewWithPort && verdict == .trusted ? names : Array(names.prefix(1)))
        return own.lazy.compactMap { Self.objection(to: key, by: $0) }.first ?? verdict
    }

    private static func judge(_ key: HostKey, by lines: [Entry]) -> Verdict {
        if let revoked = lines.first(where: { $0.marker == .revoked && $0.key == key }) {
            return .revoked(revoked.line)
        }
        let vouched = lines.filter { $0.marker == .none }
        if vouched.contains(where: { $0.key == key }) { return .trusted }
        let others = vouched.filter { $0.key.type == key.type }
        return others.isEmpty ? .unknown(known: types(of: vouched)) : .changed(others.map(\.line))
    }

    /// Judges a key by the name without its port, which can vouch for a key, and revoke one; it cannot contradict one.
    private static func judgeWithoutPort(_ key: HostKey, by lines: [Entry]) -> Verdict {
        switch judge(key, by: lines) {
        case .trusted: .trusted
        case .revoked(let line): .revoked(line)
        case .changed, .unknown: .unknown(known: [])
        }
    }

    /// - Returns: nil where the address is new, or has the key.
    private static func objection(to key: HostKey, by lines: [Entry]) -> Verdict? {
        switch judge(key, by: lines) {
        case .trusted, .unknown(known: []): nil
        case .unknown: .changed(lines.filter { $0.marker == .none }.map(\.line))
        case let verdict: verdict
        }
    }

    /// The types of the keys the host is known by, in the order of the files. A type whose key is revoked is left out.
    public func keyTypes(for target: SSHTarget) -> [String] {
        for lines in lines(under: Self.lookupNames(for: target)) {
            let revoked = Set(lines.filter { $0.marker == .revoked }.map(\.key))
            let vouched = lines.filter { $0.marker == .none }
            let types = Self.types(of: vouched).filter { type in
                vouched.first { $0.key.type == type }.map { !revoked.contains($0.key) } ?? false
            }
            if !types.isEmpty { return types }
        }
        return []
    }

    // MARK: Authorities

    /// The keys that may sign the host's certificate, in the order of the files, each line once.
    func authorities(for target: SSHTarget) -> [Entry] {
        var seen: Set<KnownHostsLine> = []
        return lines(under: Self.lookupNames(for: target)).joined()
            .filter { $0.marker == .authority && seen.insert($0.line).inserted }
    }

    /// The line that revokes an authority for the host; nil if none does. The name without its port is looked up only
    /// where the one with it has no such authority.
    func revocation(of authority: HostKey, for target: SSHTarget) -> KnownHostsLine? {
        for lines in lines(under: Self.lookupNames(for: target)) {
            let own = lines.filter { $0.key == authority }
            if let revoked = own.first(where: { $0.marker == .revoked }) { return revoked.line }
            if own.contains(where: { $0.marker == .authority }) { return nil }
        }
        return nil
    }

    /// The lines under each name. A program is asked about the first alone.
    private func lines(under names: [String]) -> [[Entry]] {
        names.enumerated().map { place, name in
            entries(for: Array(name.utf8), ofFilesAlone: place > 0)
        }
    }

    private static func types(of entries: [Entry]) -> [String] {
        var types: [String] = []
        for entry in entries where !types.contains(entry.key.type) { types.append(entry.key.type) }
        return types
    }
}

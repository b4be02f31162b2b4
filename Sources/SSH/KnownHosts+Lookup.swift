extension KnownHosts {
    public enum Verdict: Hashable, Sendable {
        case trusted
        /// `known` are the types of the keys that are vouched for.
        case unknown(known: [String])
        case changed([KnownHostsLine])
        case revoked(KnownHostsLine)
    }

    /// The names under which OpenSSH looks a host up, in its order: the alias as it is, or the name, in
    /// brackets with a port other than 22, and then without.
    static func lookupNames(for target: SSHTarget) -> [String] {
        if let alias = target.hostKeyAlias { return [lowercased(alias)] }
        let name = lowercased(target.name)
        return target.port == 22 ? [name] : ["[\(name)]:\(target.port)", name]
    }

    /// Under which it looks up the address it is connected to (`CheckHostIP`).
    static func lookupName(for target: SSHTarget, address: String) -> String {
        target.port == 22 ? address : "[\(address)]:\(target.port)"
    }

    static func lowercased(_ name: String) -> String {
        String(decoding: name.utf8.map(\.asciiLowercased), as: UTF8.self)
    }

    /// Judges a key as OpenSSH with `StrictHostKeyChecking=yes` does.
    ///
    /// - Parameter address: what the host is connected at, where known_hosts is to be asked about that too; a name that is
    ///   trusted does not do then if the address has another key of this type.
    public func verdict(on key: HostKey, for target: SSHTarget, address: String? = nil) -> Verdict {
        let candidates = Self.lookupNames(for: target).map { entries(for: Array($0.utf8)) }
        let own = address.map { entries(for: Array(Self.lookupName(for: target, address: $0).utf8)) } ?? []
        if let revoked = (candidates + [own]).joined().first(where: { $0.marker == .revoked && $0.key == key }
        ) {
            return .revoked(revoked.line)
        }
        if candidates.joined().contains(where: { $0.marker == .none && $0.key == key }) {
            let others = own.filter { $0.marker == .none && $0.key.type == key.type }
            return others.isEmpty || others.contains { $0.key == key }
                ? .trusted : .changed(others.map(\.line))
        }
        // The name without its port can vouch for a key; it cannot contradict one.
        let vouched = (candidates.first ?? []).filter { $0.marker == .none }
        let others = vouched.filter { $0.key.type == key.type }
        if !others.isEmpty { return .changed(others.map(\.line)) }
        return .unknown(known: Self.types(of: vouched))
    }

    /// True if lines about this name accept the key, refuse it, or demand another one or a certificate.
    func decides(on key: HostKey, for name: String) -> Bool {
        entries(for: Array(name.utf8)).contains {
            $0.key == key || $0.marker == .authority || ($0.marker == .none && $0.key.type == key.type)
        }
    }

    /// The types of the keys the host is known by, in the order of the files.
    public func keyTypes(for target: SSHTarget) -> [String] {
        for name in Self.lookupNames(for: target) {
            let types = Self.types(of: entries(for: Array(name.utf8)).filter { $0.marker == .none })
            if !types.isEmpty { return types }
        }
        return []
    }

    // MARK: Authorities

    /// The keys that may sign the host's certificate, in the order of the files.
    func authorities(for target: SSHTarget) -> [Entry] {
        lines(about: target).filter { $0.marker == .authority }
    }

    /// The line that revokes a key for the host; nil if none does.
    func revocation(of key: HostKey, for target: SSHTarget) -> KnownHostsLine? {
        lines(about: target).first { $0.marker == .revoked && $0.key == key }?.line
    }

    /// The lines that match any of the host's names, each once.
    private func lines(about target: SSHTarget) -> [Entry] {
        var seen: Set<KnownHostsLine> = []
        return Self.lookupNames(for: target).flatMap { entries(for: Array($0.utf8)) }
            .filter { seen.insert($0.line).inserted }
    }

    private static func types(of entries: [Entry]) -> [String] {
        var types: [String] = []
        for entry in entries where !types.contains(entry.key.type) { types.append(entry.key.type) }
        return types
    }
}

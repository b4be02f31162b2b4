/// Decides which of a person's keys may be offered to a host.
struct KeyChoice: Sendable {
    private var types: [String]
    private var restrictions: SSHRestrictions

    /// - Parameter types: the allowed types of keys, best first.
    init(types: [String], _ restrictions: SSHRestrictions) {
        self.types = types
        self.restrictions = restrictions
    }

    /// Why a key is not offered; nil if it is.
    func objection(to key: HostKey) -> String? {
        objection(type: key.type)
            ?? restrictions.isTooShort(key).map {
                "it has \($0) bits, and RequiredRSASize demands \(restrictions.rsaBitsMin)"
            }
    }

    func objection(to file: IdentityFile) -> String? {
        if let key = file.publicKey { return objection(to: key) }
        return switch file.kind {
        case let type?: objection(type: type)
        // The key's type is unknown. A list that has even `ssh-rsa` is taken to allow it.
        case nil where types.contains("ssh-rsa"): nil
        case nil: "its type cannot be told without '\(file.path).pub' beside it"
        }
    }

    private func objection(type: String) -> String? {
        types.contains { $0 == type || $0.hasPrefix(type + "-") }
            ? nil : "the ssh configuration does not allow its algorithm"
    }
}

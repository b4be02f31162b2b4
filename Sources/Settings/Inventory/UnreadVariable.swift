/// A variable of an inventory that says how a host is reached, in words that turnstile cannot read.
enum UnreadVariable: Encodable, Hashable, Sendable {
    /// The value is encrypted by ansible-vault.
    case vaulted(String)
    /// The value is to be filled in by Ansible (`{{ … }}`).
    case template(String, value: String)

    var name: String {
        switch self {
        case .vaulted(let name), .template(let name, _): name
        }
    }
}

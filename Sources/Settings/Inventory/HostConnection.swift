/// The way in which Ansible runs commands on a host (`ansible_connection`).
enum HostConnection: Hashable, Sendable {
    case ssh
    /// The host is the machine on which the inventory is used.
    case local
    /// A container, Windows, a device: no host that turnstile reaches.
    case other(String)

    /// - Parameter name: of one of Ansible's plugins, with or without its collection.
    init(_ name: String) {
        switch name.split(separator: ".").last ?? "" {
        case "ssh", "smart", "paramiko", "paramiko_ssh": self = .ssh
        case "local": self = .local
        default: self = .other(name)
        }
    }
}

/// A host of an inventory that is not taken up.
package struct LeftOutHost: Hashable, Sendable {
    package var name: String
    var connection: HostConnection

    /// The reason, said of the host.
    package var why: String {
        switch connection {
        case .ssh: "is reached by ssh (ansible_connection=ssh)"
        case .local: "is this machine (ansible_connection=local)"
        case .other(let name): "is not reached by ssh (ansible_connection=\(name.quotedForError))"
        }
    }
}

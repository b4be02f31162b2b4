/// The command line of a program that names host keys (`KnownHostsCommand` of ssh_config), with placeholders for the
/// values of a lookup.
public struct KnownHostsProgram: Hashable, Sendable {
    /// The path, which is absolute.
    public var path: String
    /// The arguments in pieces. A value that is filled in never splits an argument in two.
    public var arguments: [[Piece]]

    public enum Piece: Hashable, Sendable {
        case text(String)
        /// The name that known_hosts is searched for (`%H`).
        case name
        /// The reason for the lookup (`%I`).
        case purpose
        /// The type of the host's key (`%t`).
        case keyType
        /// The host's key in base64 (`%K`).
        case key
        /// The fingerprint of the host's key (`%f`).
        case fingerprint
    }

    public init(path: String, arguments: [[Piece]]) {
        self.path = path
        self.arguments = arguments
    }

    func command(for lookup: HostKeyLookup) -> [String] {
        [path] + arguments.map { $0.map(lookup.text).joined() }
    }
}

/// A search for a host's keys.
struct HostKeyLookup: Sendable {
    enum Purpose: String, Sendable {
        /// To learn the types of the keys that the host is known by, before the key exchange.
        case order = "ORDER"
        /// To judge the host's key.
        case hostname = "HOSTNAME"
        /// To judge the host's key by its address (`CheckHostIP`).
        case address = "ADDRESS"
    }

    var purpose: Purpose
    var name: String
    /// The host's key; nil before the key exchange.
    var key: HostKey?

    /// The text for a value that is not known yet, as in ssh.
    private static let none = "NONE"

    func text(_ piece: KnownHostsProgram.Piece) -> String {
        switch piece {
        case .text(let text): text
        case .name: name
        case .purpose: purpose.rawValue
        case .keyType: key?.type ?? Self.none
        case .key: key.map { Base64.encode($0.blob) } ?? Self.none
        case .fingerprint: key.map { HostKeyPrint($0).fingerprint } ?? Self.none
        }
    }
}

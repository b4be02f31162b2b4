import RolloutModel

/// A host as a person writes it: `core-1`, `core@10.0.0.1:2222`, `[fd00::1]:22`, `fd00::1`.
package struct HostSpecification: Hashable, Sendable {
    package var user: String?
    /// Name or address, without brackets.
    var name: String
    package var port: UInt16?

    static let expected = "a host such as core-1, core@10.0.0.1:2222 or [fd00::1]:22"

    package init?(_ text: String) {
        var rest = text[...]
        if let at = rest.lastIndex(of: "@") {
            let user = String(rest[..<at])
            guard Self.isUser(user) else { return nil }
            self.user = user
            rest = rest[rest.index(after: at)...]
        }
        guard let (name, port) = Self.nameAndPort(rest), Self.isName(name) else { return nil }
        self.name = name
        if let port {
            guard let number = ConfigurationValue.port.read(String(port)) else { return nil }
            self.port = number
        }
    }

    private static func nameAndPort(_ text: Substring) -> (name: String, port: Substring?)? {
        if text.hasPrefix("[") {
            guard let end = text.firstIndex(of: "]") else { return nil }
            let name = String(text[text.index(after: text.startIndex)..<end])
            let after = text[text.index(after: end)...]
            guard !after.isEmpty else { return (name, nil) }
            return after.hasPrefix(":") ? (name, after.dropFirst()) : nil
        }
        // More colons than one are an IPv6 address without a port.
        guard let colon = text.firstIndex(of: ":"), colon == text.lastIndex(of: ":") else {
            return (String(text), nil)
        }
        return (String(text[..<colon]), text[text.index(after: colon)...])
    }

    /// The host's identity: its name, with the port where one is given.
    package var id: HostID {
        guard let port else { return HostID(name) }
        return HostID(name.contains(":") ? "[\(name)]:\(port)" : "\(name):\(port)")
    }

    /// Never taken for an option, and nothing but a name to any program it is handed to.
    static func isName(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 253 && !text.hasPrefix("-")
            && text.utf8.allSatisfy { $0.isOfHostName || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "%") }
    }

    static func isUser(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 64 && !text.hasPrefix("-")
            && text.utf8.allSatisfy(\.isOfHostName)
    }
}

extension Configuration.HostAddress {
    /// A host that no file describes further.
    init(_ specification: HostSpecification) {
        self.init(id: specification.id, port: specification.port, user: specification.user)
    }

    /// A host that is reached by its name.
    package init(id: HostID, port: UInt16?, user: String?) {
        self.init(id: id, address: nil, port: port, user: user)
    }

    /// The name by which the user's ssh configuration and the network know the host: without the port.
    package var name: String { HostSpecification(id.rawValue)?.name ?? id.rawValue }
}

extension UInt8 {
    var isOfHostName: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}

import RolloutModel

/// A host of a `ProxyJump`: `[user@]host[:port]`, or the same as an `ssh://` address.
struct SSHJump: Hashable, Sendable {
    var user: String?
    var host: String
    var port: UInt16?

    /// The hosts of a `ProxyJump`, the one that is connected to first in front.
    ///
    /// - Returns: nil if one of them cannot be read, or could be taken for an option by ssh.
    static func list(_ text: String) -> [SSHJump]? {
        let jumps = text.split(separator: ",", omittingEmptySubsequences: false).map { SSHJump($0) }
        let read = jumps.compactMap { $0 }
        return read.count == jumps.count ? read : nil
    }

    init(host: String, user: String? = nil, port: UInt16? = nil) {
        self.host = host
        self.user = user
        self.port = port
    }

    private init?(_ text: Substring) {
        var rest = text.hasPrefix("ssh://") ? text.dropFirst(6) : text
        if text.hasPrefix("ssh://"), rest.hasSuffix("/") { rest.removeLast() }
        if let at = rest.lastIndex(of: "@") {
            user = ConfigurationValue.user.read(String(rest[..<at]))
            guard user != nil else { return nil }
            rest = rest[rest.index(after: at)...]
        }
        let portText: Substring?
        if rest.hasPrefix("["), let end = rest.firstIndex(of: "]") {
            (host, portText) = (String(rest[..<end].dropFirst()), rest[end...].dropFirst().portText)
            guard rest[end...].count == 1 || portText != nil else { return nil }
        } else if let colon = rest.firstIndex(of: ":"), rest[colon...].dropFirst().contains(":") == false {
            (host, portText) = (String(rest[..<colon]), rest[colon...].portText)
        } else {
            (host, portText) = (String(rest), nil)
        }
        if let portText {
            port = ConfigurationValue.port.read(String(portText))
            guard port != nil else { return nil }
        }
        guard HostSpecification.isName(host) else { return nil }
    }
}

extension Substring {
    /// The text after a colon; nil without one.
    fileprivate var portText: Substring? { first == ":" ? dropFirst() : nil }
}

extension SSHJump: CustomStringConvertible {
    var description: String { (user.map { "\($0)@" } ?? "") + host + (port.map { ":\($0)" } ?? "") }
}

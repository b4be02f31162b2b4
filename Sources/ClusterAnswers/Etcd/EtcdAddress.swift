import HostFiles

/// The URL of an etcd, as members publish it and people write it: `http://10.0.0.1:2379`,
/// `https://[fd00::1%25eth0]:2379`.
public struct EtcdAddress: Hashable, Sendable {
    public enum Scheme: String, Hashable, Sendable {
        case http
        case https
    }

    public var scheme: Scheme
    /// A name, or an address without brackets and zone.
    public var host: String
    /// The interface of a link-local address, for example `eth0`.
    public var zone: String?
    public var port: UInt16?

    public init(scheme: Scheme, host: String, zone: String? = nil, port: UInt16?) {
        self.scheme = scheme
        self.host = host
        self.zone = zone
        self.port = port
    }

    /// nil for what has a path, a user or a query, and for what could mean anything else to curl.
    public init?(_ text: String) {
        let parts: (scheme: Scheme, rest: Substring)? =
            text.hasPrefix("http://")
            ? (.http, text.dropFirst(7)) : text.hasPrefix("https://") ? (.https, text.dropFirst(8)) : nil
        guard let parts, text.utf8.count < 300 else { return nil }
        let authority = parts.rest.hasSuffix("/") ? parts.rest.dropLast() : parts.rest
        guard let (host, zone, port) = Self.parts(of: authority) else { return nil }
        self.init(scheme: parts.scheme, host: host, zone: zone, port: port)
    }

    /// As a URL has it, without a slash at its end.
    public var url: String {
        let isNumbersWithColons = host.utf8.contains(UInt8(ascii: ":"))
        let place = isNumbersWithColons ? "[\(host)\(zone.map { "%25\($0)" } ?? "")]" : host
        return "\(scheme.rawValue)://\(place)\(port.map { ":\($0)" } ?? "")"
    }

    private static func parts(of authority: Substring) -> (host: String, zone: String?, port: UInt16?)? {
        guard authority.hasPrefix("[") else {
            let words = authority.split(separator: ":", omittingEmptySubsequences: false)
            guard let host = words.first, !host.isEmpty, words.count <= 2,
                host.utf8.allSatisfy(\.isOfEtcdHost)
            else { return nil }
            guard words.count == 2 else { return (String(host), nil, nil) }
            guard let port = port(words[1]) else { return nil }
            return (String(host), nil, port)
        }
        guard let end = authority.firstIndex(of: "]") else { return nil }
        let inner = authority[authority.index(after: authority.startIndex)..<end]
        let rest = authority[authority.index(after: end)...]
        let cut = inner.split(separator: "%", maxSplits: 1, omittingEmptySubsequences: false)
        guard let host = cut.first, IPAddress(v6: host) != nil else { return nil }
        var zone: String?
        if cut.count == 2 {
            // People leave out the escape that a URL wants.
            let name = cut[1].hasPrefix("25") && cut[1].count > 2 ? cut[1].dropFirst(2) : cut[1]
            guard !name.isEmpty, name != "25", name.utf8.allSatisfy(\.isOfEtcdHost) else { return nil }
            zone = String(name)
        }
        guard !rest.isEmpty else { return (String(host), zone, nil) }
        guard rest.hasPrefix(":"), let port = port(rest.dropFirst()) else { return nil }
        return (String(host), zone, port)
    }

    private static func port(_ text: Substring) -> UInt16? {
        guard (1...5).contains(text.utf8.count), let port = text.decimal(as: UInt16.self), port > 0 else {
            return nil
        }
        return port
    }
}

extension EtcdAddress {
    /// True for a loopback or unspecified address, or a name for one, which leads each machine to itself.
    public var isLocal: Bool { Self.isLocal(host: host) }

    /// - Parameter host: a name or address without brackets; a zone is ignored.
    public static func isLocal(host: String) -> Bool {
        if let address = IPAddress(host) { return address.isLocal }
        let name = host.lowercased()
        let bare = name.hasSuffix(".") ? String(name.dropLast()) : name
        let isName =
            bare == "localhost" || bare.hasPrefix("localhost.") || bare.hasSuffix(".localhost")
            || bare.hasPrefix("localhost4") || bare.hasPrefix("localhost6")
        return isName || bare == "ip6-localhost" || bare == "ip6-loopback"
    }
}

extension UInt8 {
    fileprivate var isOfEtcdHost: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}

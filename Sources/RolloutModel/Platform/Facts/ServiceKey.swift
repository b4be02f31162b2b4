/// The address of one container in etcd, which routers send an application's requests to:
/// `/deis/services/<app>/<app>_v<release>.<type>.<number>`. The publisher writes it every 10 s, to last 20 s.
public struct ServiceKey: Hashable, Sendable {
    public var application: String
    /// The last part of the key.
    public var name: String
    /// The container's address: `host:port`.
    public var value: String
    /// The time that is left of the key; nil where the key stays for ever.
    public var ttl: Duration?
    /// etcd's index of the key's last write.
    public var index: UInt64

    public init(application: String, name: String, value: String, ttl: Duration?, index: UInt64) {
        self.application = application
        self.name = name
        self.value = value
        self.ttl = ttl
        self.index = index
    }

    /// The TTL that the publisher gives.
    public static let publishedTTL = Duration.seconds(20)
    /// The TTL that keeps applications reachable while the publisher is away.
    public static let heldTTL = Duration.seconds(1800)

    /// True if the key lasts longer than the publisher lets any key last.
    public var isHeld: Bool { ttl.map { $0 > Self.publishedTTL } ?? true }

    /// The release, such as `v3`; nil for a name that does not have the form above.
    public var release: String? {
        guard name.hasPrefix(application + "_v") else { return nil }
        let rest = name.dropFirst(application.count + 1)
        guard let dot = rest.firstIndex(of: "."), rest[..<dot].dropFirst().allSatisfy(\.isASCIIDigit),
            rest[..<dot].count > 1
        else { return nil }
        return String(rest[..<dot])
    }

    /// True if routers can use the value. A value that they cannot use breaks the configuration of all
    /// routers (deis/deis#3819).
    public var isWellFormed: Bool {
        guard let colon = value.lastIndex(of: ":"), colon != value.startIndex,
            let port = Int(value[value.index(after: colon)...]), (1...65_535).contains(port)
        else { return false }
        return value[..<colon].utf8.allSatisfy { byte in
            byte.isASCIILetterOrDigit || [UInt8(ascii: "."), UInt8(ascii: "-")].contains(byte)
        }
    }
}

extension Character {
    fileprivate var isASCIIDigit: Bool { isASCII && isNumber }
}

extension UInt8 {
    fileprivate var isASCIILetterOrDigit: Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self)
            || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self)
            || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self)
    }
}

/// The keys and the empty directories in `/deis/services`.
public struct PublishedServices: Hashable, Sendable {
    public var keys: [ServiceKey]
    /// Applications that have a directory and no key in it. Such an application is scaled to nothing, or no
    /// container of it answers.
    public var empty: [String]

    public init(keys: [ServiceKey], empty: [String] = []) {
        self.keys = keys
        self.empty = empty
    }
}

/// A version of Deis v1, for example `1.13.4`. The version's tag, and the key in etcd, have a `v` before
/// it.
public struct PlatformVersion: Hashable, Sendable, CustomStringConvertible {
    public var number: ReleaseNumber

    public init(_ major: Int, _ minor: Int, _ patch: Int) { number = ReleaseNumber(major, minor, patch) }

    /// - Parameter text: the version with or without the `v`. The result is nil for anything more or less
    ///   than three numbers.
    public init?(_ text: some StringProtocol) {
        let bare = String(text.first == "v" ? text.dropFirst() : text[...])
        guard let number = ReleaseNumber(Version(bare)), number.description == bare else { return nil }
        self.number = number
    }

    /// The version's tag: `v1.13.4`.
    public var tag: String { "v\(number)" }

    public var description: String { number.description }
}

extension PlatformVersion: Comparable {
    public static func < (one: Self, other: Self) -> Bool { one.number < other.number }
}

extension PlatformVersion: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let version = PlatformVersion(text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "'\(ForeignText.line(text))' is no version of Deis")
        }
        self = version
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

/// The versions at which the ways of upgrading begin.
extension PlatformVersion {
    /// The first version whose deisctl knows `upgrade-prep` and `upgrade-takeover`.
    public static let firstGraceful = PlatformVersion(1, 9, 0)
    /// The first version with a sound takeover. A takeover before it restarts all routers a second time, at
    /// once (deis/deis#4503), and installs the store on a platform that has none (deis/deis#4419).
    public static let firstTakeover = PlatformVersion(1, 11, 0)
}

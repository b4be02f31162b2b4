/// A fencing token: how often a cluster was taken for a rollout, so that tokens only grow.
///
/// Hosts remember the highest they have seen and refuse any lower one: a coordinator that lost its place cannot act late.
public struct Token: RawRepresentable, Codable, Hashable, Sendable {
    public var rawValue: UInt64

    public init(rawValue: UInt64) { self.rawValue = rawValue }
    public init(_ number: UInt64) { rawValue = number }

    /// The highest token there is. A higher number is nobody's, and is refused wherever it is read. No count comes near it,
    /// and every reader of JSON keeps numbers up to it exactly.
    public static let ceiling = Token(1 << 53)

    /// A token further than this above all that others have seen was not counted: somebody made it up, or damaged it.
    public static let leapMax: UInt64 = 1 << 20

    public var isPossible: Bool { self <= Self.ceiling }

    /// The token that follows; nil where there is none.
    public var next: Token? { self < Self.ceiling ? Token(rawValue + 1) : nil }

    /// True if counting cannot have led here from the highest token that others have seen. Only such a token may be set
    /// back, on a person's word.
    public func isLeap(from seen: Token) -> Bool {
        !isPossible || (self > seen && rawValue - seen.rawValue > Self.leapMax)
    }
}

extension Token: Comparable {
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

extension Token: ExpressibleByIntegerLiteral {
    public init(integerLiteral number: UInt64) { rawValue = number }
}

extension Token: CustomStringConvertible {
    public var description: String { String(rawValue) }
}

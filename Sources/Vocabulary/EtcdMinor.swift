/// `3.4`, of a member or of the cluster: all that etcd's rules about versions compare (facts 6.3).
public struct EtcdMinor: Hashable, Comparable, Sendable, CustomStringConvertible {
    public var major: Int
    public var minor: Int

    static let digitsMax = 6

    public init(_ major: Int, _ minor: Int) {
        self.major = major
        self.minor = minor
    }

    /// `3.4.23`, `3.4.0`, `3.4`; nil for what does not begin with two numbers.
    public init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).prefix(2)
            .map { Int(digits: $0, atMost: Self.digitsMax) }
        guard parts.count == 2, let major = parts[0], let minor = parts[1] else { return nil }
        self.major = major
        self.minor = minor
    }

    public static func < (left: Self, right: Self) -> Bool {
        (left.major, left.minor) < (right.major, right.minor)
    }

    public var description: String { "\(major).\(minor)" }
}

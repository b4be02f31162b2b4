/// A name made of one string. Different kinds of names have different types, so that none is taken for another.
public protocol Identifier: RawRepresentable<String>, Codable, Hashable, Sendable, Comparable,
    CustomStringConvertible
{
    init(rawValue: String)
}

extension Identifier {
    public init(_ text: String) { self.init(rawValue: text) }
    public var description: String { rawValue }
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

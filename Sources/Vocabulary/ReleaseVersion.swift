/// A version of CoreOS or Flatcar: `major.branch.patch`, and after it perhaps `+dev-…` (facts 3).
///
/// Compared number by number; a suffix sorts behind the same version without it.
public struct ReleaseVersion: Hashable, Sendable, LosslessStringConvertible {
    public let number: ReleaseNumber
    /// The text after the numbers, with its `+`; empty for every published release.
    public let suffix: String

    private static let suffixBytesMax = 64

    /// nil unless there are exactly three numbers, written as the distributions write them.
    public init?(_ text: String) {
        let end = text.utf8.firstIndex(of: UInt8(ascii: "+")) ?? text.endIndex
        let suffix = text[end...]
        guard suffix.utf8.count <= Self.suffixBytesMax,
            suffix.utf8.allSatisfy({ (0x21...0x7e).contains($0) }),
            let number = ReleaseNumber(digits: text[..<end])
        else { return nil }
        self.number = number
        self.suffix = String(suffix)
    }

    /// The text it was read from.
    public var description: String { "\(number)\(suffix)" }
}

extension ReleaseVersion: Comparable {
    public static func < (left: Self, right: Self) -> Bool {
        (left.number, left.suffix) < (right.number, right.suffix)
    }
}

/// A version of CoreOS or Flatcar: `major.branch.patch`, and after it perhaps `+dev-…` (facts 3).
///
/// Compared number by number; a suffix sorts behind the same version without it.
public struct ReleaseVersion: Hashable, Sendable, LosslessStringConvertible {
    public let major: Int
    public let branch: Int
    public let patch: Int
    /// The text after the numbers, with its `+`; empty for every published release.
    public let suffix: String

    /// nil unless there are exactly three numbers, written as the distributions write them.
    public init?(_ text: String) {
        let numbers = text.utf8.prefix { $0 != UInt8(ascii: "+") }
        let suffix = text[numbers.endIndex...]
        guard suffix.utf8.count <= 64, suffix.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else {
            return nil
        }
        let parts = Substring(numbers).utf8
            .split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
            .map { Self.number(Substring($0)) }
        guard parts.count == 3, let major = parts[0], let branch = parts[1], let patch = parts[2] else {
            return nil
        }
        self.major = major
        self.branch = branch
        self.patch = patch
        self.suffix = String(suffix)
    }

    private static func number(_ text: Substring) -> Int? {
        guard text.utf8.count <= 9, text == "0" || text.utf8.first != UInt8(ascii: "0") else { return nil }
        return text.decimal()
    }

    /// The text it was read from.
    public var description: String { "\(major).\(branch).\(patch)\(suffix)" }
}

extension ReleaseVersion: Comparable {
    public static func < (a: Self, b: Self) -> Bool {
        (a.major, a.branch, a.patch, a.suffix) < (b.major, b.branch, b.patch, b.suffix)
    }
}

/// The numbers of a release, `major.branch.patch`: what order and thresholds between releases are about.
public struct ReleaseNumber: Hashable, Sendable, CustomStringConvertible {
    public var major: Int
    public var branch: Int
    public var patch: Int

    public init(_ major: Int, _ branch: Int, _ patch: Int) {
        self.major = major
        self.branch = branch
        self.patch = patch
    }

    /// Of `1409.7.0`, and of a build after it, `1409.7.0+dev-1` (facts 3); nil for what is no release.
    public init?(_ version: Version) {
        let text = version.rawValue
        let numbers = text.split(separator: "+", maxSplits: 1, omittingEmptySubsequences: false)[0]
        let parts = numbers.split(separator: ".", omittingEmptySubsequences: false).map { Self.number($0) }
        guard parts.count == 3, let major = parts[0], let branch = parts[1], let patch = parts[2] else {
            return nil
        }
        self.init(major, branch, patch)
    }

    private static func number(_ text: Substring) -> Int? {
        guard (1...9).contains(text.utf8.count),
            text.utf8.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains),
            text == "0" || text.utf8.first != UInt8(ascii: "0")
        else { return nil }
        return Int(text)
    }

    public var description: String { "\(major).\(branch).\(patch)" }
}

extension ReleaseNumber: Comparable {
    public static func < (left: Self, right: Self) -> Bool {
        (left.major, left.branch, left.patch) < (right.major, right.branch, right.patch)
    }
}

/// The numbers of a release, `major.branch.patch`: what order and thresholds between releases are about.
public struct ReleaseNumber: Hashable, Sendable, CustomStringConvertible {
    public var major: Int
    public var branch: Int
    public var patch: Int

    private static let digitsMax = 9

    public init(_ major: Int, _ branch: Int, _ patch: Int) {
        self.major = major
        self.branch = branch
        self.patch = patch
    }

    /// Of `1409.7.0`, and of a build after it, `1409.7.0+dev-1` (facts 3); nil for what is no release.
    public init?(_ version: Version) {
        guard let release = ReleaseVersion(version.rawValue) else { return nil }
        self = release.number
    }

    /// Exactly three numbers, written as the distributions write them: without a sign, a blank or a leading zero.
    init?(digits text: Substring) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { Self.number($0) }
        guard parts.count == 3, let major = parts[0], let branch = parts[1], let patch = parts[2] else {
            return nil
        }
        self.init(major, branch, patch)
    }

    private static func number(_ text: Substring) -> Int? {
        guard text == "0" || text.utf8.first != UInt8(ascii: "0") else { return nil }
        return Int(digits: text, atMost: digitsMax)
    }

    public var description: String { "\(major).\(branch).\(patch)" }
}

extension ReleaseNumber: Comparable {
    public static func < (left: Self, right: Self) -> Bool {
        (left.major, left.branch, left.patch) < (right.major, right.branch, right.patch)
    }
}

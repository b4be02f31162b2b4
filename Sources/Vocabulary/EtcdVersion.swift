/// A version of etcd: of one member's binary, or of the cluster, whose patch level is always 0.
///
/// Every rule of etcd compares `minor` alone (facts 6.3); a pre-release suffix is dropped.
public struct EtcdVersion: Hashable, Sendable {
    public let major: Int
    public let minorNumber: Int
    public let patch: Int

    public var minor: EtcdMinor { EtcdMinor(major, minorNumber) }

    public init(_ major: Int, _ minorNumber: Int, _ patch: Int) {
        self.major = major
        self.minorNumber = minorNumber
        self.patch = patch
    }

    /// `2.3.7`, `v2.3.7`, `3.0.0-beta.0`, `2.2.0-alpha.1+git`; nil for anything else, `not_decided` among it.
    public init?(_ text: String) {
        let text = Substring(text.utf8.first == UInt8(ascii: "v") ? text.utf8.dropFirst() : text.utf8[...])
        let end = text.utf8.firstIndex { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") } ?? text.endIndex
        let parts = text[..<end].split(separator: ".", omittingEmptySubsequences: false)
            .map { Int(digits: $0, atMost: EtcdMinor.digitsMax) }
        guard text.utf8.count <= 64, parts.count == 3, let major = parts[0], let minor = parts[1],
            let patch = parts[2]
        else { return nil }
        self.init(major, minor, patch)
    }
}

extension EtcdVersion: Comparable, CustomStringConvertible {
    public static func < (a: Self, b: Self) -> Bool {
        (a.major, a.minorNumber, a.patch) < (b.major, b.minorNumber, b.patch)
    }

    public var description: String { "\(major).\(minorNumber).\(patch)" }
}

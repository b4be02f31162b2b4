/// The contents of the releases of CoreOS and Flatcar. A release that is not listed is unknown, and is not guessed from
/// its neighbours.
public struct ReleaseTable: Sendable {
    /// CoreOS's, then Flatcar's, each in the order of their numbers.
    public let releases: [Release]
    private let byVersion: [Version: [Release]]
    /// Every version of etcd that some release has, or may have.
    let shippedEtcds: Set<String>

    /// The one that the product carries.
    public static let known = ReleaseTable(
        rows.split(separator: "\n", omittingEmptySubsequences: true).compactMap { Release(row: $0) })

    public init(_ releases: [Release]) {
        self.releases = releases
        byVersion = Dictionary(grouping: releases, by: \.version)
        shippedEtcds = Set(
            releases.flatMap { release in ReleasePart.etcds.compactMap { release.ships($0).version } })
    }

    /// The releases of exactly this version: none for one that is unknown, or that was built between releases; two where
    /// CoreOS and Flatcar have one number each.
    public func releases(of version: Version) -> [Release] { byVersion[version] ?? [] }

    /// The release of a host; nil where the version alone does not say which of two it is.
    ///
    /// - Parameter distribution: nil where the host does not tell.
    public func release(_ version: Version, of distribution: Distribution?) -> Release? {
        let found = releases(of: version)
        guard let distribution else { return found.count == 1 ? found.first : nil }
        return found.first { $0.distribution == distribution }
    }

    /// The releases of a channel's newest line, in their order.
    public func newestLine(of distribution: Distribution, in channel: String) -> [Release] {
        let given = releases.filter { $0.distribution == distribution && $0.channel == channel }
        return given.filter { $0.number.major == given.last?.number.major }
    }
}

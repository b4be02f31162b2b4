/// A part that a cluster may run, and that comes and goes with the image.
public enum ReleasePart: String, Codable, Hashable, Sendable, CaseIterable {
    case fleet
    /// `/usr/bin/etcd` of 0.x.
    case etcd0
    case etcd2
    /// The image that etcd-member.service runs.
    case etcdMember

    static let etcds: [ReleasePart] = [.etcd2, .etcd0, .etcdMember]

    public var words: String {
        switch self {
        case .fleet: "fleet"
        case .etcd0: "etcd 0.4"
        case .etcd2: "etcd2"
        case .etcdMember: "etcd-member"
        }
    }

    /// The first major number without it, and the last stable release with it (facts 0.11, 7). A part that went never
    /// came back: that holds for builds that no table knows, too.
    private var end: (firstWithout: Int, last: Version)? {
        switch self {
        case .fleet, .etcd2: (1675, Version("1632.3.0"))
        case .etcd0: (1409, Version("1353.8.0"))
        case .etcdMember: nil
        }
    }

    func isGone(in release: ReleaseNumber) -> Bool {
        end.map { release.major >= $0.firstWithout } ?? false
    }

    /// The last stable release that has it; nil for what has not gone.
    var lastRelease: Version? { end?.last }
}

extension Release {
    func ships(_ part: ReleasePart) -> Shipped {
        switch part {
        case .fleet: fleet
        case .etcd0: etcd0
        case .etcd2: etcd2
        case .etcdMember: etcdMember
        }
    }

    /// Given out as stable. Of CoreOS before 1688 no channel is on record; these are known of all the same (facts 7).
    var isStable: Bool {
        channel == "stable" || (distribution == .coreOS && Self.stableBefore1688.contains(version.rawValue))
    }

    private static let stableBefore1688: Set<String> = [
        "367.1.0", "494.5.0", "522.6.0", "557.2.0", "607.0.0", "633.1.0", "647.2.0", "681.2.0", "717.3.0",
        "723.3.0", "766.5.0", "835.13.0", "899.17.0", "1010.5.0", "1068.8.0", "1122.2.0", "1185.3.0",
        "1235.6.0", "1298.5.0", "1353.8.0", "1409.7.0", "1465.8.0", "1520.9.0", "1576.5.0", "1632.3.0",
    ]
}

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

    /// Given out as stable, by what is on record of channels.
    var isStable: Bool { channel == "stable" }
}

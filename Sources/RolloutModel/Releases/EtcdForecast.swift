/// The etcd that a host will run on a release, as far as that is known before it does.
public enum EtcdForecast: Hashable, Sendable {
    case brings(EtcdMinor, by: Source)
    /// The running etcd comes with the image, and the target's image has none.
    case lacks(ReleasePart)
    /// The running etcd is not the one of the host's release, so the table does not tell which one comes.
    case apart
    case unknown(why: String)

    /// The source of a forecast.
    public enum Source: String, Codable, Hashable, Sendable {
        /// The operator.
        case told
        /// The host's agent, from the partition that is staged there.
        case staged
        /// The service that runs it: it is the host's own, and an update leaves it.
        case own
        /// A host that runs the target already.
        case learned
        /// The release that the running etcd came with, and the target.
        case table
    }

    /// The known facts of one host, and of the target.
    struct Evidence: Hashable, Sendable {
        /// `2.3.7`: what its etcd says of itself.
        var running: String
        var on: Version
        var distribution: Distribution?
        var target: Version
        /// By the operator's word.
        var told: String?
        /// On a host that runs the target already.
        var learned: String?
        /// The source of the running etcd; nil if the host's agent does not tell.
        var source: EtcdSource?
        /// The source of the etcd on the target's staged partition.
        var staged: EtcdSource?
    }

    init(_ evidence: Evidence, releases: ReleaseTable) {
        if evidence.learned == nil, let gone = Self.gone(evidence, releases) {
            // The operator's word does not bring back a part that is not in the image.
            self = .lacks(gone)
        } else if let told = evidence.told.flatMap({ EtcdMinor($0) }) {
            self = .brings(told, by: .told)
        } else if let staged = evidence.staged?.minor {
            self = .brings(staged, by: .staged)
        } else if evidence.source?.origin == .own, let own = Self.own(evidence) {
            self = .brings(own, by: .own)
        } else if let learned = evidence.learned.flatMap({ EtcdMinor($0) }) {
            self = .brings(learned, by: .learned)
        } else {
            self = Self.byTable(evidence, releases)
        }
    }

    /// The version in the name of a container's image, or else the running one, which an update leaves in place.
    private static func own(_ evidence: Evidence) -> EtcdMinor? {
        evidence.source?.minor ?? EtcdMinor(evidence.running)
    }

    /// The part that the running etcd comes with, if the target's image does not have it any more.
    private static func gone(_ evidence: Evidence, _ releases: ReleaseTable) -> ReleasePart? {
        if case .missing(let part?)? = evidence.staged?.origin { return part }
        // The staged partition has an etcd.
        guard evidence.staged?.minor == nil else { return nil }
        let origin = releases.origin(of: evidence)
        guard case .part(let part) = origin, let target = ReleaseNumber(evidence.target),
            part.isGone(in: target)
        else { return nil }
        return part
    }

    private static func byTable(_ evidence: Evidence, _ releases: ReleaseTable) -> EtcdForecast {
        let origin = releases.origin(of: evidence)
        let part: ReleasePart
        switch origin {
        case .part(let found): part = found
        case .apart: return .apart
        case .unknown:
            return .unknown(
                why: evidence.source?.why
                    ?? "whether etcd \(evidence.running) comes with \(evidence.on) is not known")
        }
        guard let target = releases.target(evidence.target, of: evidence.distribution) else {
            return .unknown(why: "\(evidence.target) is not a release that is known")
        }
        switch target.ships(part) {
        case .version(let version), .about(let version):
            guard let minor = EtcdMinor(version) else {
                return .unknown(why: "'\(version)' of \(target.version) is no version")
            }
            return .brings(minor, by: .table)
        case .no: return .lacks(part)
        case .unknown: return .unknown(why: "what \(part.words) is in \(target.version) is not known")
        }
    }
}

extension ReleaseTable {
    /// Where an etcd comes from that runs on a release.
    enum Origin: Hashable { case part(ReleasePart), apart, unknown }

    /// By how it is started, where that is told: a version that some release has, too, proves nothing.
    func origin(of evidence: EtcdForecast.Evidence) -> Origin {
        switch evidence.source?.origin {
        case .own?: .apart
        case .release(let part?)?, .missing(let part?)?: .part(part)
        case .unclear?: .unknown
        case .release(nil)?, .missing(nil)?, nil:
            origin(ofEtcd: evidence.running, on: evidence.on, of: evidence.distribution)
        }
    }

    private func origin(
        ofEtcd running: String, on version: Version, of distribution: Distribution?
    ) -> Origin {
        guard let release = release(version, of: distribution) else {
            return isFromNoRelease(etcd: running, on: version) ? .apart : .unknown
        }
        let parts = ReleasePart.etcds.filter { part in
            switch release.ships(part) {
            case .version(let shipped): shipped == running
            case .about(let shipped): EtcdMinor(shipped) == EtcdMinor(running)
            case .no, .unknown: false
            }
        }
        if let part = parts.first { return .part(part) }
        return ReleasePart.etcds.contains { release.ships($0) == .unknown } ? .unknown : .apart
    }

    /// True if the etcd is somebody's own: no release ever brought it, and the host's build is not newer than the
    /// table. A build newer than the table may have brought any etcd.
    private func isFromNoRelease(etcd running: String, on version: Version) -> Bool {
        guard let number = ReleaseNumber(version),
            releases.contains(where: { $0.number >= number })
        else { return false }
        return !shippedEtcds.contains(running)
    }

    /// The release that hosts are taken to; they may come to it from another distribution.
    func target(_ version: Version, of distribution: Distribution?) -> Release? {
        release(version, of: distribution) ?? release(version, of: nil)
    }

    /// The newest release on the way to a target whose `part` is of this minor version, and that was given out as
    /// stable.
    func waypoint(
        from version: Version, of distribution: Distribution?, to target: Version,
        bringing minor: EtcdMinor, in part: ReleasePart
    ) -> Version? {
        guard let from = ReleaseNumber(version), let to = ReleaseNumber(target), from < to else { return nil }
        let kind = release(version, of: distribution)?.distribution ?? distribution
        return releases.last { release in
            release.distribution == kind && from < release.number && release.number < to && release.isStable
                && release.ships(part).version.flatMap { EtcdMinor($0) } == minor
        }?.version
    }
}

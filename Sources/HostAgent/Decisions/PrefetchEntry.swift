import AgentProtocol

/// The point from which `prefetch` has to go on.
enum PrefetchEntry: Hashable, Sendable {
    case refused(Refusal)
    /// Done earlier; whether it is still so has yet to be proved.
    case prefetchedEarlier(PrefetchedUpdate, StagingMark)
    /// The engine applied the update for an earlier run of this boot.
    case applied(PrefetchMark?)
    /// The engine has to be asked; `ours` when an earlier run of this boot got some of the way.
    case download(ours: Bool)

    init(_ host: HostSituation, target: String?, acceptsRevert: Bool) {
        switch StageEntry(host, target: target, acceptsRevert: acceptsRevert) {
        case .refused(let refusal): self = .refused(refusal)
        case .stagedAlready(let staged):
            self = .refused(
                Refusal(
                    reason: .phaseUnsuitable,
                    message: "\(staged.version) is staged and armed on this host already: nothing is left to "
                        + "be downloaded ahead"))
        case .adopt(ours: false): self = .refused(Self.foreign(host))
        case .adopt(ours: true): self = .applied(host.record.staging?.prefetch)
        case .update(let ours):
            if ours, let prefetch = host.record.staging?.prefetch {
                self = .applied(prefetch)
            } else if let (update, mark) = Self.earlier(host, target: target) {
                self = .prefetchedEarlier(update, mark)
            } else {
                self = .download(ours: ours)
            }
        }
    }

    private static func earlier(
        _ host: HostSituation, target: String?
    ) -> (PrefetchedUpdate, StagingMark)? {
        guard host.record.phase == .prefetched, let mark = host.record.staging, let version = mark.version,
            target == nil || target == version
        else { return nil }
        let update = PrefetchedUpdate(
            version: version, evidence: mark.evidence, partitions: host.table, contents: mark.contents)
        return (update, mark)
    }

    private static func foreign(_ host: HostSituation) -> Refusal {
        Refusal(
            reason: .phaseUnsuitable,
            message:
                "an update that is not ours waits for a reboot on \(host.table.other.label): reboot into "
                + "it, or take it back, before one is downloaded ahead")
    }
}

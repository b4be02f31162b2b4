/// Why a rollout is held, with the reasons that follow from it. Mending the cause mends all of them.
public struct HoldCause: Hashable, Sendable {
    public var reason: HoldReason
    /// The reasons that follow from `reason`. No two have the same words.
    public var consequences: [HoldReason]

    public init(_ reason: HoldReason, consequences: [HoldReason] = []) {
        self.reason = reason
        self.consequences = consequences
    }

    var all: [HoldReason] { [reason] + consequences }

    /// The means by which it clears. If one of its consequences needs a person's word, so does the cause.
    public var patience: Patience {
        all.lazy.map(\.patience).first { if case .word = $0 { true } else { false } } ?? reason.patience
    }
}

extension [HoldReason] {
    /// The causes, each once and with its consequences, in the order in which to mend them. A host that does not answer
    /// comes before reasons that others give about it, and etcd before reasons that depend on etcd. No reason is left
    /// out.
    public var causes: [HoldCause] {
        let ranked = enumerated().sorted {
            ($0.element.hold.rank, $0.element.placeBehindBastion, $0.offset)
                < ($1.element.hold.rank, $1.element.placeBehindBastion, $1.offset)
        }
        var causes: [HoldCause] = []
        for (_, reason) in ranked {
            guard let index = causes.firstIndex(where: { $0.explains(reason, among: self) }) else {
                causes.append(HoldCause(reason))
                continue
            }
            causes[index].consequences.append(reason)
        }
        return causes
    }
}

extension [HoldCause] {
    /// The causes that need a person; all causes if waiting alone mends them all.
    public var pressing: [HoldCause] {
        let pressing = filter { $0.reason.patience != .soon }
        return pressing.isEmpty ? self : pressing
    }
}

extension HoldCause {
    /// - Parameter reasons: all there are: some things follow only where others are seen, too.
    fileprivate func explains(_ other: HoldReason, among reasons: [HoldReason]) -> Bool {
        if all.contains(where: { $0.isSame(as: other) }) { return true }
        switch reason {
        case .host(.hostUnreadable):
            return other.isBehind(reason.bastion) || silence(explains: other, among: reasons)
                || etcdExplains(other, among: reasons) || fleetExplains(other)
        case .etcd(.etcdMemberUnhealthy), .etcd(.etcdMemberUnknown), .etcd(.etcdUnknown):
            return etcdExplains(other, among: reasons) || fleetExplains(other)
        case .fleet(.membershipUnknown), .fleet(.memberMissing), .fleet(.unitsUnknown), .fleet(.unitsDown):
            return fleetExplains(other)
        case .nodes(.nodeNotReady(let host, _, _)), .nodes(.nodeOfAnotherBoot(let host, _, _)):
            guard case .nodes(.kubeletsSilent(let silent)) = other else { return false }
            return silent == [host]
        default:
            return false
        }
    }

    /// True if one of the cause's hosts that could not be read is why.
    private func silence(explains other: HoldReason, among reasons: [HoldReason]) -> Bool {
        all.contains { reason in
            guard case .host(.hostUnreadable(let host, _, let trouble, _)) = reason else { return false }
            return Self.silence(of: host, trouble, explains: other, among: reasons)
        }
    }

    /// A host that cannot be asked tells nothing that it is asked for; one that may be down may be missed by the others.
    private static func silence(
        of host: HostID, _ trouble: HostTrouble?, explains other: HoldReason, among reasons: [HoldReason]
    ) -> Bool {
        let isSilent = trouble?.silencesCommands ?? true
        let mayBeDown = trouble?.mayBeDown ?? true
        switch other.hold.basis {
        case .answer: return isSilent && other.subject == host
        case .presence: return mayBeDown && other.subject == host
        case nil: break
        }
        switch other {
        case .nodes(.kubeletsSilent(let hosts)):
            return mayBeDown && Set(hosts).isSubset(of: reasons.hostsThatMayBeDown)
        // Agents and etcd are asked through the hosts; an etcd that is broken elsewhere is nearer.
        case .lock(.lockUnknown), .semaphore(.semaphoreUnknown):
            return isSilent && !reasons.contains { $0.isAboutEtcd && $0.subject != host }
        default: return false
        }
    }

    /// True if `other` follows from an etcd failure that is part of this cause.
    private func etcdExplains(_ other: HoldReason, among reasons: [HoldReason]) -> Bool {
        let broken = all.filter(\.isAboutEtcd)
        guard !broken.isEmpty else { return false }
        switch other {
        case .lock(.lockUnknown), .semaphore(.semaphoreUnknown), .etcd(.quorumWouldBreak),
            .etcd(.etcdUnsteady):
            return true
        // fleetd and the list of members use the host's own etcd. Without a quorum no etcd answers.
        case .fleet(.membershipUnknown), .fleet(.unitsUnknown), .deis(.deisUnknown), .etcd(.etcdSeatUnknown),
            .etcd(.etcdUnknown),
            .fleet(.fleetTTLUnknown):
            return broken.contains { $0.subject != nil && $0.subject == other.subject }
                || reasons.etcdFailsEverywhere
        case .fleet(.memberMissing):
            return broken.contains { $0.subject != nil && $0.subject == other.subject }
        default: return false
        }
    }

    /// True if `other` follows from a fleetd failure that is part of this cause.
    private func fleetExplains(_ other: HoldReason) -> Bool {
        let dead = all.filter(\.isAboutFleet)
        guard !dead.isEmpty else { return false }
        switch other {
        case .fleet(.memberMissing), .fleet(.unitsUnknown), .deis(.deisUnknown):
            return dead.contains { $0.subject != nil && $0.subject == other.subject }
        // Units go to other machines only once fleet misses theirs.
        case .fleet(.unitsDown), .deis(.deisDown): return dead.contains(where: \.isMissedUnits)
        case .fleet(.membershipUnsteady): return true
        default: return false
        }
    }
}

extension HoldReason {
    /// Of hosts behind one bastion the first by name stands for all, whatever their order.
    fileprivate var placeBehindBastion: String { bastion == nil ? "" : subject?.rawValue ?? "" }

    fileprivate var isAboutEtcd: Bool {
        switch self {
        case .etcd(.etcdMemberUnhealthy), .etcd(.etcdMemberUnknown), .etcd(.etcdUnknown): true
        default: false
        }
    }

    fileprivate var isAboutFleet: Bool {
        switch self {
        case .fleet(.membershipUnknown), .fleet(.memberMissing), .fleet(.unitsUnknown), .fleet(.unitsDown):
            true
        default: false
        }
    }

    fileprivate var isMissedUnits: Bool {
        switch self {
        case .fleet(.memberMissing), .fleet(.unitsDown): true
        default: false
        }
    }

    /// The same thing, seen by another witness or from another side.
    fileprivate func isSame(as other: HoldReason) -> Bool {
        switch (self, other) {
        case (
            .etcd(.etcdMemberUnhealthy(let one, _, _, let host)),
            .etcd(.etcdMemberUnhealthy(let two, _, _, let other))
        ):
            one == two || (host != nil && host == other)
        case (
            .etcd(.etcdMemberUnknown(let one, _, _, let host)),
            .etcd(.etcdMemberUnknown(let two, _, _, let other))
        ):
            one == two || (host != nil && host == other)
        case (.fleet(.memberMissing(let one, _, _)), .fleet(.memberMissing(let two, _, _))): one == two
        case (.etcd(.quorumWouldBreak(let one, _, _, _, _)), .etcd(.quorumWouldBreak(let two, _, _, _, _))):
            one == two
        case (.fleet(.unitsDown), .fleet(.unitsDown)), (.deis(.deisDown), .deis(.deisDown)): true
        // The same trouble with the host's agent is behind both reasons.
        case (.host(.untold(let one, _, let why)), .host(.untold(let two, _, let other))):
            one == two && why == other
        default: false
        }
    }
}

extension [HoldReason] {
    fileprivate var hostsThatMayBeDown: Set<HostID> {
        Set(
            compactMap { reason in
                guard case .host(.hostUnreadable(let host, _, let trouble, _)) = reason else { return nil }
                return trouble?.mayBeDown ?? true ? host : nil
            })
    }

    /// True if more than one host reports the failure, so that no single host's etcd or fleetd is the cause.
    fileprivate var etcdFailsEverywhere: Bool {
        func isMany(_ concerns: (HoldReason) -> Bool) -> Bool {
            Set(filter(concerns).compactMap(\.subject)).count > 1
        }
        return isMany { if case .fleet(.membershipUnknown) = $0 { true } else { false } }
            || isMany { if case .etcd(.etcdUnknown) = $0 { true } else { false } }
    }
}

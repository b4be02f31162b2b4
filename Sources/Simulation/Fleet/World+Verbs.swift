import AgentProtocol
import HostAgent
import RolloutModel

/// The acts and answers of simulated agents, which follow the rules of the real agent: the token is checked first, and
/// a repeated request gets the same answer.
extension World {
    mutating func stage(_ id: HostID, _ request: StageRequest, at now: Moment) -> AgentMessage {
        act(id, request, at: now) { [etcdVersions] host, offer in
            guard host.isCommitted else {
                return (.refused(Refusal(reason: .phaseUnsuitable, message: "it is not committed")), false)
            }
            if host.isArmed, host.phase == .staged { return (.staged(host.stagedUpdate), false) }
            guard offer != host.version else {
                return (.nothingOffered(NothingOffered(runningVersion: host.version, group: nil)), false)
            }
            if host.revertedFrom == offer, !request.acceptsRevert {
                return (.refused(Refusal(reason: .reverted, message: "it went back from \(offer)")), false)
            }
            if let target = request.target, target != offer {
                return (.offerDiffers(OfferDiffers(offered: offer, target: target)), false)
            }
            host.etcdBefore = request.etcdVersion
            host.arm(offer, etcd: Self.etcdVersion(on: offer, etcdVersions))
            return (.staged(host.stagedUpdate), true)
        }
    }

    mutating func arm(_ id: HostID, _ request: ArmRequest, at now: Moment) -> AgentMessage {
        act(id, request, at: now) { [etcdVersions] host, _ in
            guard host.isCommitted else {
                return (.refused(Refusal(reason: .phaseUnsuitable, message: "it is not committed")), false)
            }
            if host.isArmed, host.phase == .staged { return (.staged(host.stagedUpdate), false) }
            guard host.phase == .prefetched, host.stagedVersion == request.version, !host.isArmed else {
                return (.refused(Refusal(reason: .phaseUnsuitable, message: "nothing is there")), false)
            }
            host.etcdBefore = request.etcdVersion
            host.arm(request.version, etcd: Self.etcdVersion(on: request.version, etcdVersions))
            return (.staged(host.stagedUpdate), true)
        }
    }

    /// Puts the offer on the other partition, which no boot takes.
    mutating func prefetch(_ id: HostID, cutAt: Moment?) {
        guard var host = hosts[id] else { return }
        host.images[host.booted.other] = offer
        host.stagedVersion = offer
        host.phase = .prefetched
        host.holdsOriginal = true
        host.cutAheadAt = cutAt
        host.contents = PartitionContents(version: offer, etcd: SimulatedHost.ownEtcd)
        host.contents?.etcd?.version = Self.etcdVersion(on: offer, etcdVersions)
        hosts[id] = host
    }

    mutating func reboot(_ id: HostID, _ request: RebootRequest, at now: Moment) -> AgentMessage {
        act(id, request, at: now) { [pace] host, _ in
            guard request.bootID == host.bootID else {
                return (.rebooted(BootMark(bootID: host.bootID)), false)
            }
            guard host.isArmed, host.phase == .staged || host.phase == .rebooting else {
                return (.refused(Refusal(reason: .phaseUnsuitable, message: "nothing is staged")), false)
            }
            guard host.images[host.booted.other] == request.version else {
                return (
                    .refused(Refusal(reason: .versionDiffers, message: "another version is staged")), false
                )
            }
            host.phase = .rebooting
            host.goDown(at: now, for: pace.reboot.lowerBound)
            return (.rebooting(BootMark(bootID: request.bootID)), true)
        }
    }

    mutating func commit(_ id: HostID, _ request: CommitRequest, at now: Moment) -> AgentMessage {
        act(id, request, at: now) { host, _ in
            guard request.bootID == host.bootID else {
                return (.refused(Refusal(reason: .bootDiffers, message: "this is another boot")), false)
            }
            guard request.version == host.version else {
                return (.refused(Refusal(reason: .versionDiffers, message: "it runs \(host.version)")), false)
            }
            guard host.stagedVersion == host.version else {
                let staged = host.stagedVersion ?? "nothing"
                return (.refused(Refusal(reason: .versionDiffers, message: "\(staged) was staged")), false)
            }
            let isNew = !host.isCommitted
            host.isCommitted = true
            host.phase = .committed
            if isNew { host.revertedFrom = nil }
            return (
                .committed(
                    CommitProof(
                        version: host.version, bootID: host.bootID, partitions: host.table, journalLine: nil)),
                isNew
            )
        }
    }

    mutating func rollback(_ id: HostID, _ request: RollbackRequest, at now: Moment) -> AgentMessage {
        act(id, request, at: now) { [pace] host, _ in
            guard request.bootID == host.bootID else {
                return (.rebooted(BootMark(bootID: host.bootID)), false)
            }
            guard !host.isArmed, host.phase != .prefetched, host.images[host.booted.other] != nil else {
                return (.refused(Refusal(reason: .partitionUnproved, message: "nothing is there")), false)
            }
            // A committed host makes the other partition its first choice; a host on its single try just reboots.
            host.isCommitted = false
            host.phase = .rollingBack
            host.goDown(at: now, for: pace.reboot.lowerBound)
            return (.rebooting(BootMark(bootID: request.bootID)), true)
        }
    }

    mutating func abandon(_ id: HostID, _ request: AbandonRequest, at now: Moment) -> AgentMessage {
        act(id, request, at: now) { host, _ in
            guard host.isCommitted else {
                return (.refused(Refusal(reason: .phaseUnsuitable, message: "it is out")), false)
            }
            let undone = [
                host.isArmed ? "the update disarmed" : nil, host.holdsOriginal ? "update.conf" : nil,
            ].compactMap(\.self)
            host.isArmed = false
            host.holdsOriginal = false
            host.stagedVersion = nil
            host.phase = .idle
            return (
                .abandoned(AbandonedHost(runningVersion: host.version, undone: undone, left: [])),
                !undone.isEmpty
            )
        }
    }

    mutating func claim(_ id: HostID, _ request: ClaimRequest) -> AgentMessage {
        guard var host = hosts[id] else { return Self.noSuchHost }
        if let refusal = host.hold.take(request) { return .refused(refusal) }
        hosts[id] = host
        return .claimed(request.claim)
    }

    mutating func release(_ id: HostID, _ request: ReleaseRequest) -> AgentMessage {
        guard var host = hosts[id] else { return Self.noSuchHost }
        if let refusal = host.hold.release(request) { return .refused(refusal) }
        hosts[id] = host
        return .released(request.authority)
    }

    private static let noSuchHost = AgentMessage.failed(
        StepFailure(reason: .hostFault, message: "there is no such host"))

    private mutating func act(
        _ id: HostID, _ request: some AgentRequest, at now: Moment,
        _ body: (inout SimulatedHost, _ offer: String) -> (AgentMessage, didChange: Bool)
    ) -> AgentMessage {
        guard var host = hosts[id] else { return Self.noSuchHost }
        let former = host.hold.authority
        if let refusal = host.hold.change(by: request.authority) { return .refused(refusal) }
        let armed = host.isArmed ? host.images[host.booted.other] : nil
        let (message, didChange) = body(&host, offer)
        if case .refused = message { host.hold.forgo(request.authority, former: former) }
        hosts[id] = host
        if didChange {
            acts.append(
                Act(
                    at: now, host: id, verb: type(of: request).verb, rollout: request.authority.rollout,
                    version: armed))
        }
        return message
    }
}

extension SimulatedHost {
    /// An image is on the other partition, armed and looked into.
    mutating func arm(_ offer: String, etcd version: String) {
        images[booted.other] = offer
        isArmed = true
        holdsOriginal = true
        phase = .staged
        stagedVersion = offer
        contents = PartitionContents(version: offer, etcd: Self.ownEtcd)
        contents?.etcd?.version = version
    }

    var stagedUpdate: StagedUpdate {
        StagedUpdate(
            version: images[booted.other] ?? "unknown", evidence: [.engineStatus], bootID: bootID,
            partitions: table, contents: contents)
    }
}

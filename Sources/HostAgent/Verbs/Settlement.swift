import AgentProtocol

/// Settles a goal that a boot interrupted.
///
/// The host went down, told or not, before the goal was answered. A result that can still be reached without another
/// reboot is reached; any other goal is undone, and the answer says so.
struct Settlement {
    let step: Step
    let request: GoalRequest
    var record: HostRecord

    mutating func run() async throws -> AgentMessage {
        let host = try await step.situation(record)
        switch request {
        case .stage(let request): return try await settleStage(request, host, isAhead: false).message
        case .prefetch(let request): return try await settlePrefetch(request, host).message
        case .arm: return try await settleArm(host).message
        case .reboot, .rollback: return .rebooted(BootMark(bootID: host.bootID))
        case .commit(let request): return try await settleCommit(request, host).message
        case .abandon(let request):
            var abandon = AbandonStep(step: step, request: request, record: record)
            return try await abandon.run().message
        }
    }

    /// No new download is begun here: the caller has to learn first that the host went down.
    private mutating func settleStage(
        _ request: StageRequest, _ host: HostSituation, isAhead: Bool
    ) async throws -> VerbEnding<StageAnswer> {
        guard record.phase == .staging, let mark = record.staging else {
            return .failed(
                Self.cutShort("the host went down before anything was begun; it is as it was found"))
        }
        guard host.isOnItsTry else {
            var stage = StageStep(step: step, request: request, record: record, isAhead: isAhead)
            return try await stage.putBack(
                answering: .failed(
                    Self.cutShort("the host went down while it was staging; it is as it was found")))
        }
        return .failed(try await noteArrival(host, mark))
    }

    /// The host was cut off while the update was armed, and came up on it.
    private mutating func noteArrival(_ host: HostSituation, _ mark: StagingMark) async throws -> StepFailure
    {
        try await step.engine.rest()
        record.phase = .rebooting
        record.staging?.version = host.runningVersion
        record.staging?.evidence = [.partition]
        record.staging?.prefetch = nil
        try await step.save(record)
        return Self.cutShort(
            "the host went down when the update on \(mark.partition.label) was armed, and came back on "
                + "\(host.runningVersion), which is not committed: take it back with `turnstile rollback`")
    }

    /// An update that was recorded before the host went down is there still.
    private mutating func settlePrefetch(
        _ request: PrefetchRequest, _ host: HostSituation
    ) async throws -> VerbEnding<PrefetchAnswer> {
        guard record.phase == .prefetched, let mark = record.staging, let version = mark.version else {
            return PrefetchStep.ending(
                try await settleStage(request.staging(etcdVersion: nil), host, isAhead: true))
        }
        return .answered(
            .prefetched(
                PrefetchedUpdate(
                    version: version, evidence: mark.evidence, partitions: host.table, contents: mark.contents
                )))
    }

    /// The update that was downloaded ahead is out of the boot order again, unless the host came up on it.
    private mutating func settleArm(_ host: HostSituation) async throws -> VerbEnding<ArmAnswer> {
        guard record.phase == .staging, let mark = record.staging else {
            return .failed(Self.cutShort("the host went down when it was asked to arm the update"))
        }
        guard !host.isOnItsTry else { return .failed(try await noteArrival(host, mark)) }
        try await step.engine.rest()
        // The host was on it, in a boot in which the agent never came so far.
        if host.table.otherWasTriedInVain { return try await noteRevert(host) }
        try await step.otherPartition.takeOutOfBootOrder(host.table)
        record.phase = .prefetched
        try await step.save(record)
        return .failed(
            Self.cutShort(
                "the host went down before \(mark.partition.label) was armed, and came back on "
                    + "\(host.runningVersion): what was downloaded ahead is there still"))
    }

    private mutating func noteRevert(_ host: HostSituation) async throws -> VerbEnding<ArmAnswer> {
        record.phase = .staged
        record.revertedFrom = record.staging?.version
        record.staging?.prefetch = nil
        try await step.save(record)
        return .refused(Refusal(reason: .reverted, message: host.revertedMessage))
    }

    /// The partition tells whether the engine's commit was written.
    private mutating func settleCommit(_ request: CommitRequest, _ host: HostSituation) async throws
        -> VerbEnding<CommitProof>
    {
        if host.isReverted {
            try await step.engine.rest()
            record.revertedFrom = request.version
            try await step.save(record)
            return .refused(Refusal(reason: .reverted, message: host.revertedMessage))
        }
        guard record.staging?.partition.number == host.table.booted.number, host.table.isCommitted else {
            try await step.engine.rest()
            return .failed(
                Self.cutShort(
                    "the host went down while it was committing, and \(host.runningVersion) from "
                        + "\(host.table.booted.label) is not committed: "
                        + CommitStep.attributes(host.table.booted)))
        }
        var commit = CommitStep(step: step, request: request, record: record)
        commit.request.bootID = host.bootID
        return .answered(try await commit.run())
    }

    private static func cutShort(_ message: String) -> StepFailure {
        StepFailure(reason: .cutShort, message: message)
    }
}

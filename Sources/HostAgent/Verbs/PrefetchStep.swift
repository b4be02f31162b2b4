import AgentProtocol
import Logging

/// `prefetch`: brings the update onto the other partition, proved and out of the boot order, or leaves the host as it
/// was found.
struct PrefetchStep {
    let step: Step
    let request: PrefetchRequest
    var record: HostRecord

    mutating func run() async throws -> VerbEnding<PrefetchAnswer> {
        let host = try await step.situation(record)
        let entry = PrefetchEntry(host, target: request.target, acceptsRevert: request.acceptsRevert)
        switch entry {
        case .refused(let refusal): throw StepStop.refused(refusal)
        case .prefetchedEarlier(let update, let mark):
            guard let doubt = try await foundDoubt(host, mark) else { return .answered(.prefetched(update)) }
            step.say(StepProgress(message: "\(doubt.message): downloading anew"))
            return try await download(host, ours: false)
        case .applied(let prefetch):
            return try await stage(host, keeping: prefetch) { (stage) async throws in
                try await stage.proveApplied()
            }
        case .download(let ours): return try await download(host, ours: ours)
        }
    }

    private func foundDoubt(_ host: HostSituation, _ mark: StagingMark) async throws -> FoundDoubt? {
        if let doubt = FoundDoubt(host, mark) { return doubt }
        return try await PrefetchProof(step: step).doubt(mark)
    }

    private mutating func download(
        _ host: HostSituation, ours: Bool
    ) async throws -> VerbEnding<PrefetchAnswer> {
        try await stage(host, keeping: nil) { (stage) async throws in
            try await stage.update(host, ours: ours)
        }
    }

    private mutating func stage(
        _ host: HostSituation, keeping prefetch: PrefetchMark?,
        work: (inout StageStep) async throws -> StageStep.Outcome
    ) async throws -> VerbEnding<PrefetchAnswer> {
        var stage = StageStep(
            step: step, request: request.staging(etcdVersion: nil), record: record, isAhead: true)
        let ending = try await stage.stage(host, keeping: prefetch, work: work)
        record = stage.record
        return PrefetchStep.ending(ending)
    }

    static func ending(_ ending: VerbEnding<StageAnswer>) -> VerbEnding<PrefetchAnswer> {
        switch ending {
        case .refused(let refusal): .refused(refusal)
        case .failed(let failure): .failed(failure)
        case .answered(.nothingOffered(let nothing)): .answered(.nothingOffered(nothing))
        case .answered(.offerDiffers(let offer)): .answered(.offerDiffers(offer))
        case .answered(.staged(let staged)): .answered(.prefetched(PrefetchedUpdate(staged)))
        }
    }
}

extension PrefetchedUpdate {
    init(_ staged: StagedUpdate) {
        self.init(
            version: staged.version, evidence: staged.evidence, partitions: staged.partitions,
            contents: staged.contents)
    }
}

extension PrefetchRequest {
    /// The same as a request to stage.
    func staging(etcdVersion: String?) -> StageRequest {
        StageRequest(
            protocolVersion: protocolVersion, authority: authority, group: group, server: server,
            target: target, acceptsRevert: acceptsRevert, engineRest: engineRest, etcdVersion: etcdVersion,
            deadline: deadline)
    }
}

import AgentProtocol

/// `abandon`: nothing of ours is left on the host.
struct AbandonStep {
    let step: Step
    let request: AbandonRequest
    var record: HostRecord

    mutating func run() async throws -> AgentMessage {
        let host = try await step.situation(record)
        if let refusal = Self.refusal(host) { throw StepStop.refused(refusal) }
        // A host that went back on its own stays one that did.
        if host.isReverted { record.revertedFrom = record.staging?.version }
        var undo = HostUndo(step: step, record: record, engineRest: .asFound)
        try await undo.run()
        record = undo.record
        guard undo.problems.isEmpty else {
            throw StepStop.failed(
                .hostFault,
                "the host could not be given back: " + undo.problems.joined(separator: "; ")
                    + "; ask again once that is mended")
        }
        return .abandoned(
            AbandonedHost(runningVersion: host.runningVersion, undone: undo.undone, left: undo.left))
    }

    /// A reboot is no part of giving back.
    static func refusal(_ host: HostSituation) -> Refusal? {
        guard host.isOnItsTry else { return nil }
        return Refusal(
            reason: .phaseUnsuitable,
            message:
                "\(host.runningVersion) runs from \(host.table.booted.label) on its single try: take it back "
                + "with `turnstile rollback`, or go on with `turnstile resume`")
    }
}

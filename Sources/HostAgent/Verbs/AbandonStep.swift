import AgentProtocol

/// `abandon`: nothing of ours is left on the host.
struct AbandonStep {
    let step: Step
    let request: AbandonRequest
    var record: HostRecord

    mutating func run() async throws -> AbandonedHost {
        let host = try await step.situation(record)
        if let refusal = Self.refusal(host) { throw StepStop.refused(refusal) }
        // A host that went back on its own stays one that did.
        if host.isReverted { record.revertedFrom = record.staging?.version }
        let isReplaced = record.replacedInBoot == host.bootID
        var undo = HostUndo(step: step, record: record, engineRest: .asFound)
        try await undo.run()
        record = undo.record
        guard undo.problems.isEmpty else {
            throw StepStop.failed(
                .hostFault,
                "the host could not be given back: " + undo.problems.joined(separator: "; ")
                    + "; ask again once that is mended")
        }
        if isReplaced {
            try await requireDisarmed()
            record.replacedInBoot = nil
            try await step.save(record)
        }
        return AbandonedHost(
            runningVersion: host.runningVersion, undone: undo.undone,
            left: undo.left + (isReplaced ? [Self.untold] : []))
    }

    /// The record does not say how the host was found, and what is on it may be ours.
    private func requireDisarmed() async throws {
        let table = try await step.reader.partitionTable()
        guard table.isArmed else { return }
        throw StepStop.failed(
            .hostFault,
            "\(table.other.label) (\(table.other.device)) is armed for the next boot, and \(RecordStore.path), which says "
                + "by whom, was lost or put back to an older copy in this boot: `cgpt prioritize "
                + "\(table.booted.device)` as root on the host disarms it; then ask again")
    }

    private static let untold =
        "what was done here earlier in this boot is not known, as \(RecordStore.path) was lost or put back to an older "
        + "copy: see whether update.conf is as you want it, and whether update-engine is to be unmasked"

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

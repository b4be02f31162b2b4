import AgentProtocol
import HostFiles

extension StageStep {
    /// Leaves the host as it was found, and answers `message`; or `failed`, with what could not be put back.
    ///
    /// Every part is tried, whatever became of the one before. Only when all succeeded is the original forgotten.
    mutating func putBack(_ host: HostSituation, answering message: AgentMessage) async throws -> AgentMessage
    {
        var problems: [String] = []
        func attempt(_ body: () async throws -> Void) async {
            do { try await body() } catch { problems.append(String(describing: error)) }
        }
        await attempt { try await forgetPendingUpdate() }
        await attempt { try await step.engine.stop() }
        await attempt { try await disarmWhatWasWritten() }
        await attempt { try record.original?.restoreConfiguration(step.effects.files) }
        await attempt { try await step.engine.rest(request.engineRest, found: record.original?.engine) }
        guard problems.isEmpty else { return Self.incomplete(message, problems) }
        record.phase = .idle
        // A mask where there was none is still ours, and to be taken back one day.
        if record.original?.engine.isMasked != false || request.engineRest == .asFound {
            record.original = nil
        }
        record.staging = nil
        try step.store.save(record)
        return message
    }

    /// Only a running engine can be told; the marker of one that is not is removed later.
    private func forgetPendingUpdate() async throws {
        guard try await step.engine.state().isActive,
            try await step.engine.status().operation == .updatedNeedReboot
        else { return }
        try await step.effects.succeed(
            HostCommand("update_engine_client", ["-reset_status"], allowed: .seconds(45)))
    }

    /// With the engine stopped: nothing arms the partition again behind our back.
    private func disarmWhatWasWritten() async throws {
        let table = try await step.reader.partitionTable()
        guard record.staging?.isContentTouched == true || table.isArmed else { return }
        try await step.otherPartition.disarm(table)
        // `-reset_status` alone leaves it armed (facts 0.36).
        let disarmed = try await step.reader.partitionTable()
        guard !disarmed.other.isBootable, disarmed.booted.isBootable else {
            throw HostFault.notUnderstood(
                subject: "the attributes of \(table.other.device)", reason: "it is still bootable")
        }
        try step.effects.files.remove(HostReader.pendingMarkerPath)
    }

    private static func incomplete(_ message: AgentMessage, _ problems: [String]) -> AgentMessage {
        let first: String
        var reason = StepFailure.Reason.hostFault
        switch message {
        case .failed(let failure): (first, reason) = (failure.message, failure.reason)
        case .refused(let refusal): first = refusal.message
        case .offerDiffers(let offer): first = "\(offer.offered) was offered instead of \(offer.target)"
        default: first = "nothing was staged"
        }
        return .failed(
            StepFailure(
                reason: reason,
                message: first + "; and the host could not be put back: " + problems.joined(separator: "; ")))
    }
}

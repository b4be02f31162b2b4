import AgentProtocol

extension StageStep {
    /// Leaves the host as it was found, and answers `message`; or `failed`, with what could not be put back.
    mutating func putBack(answering message: AgentMessage) async throws -> AgentMessage {
        var undo = HostUndo(step: step, record: record, engineRest: request.engineRest)
        try await undo.run()
        record = undo.record
        return undo.problems.isEmpty ? message : Self.incomplete(message, undo.problems)
    }

    private static func incomplete(_ message: AgentMessage, _ problems: [String]) -> AgentMessage {
        let first: String
        var reason = StepFailure.Reason.hostFault
        switch message {
        case .failed(let failure): (first, reason) = (failure.message, failure.reason)
        case .refused(let refusal): first = refusal.message
        case .nothingOffered(let nothing) where nothing.offered != nil:
            first = "\(nothing.runningVersion) was offered, which runs already"
        case .offerDiffers(let offer): first = "\(offer.offered) was offered instead of \(offer.target)"
        default: first = "nothing was staged"
        }
        return .failed(
            StepFailure(
                reason: reason,
                message: first + "; and the host could not be put back: " + problems.joined(separator: "; ")))
    }
}

import AgentProtocol

extension StageStep {
    /// Leaves the host as it was found, and answers `ending`; or `failed`, with what could not be put back.
    mutating func putBack(
        answering ending: VerbEnding<StageAnswer>
    ) async throws -> VerbEnding<StageAnswer> {
        var undo = HostUndo(step: step, record: record, engineRest: request.engineRest)
        try await undo.run()
        record = undo.record
        return undo.problems.isEmpty ? ending : Self.incomplete(ending, undo.problems)
    }

    private static func incomplete(
        _ ending: VerbEnding<StageAnswer>, _ problems: [String]
    ) -> VerbEnding<StageAnswer> {
        let first: String
        var reason = StepFailure.Reason.hostFault
        switch ending {
        case .failed(let failure): (first, reason) = (failure.message, failure.reason)
        case .refused(let refusal): first = refusal.message
        case .answered(.nothingOffered(let nothing)) where nothing.offered != nil:
            first = "\(nothing.runningVersion) was offered, which runs already"
        case .answered(.offerDiffers(let offer)):
            first = "\(offer.offered) was offered instead of \(offer.target)"
        case .answered(.nothingOffered), .answered(.staged): first = "nothing was staged"
        }
        return .failed(
            StepFailure(
                reason: reason,
                message: first + "; and the host could not be put back: " + problems.joined(separator: "; ")))
    }
}

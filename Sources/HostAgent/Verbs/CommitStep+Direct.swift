import AgentProtocol
import HostFiles

extension CommitStep {
    /// Runs the image's own set-good program, with update-engine masked as it is (facts 0.28), and proves what it did.
    func setGoodDirectly() async throws {
        try await step.engine.rest()
        let program = try step.reader.distribution().setGoodRootPath
        let setGood = HostCommand(program, [], allowed: step.remaining)
        let outcome = try await run(setGood)
        guard outcome.succeeded else {
            throw StepStop.failed(
                .notCommitted, "\(program) failed (\(outcome.ending)): \(outcome.complaint)")
        }
        let table = try await step.reader.partitionTable()
        guard table.isCommitted else {
            throw StepStop.failed(
                .notCommitted,
                "\(program) succeeded, and \(table.booted.label) (\(table.booted.device)) is not committed: "
                    + Self.attributes(table.booted))
        }
    }

    private func run(_ setGood: HostCommand) async throws -> CommandOutcome {
        do {
            return try await step.effects.run(setGood)
        } catch .commandTooSlow {
            // The program had all the time there was.
            throw StepStop.failed(
                .deadlinePassed,
                "the time allowed was over while \(setGood.program) was to mark \(request.version) good")
        }
    }
}

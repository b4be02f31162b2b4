import AgentProtocol
import RolloutJournal
import RolloutModel

extension RolloutDriver {
    /// Carries out a directive of a step of the platform's upgrade.
    ///
    /// - Returns: nil for a directive without a result.
    func step(
        _ directive: PlatformSteps.Directive, _ journal: Journal
    ) async throws -> RolloutMachine.Event? {
        let machine = journal.record.machine
        if case .askGates = directive, machine.canStop, let asker = await hold.asker {
            return .holdRequested(by: asker)
        }
        let worker = worker(of: machine, journal)
        guard let answer = try await worker.answer(directive) else { return nil }
        let event = RolloutMachine.Event.step(id: answer.step, way: answer.way, found: answer.found)
        guard machine.isAboutToChangePlatform, answer.found == .gatesOpened else { return event }
        let questions = operatorGates.without(machine.overrides).questionsBeforePlatform(of: plan)
        let deadline = clock.now() + timeouts.gate
        for question in questions {
            if let reason = try await ask(question, about: nil, journal, until: deadline) {
                return .step(id: answer.step, way: answer.way, found: .gatesHeld(reasons: [reason]))
            }
        }
        // Hooks take time and may change the platform: its gates are asked once more.
        guard !questions.isEmpty, let again = try await worker.answer(directive) else { return event }
        return .step(id: again.step, way: again.way, found: again.found)
    }

    private func worker(of machine: RolloutMachine, _ journal: Journal) -> PlatformWorker {
        let canStop = machine.canStop
        let gates = Gates(
            plan: plan, settings: watch.settings, token: authority.token, overrides: machine.overrides)
        return PlatformWorker(
            port: platform, acceptsNoReturn: machine.acceptsNoReturn, clock: clock, interval: watch.interval,
            gateTime: timeouts.gate,
            otherGates: { [watch] in
                try await watch.stepGates(
                    gates, isBeginning: machine.isAboutToChangePlatform,
                    reserving: { try await announceReserving(journal) })
            },
            isInterrupted: { [hold] in canStop ? await hold.isAsked : false },
            waiting: { [notify] in notify(.waiting($0)) })
    }
}

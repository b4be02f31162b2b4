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
        let canStop = machine.canStop
        if case .askGates = directive, canStop, await hold.isAsked { return .holdRequested }
        let gates = Gates(plan: plan, settings: watch.settings, overrides: machine.overrides)
        let isWhole = machine.isAboutToChangePlatform
        let worker = PlatformWorker(
            port: platform, acceptsNoReturn: machine.acceptsNoReturn, clock: clock, interval: watch.interval,
            gateTime: timeouts.gate,
            otherGates: { [clock] in isWhole ? gates.platformWindowReasons(at: clock.localTime()) : [] },
            isInterrupted: { [hold] in canStop ? await hold.isAsked : false },
            waiting: { [notify] in notify(.waiting($0)) })
        let event = try await worker.answer(directive)
        return event.map { .step(id: $0.step, way: $0.way, found: $0.found) }
    }
}

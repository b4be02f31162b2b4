import RolloutModel

/// Carries out the directives of a platform's steps, and gives their results.
public struct PlatformWorker: Sendable {
    public typealias Directive = StepsDirective<PlatformAct, PlatformProof>

    let port: PlatformPort
    /// True if a person accepts that no way leads back.
    let acceptsNoReturn: Bool
    let clock: RolloutClock
    /// The time between two looks.
    let interval: Duration
    /// The longest time that gates are waited for.
    let gateTime: Duration
    /// Asks the gates that are not the platform's own.
    let otherGates: @Sendable () async throws -> StepGates
    /// True if a person asked to stop. Gates are not waited for any longer then.
    let isInterrupted: @Sendable () async -> Bool
    /// A report of the wait after every look that found something missing.
    let waiting: @Sendable (RolloutNotice.Wait) -> Void

    init(
        port: PlatformPort, acceptsNoReturn: Bool, clock: RolloutClock, interval: Duration,
        gateTime: Duration, otherGates: @escaping @Sendable () async throws -> StepGates,
        isInterrupted: @escaping @Sendable () async -> Bool = { false },
        waiting: @escaping @Sendable (RolloutNotice.Wait) -> Void = { _ in }
    ) {
        self.port = port
        self.acceptsNoReturn = acceptsNoReturn
        self.clock = clock
        self.interval = interval
        self.gateTime = gateTime
        self.otherGates = otherGates
        self.isInterrupted = isInterrupted
        self.waiting = waiting
    }

    /// Makes a worker for a platform that has no gates but its own.
    public init(
        port: PlatformPort, acceptsNoReturn: Bool, clock: RolloutClock, interval: Duration, gateTime: Duration
    ) {
        self.init(
            port: port, acceptsNoReturn: acceptsNoReturn, clock: clock, interval: interval,
            gateTime: gateTime, otherGates: { .open })
    }

    /// - Returns: the event that was found out; nil for a directive that asks for a record alone.
    /// - Throws: `CancellationError`, and what the gates that are not the platform's own throw.
    public func answer(_ directive: Directive) async throws -> StepsEvent? {
        switch directive {
        case .record: return nil
        case .askGates(let step, let proofs):
            let reasons = try await wait(step, for: proofs, within: gateTime, isBefore: true)
            return event(step, reasons.isEmpty ? .gatesOpened : .gatesHeld(reasons: reasons))
        case .perform(let step, let act): return event(step, found(await port.perform(act)))
        case .noteCut(let step): return event(step, .cutOff)
        case .look(let step, let proofs): return event(step, looked(await port.look(proofs, acceptsNoReturn)))
        case .prove(let step, let proofs, let deadline):
            let reasons = try await wait(step, for: proofs, within: deadline, isBefore: false)
            return event(step, reasons.isEmpty ? .proved : .unproved(reasons: reasons))
        }
    }

    private func event(_ step: StepIntent, _ found: StepsEvent.Found) -> StepsEvent {
        StepsEvent(step: step.step, way: step.way, found: found)
    }

    private func found(_ heard: PlatformPort.Heard) -> StepsEvent.Found {
        switch heard {
        case .heard: .heard
        case .refused(let holds): .refused(reasons: holds.asReasons)
        case .unheard(let why): .unheard(why: why)
        }
    }

    /// The result of looking for an act's effect. An effect that could not be seen is not absent: the act
    /// may have had it.
    private func looked(_ holds: [PlatformHold]) -> StepsEvent.Found {
        guard let first = holds.first else { return .proved }
        return holds.contains(where: \.isUnknown)
            ? .unseen(reasons: holds.asReasons) : .absent(why: first.says)
    }

    /// Looks until all is seen, for as long as it must be, or the time is up.
    ///
    /// - Returns: the reasons that are left at the end. The list is empty if nothing is missing.
    private func wait(
        _ step: StepIntent, for proofs: [PlatformProof], within span: Duration, isBefore: Bool
    ) async throws -> [HoldReason] {
        let steady = isBefore ? .zero : proofs.map(\.steadyTime).max() ?? .zero
        let start = clock.now()
        var seenSince: Moment?
        while true {
            let others = isBefore ? try await otherGates() : .open
            guard !others.isLockGone else { return others.reasons }
            let reasons = await port.look(proofs, acceptsNoReturn).asReasons + others.reasons
            let now = clock.now()
            if reasons.isEmpty {
                let since = seenSince ?? now
                if now - since >= steady { return [] }
                seenSince = since
            } else {
                seenSince = nil
                let left = start + span - now
                guard left > .zero, !reasons.contains(where: { $0.patience.outlasts(left) }) else {
                    return reasons
                }
                // A proof is waited for to its deadline, as the act was heard.
                if isBefore, await isInterrupted() { return reasons }
                waiting(
                    RolloutNotice.Wait(
                        host: nil, reasons: reasons,
                        what: "for the \(isBefore ? "gates" : "proof") of '\(step.step)'", since: start,
                        deadline: start + span))
            }
            try await clock.sleep(interval)
        }
    }
}

extension [PlatformHold] {
    var asReasons: [HoldReason] { map { .platform($0) } }
}

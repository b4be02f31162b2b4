import AgentProtocol
import RolloutJournal
import RolloutModel

/// Performs the machine's directives, and journals their outcomes. All decisions about the rollout are the machine's.
public struct RolloutDriver: Sendable {
    var watch: GateWatch
    var authority: Authority
    var timeouts: RolloutTimeouts
    var hold: HoldSwitch
    var operatorGates: OperatorGates
    var platform: PlatformPort
    var notify: @Sendable (RolloutNotice) -> Void

    var plan: Plan { watch.plan }
    var access: HostAccess { watch.access }
    var clock: RolloutClock { watch.clock }

    /// - Parameters:
    ///   - watch: the watch; its observations so far count as evidence.
    ///   - token: the fencing token of this coordinator; already in the journal.
    public init(
        watch: GateWatch, token: Token, timeouts: RolloutTimeouts, hold: HoldSwitch = HoldSwitch(),
        operatorGates: OperatorGates = .none, platform: PlatformPort = .none,
        notify: @escaping @Sendable (RolloutNotice) -> Void
    ) {
        self.watch = watch
        self.authority = Authority(rollout: watch.plan.rollout.rawValue, token: token)
        self.timeouts = timeouts
        self.hold = hold
        self.operatorGates = operatorGates
        self.platform = platform
        self.notify = notify
    }

    /// How a run of the driver ends.
    public enum Ending: Hashable, Sendable {
        case finished(RolloutMachine.Outcome)
        case held([HoldReason])
    }

    /// Drives the rollout until it is finished or held.
    ///
    /// - Parameter event: the event that starts the rollout, `began` or `resumed`; nil to take up what a crash left.
    /// - Throws: `JournalError` when something cannot be recorded; nothing more was done then. `CancellationError`.
    public func run(_ journal: Journal, from event: RolloutMachine.Event?) async throws -> Ending {
        var course = Course(horizon: watch.began)
        var directives = journal.record.machine.outstanding
        if let event { directives = try await journal.append(.event(event)) }
        while true {
            notify(.entered(journal.record.machine))
            switch directives.last {
            case .finish(let outcome): return .finished(outcome)
            case .hold(let reasons): return .held(reasons)
            case .record, .askGates, .stage, .evacuate, .reboot, .awaitReturn, .commit, .readmit, .rollback,
                .awaitRetreat, .abandon, .step, nil:
                break
            }
            let outcome = try await perform(directives, journal, &course)
            directives = try await journal.append(.event(outcome), evidence: course.takeEvidence())
        }
    }

    /// The number of unrequested boots after which a host is not judged again before a person has looked at it.
    static let arrivalsMax = 3

    private static func restless(
        _ host: HostID, _ checkpoint: Checkpoint, _ arrivals: Int
    ) -> RolloutMachine.Event {
        let why = "it came up in another boot \(arrivals) times without having been told to"
        return .gatesHeld(reasons: [.step(.stepFailed(host: host, step: checkpoint.step, why: why))])
    }

    /// The state of the driver's loop beyond the journal: how fresh evidence must be, and what it was.
    struct Course {
        /// The moment of the last change to the cluster. Observations from before it do not count.
        var horizon: Moment
        /// The evidence of the gates, or of a drain, until it is journalled with their outcome.
        var evidence: GateEvidence?
        /// The number of times that each host came up without having been told to.
        private var arrivals: [HostID: Int] = [:]

        init(horizon: Moment) { self.horizon = horizon }

        mutating func takeEvidence() -> GateEvidence? {
            defer { evidence = nil }
            return evidence
        }

        /// - Returns: the number of times that the host has come up by now.
        mutating func noteArrival(of host: HostID, at now: Moment) -> Int {
            // The host was away meanwhile, so earlier observations do not count.
            horizon = now
            arrivals[host, default: 0] += 1
            return arrivals[host, default: 0]
        }
    }

    /// Performs directives in their order, until one of them has a result.
    private func perform(
        _ directives: [RolloutMachine.Directive], _ journal: Journal, _ course: inout Course
    ) async throws -> RolloutMachine.Event {
        for directive in directives {
            try Task.checkCancellation()
            guard let event = try await telling(journal).perform(directive, journal, &course) else {
                continue
            }
            // A coordinator before this one was to make the request, and may have ended before.
            let isUnsent = event == .rebootNotBegun() && !directives.contains(where: \.endsBoot)
            return isUnsent ? .rebootNotBegun(mayBeUnsent: true) : event
        }
        preconditionFailure(
            "directives \(directives) of state \(journal.record.machine.state) came to nothing")
    }

    /// A copy of this driver whose requests tell agents the journal's last entry.
    private func telling(_ journal: Journal) -> RolloutDriver {
        var driver = self
        driver.authority.journal = journal.end.head
        return driver
    }

    private func perform(
        _ directive: RolloutMachine.Directive, _ journal: Journal, _ course: inout Course
    ) async throws -> RolloutMachine.Event? {
        switch directive {
        case .record(let intent):
            try await journal.append(.intent(intent))
            return nil
        case .askGates(let checkpoint, let host):
            if checkpoint == .afterCommit { try await clock.sleep(timeouts.settle) }
            let judgement = try await askGates(checkpoint, of: host, journal, since: course.horizon)
            course.evidence = judgement.evidence
            let event = judgement.event
            guard case .cameUp = event else { return event }
            let arrivals = course.noteArrival(of: host, at: clock.now())
            return arrivals <= Self.arrivalsMax ? event : Self.restless(host, checkpoint, arrivals)
        case .stage(let host, let target, let acceptsRevert):
            return try await stage(host, target: target, acceptsRevert: acceptsRevert)
        case .evacuate(let host):
            let outcome = try await evacuate(host)
            course.evidence = outcome.evidence
            // Pods were moved, so earlier observations do not count.
            course.horizon = clock.now()
            return outcome.event
        case .readmit(let host):
            return try await readmit(host)
        case .reboot(let host, let staged):
            return await reboot(host, staged)
        case .awaitReturn(let host, let staged):
            let event = try await awaitReturn(of: host, from: staged.boot)
            course.horizon = clock.now()
            return event
        case .rollback(let host, let retreat):
            return await rollback(host, retreat)
        case .awaitRetreat(let host, let retreat):
            let event = try await awaitReturn(of: host, from: retreat.boot)
            course.horizon = clock.now()
            return event
        case .abandon(let host):
            return try await abandon(host)
        case .commit(let host, let returned):
            return await commit(host, returned)
        case .step(let directive):
            return try await step(directive, journal)
        case .hold, .finish:
            return nil
        }
    }
}

extension Checkpoint {
    /// The step that it is asked about.
    fileprivate var step: StepHold.Step {
        switch self {
        case .beforeStage: .stage
        case .beforeReboot: .reboot
        case .beforeCommit, .afterCommit: .commit
        case .beforeRollback, .afterRollback: .rollback
        }
    }
}

extension RolloutMachine.Directive {
    /// True if it tells a host to reboot.
    fileprivate var endsBoot: Bool {
        switch self {
        case .reboot, .rollback: true
        case .record, .askGates, .stage, .awaitReturn, .commit, .evacuate, .readmit, .awaitRetreat, .abandon,
            .step, .hold, .finish:
            false
        }
    }
}

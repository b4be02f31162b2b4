import RolloutJournal
import RolloutModel

/// A rollout that has the cluster lock and is ready to be driven.
struct Drive: Sendable {
    var journal: Journal
    var watch: GateWatch
    var token: Token
    var cluster: ClusterPorts
    var platform = PlatformPort.none
    var goesOn = GoingOn.resume
}

extension UseCases {
    /// Drives a rollout until it ends or is held, and releases the cluster lock if it ended.
    ///
    /// - Parameter event: the event that starts the rollout; nil to take up what a crash left.
    func drive(_ drive: Drive, from event: RolloutMachine.Event?) async throws -> RolloutEnd {
        let journal = drive.journal
        let rollout = journal.record.machine.plan.rollout
        tell(.begins(drive.cluster.hosts))
        let holds = ports.journals.holds
        let ending: RolloutDriver.Ending
        do {
            ending = try await run(drive, rollout, HoldSwitch { await holds.asker(rollout) }, from: event)
        } catch {
            await holds.withdraw(rollout)
            throw error is CancellationError ? CommandRefusal.cancelled(rollout, drive.goesOn) : error
        }
        if case .held = ending { await drive.cluster.lock.note(journal.end) }
        var end = RolloutEnd(
            record: journal.record, journal: journal.name, ending: ending, goesOn: drive.goesOn)
        tell(.driven(end))
        if case .finished(let outcome) = ending {
            try await letGo(journal, token: drive.token, in: drive.cluster)
            if outcome == .upgraded || outcome == .platformUpgraded {
                end.hookFailure = try await tellAfterRollout(journal, in: drive.cluster)
            }
        }
        await holds.withdraw(rollout)
        end.record = journal.record
        return end
    }

    /// Drives the rollout until it is finished or held. Where the hold is a question, the rollout goes on if a person
    /// allows it.
    private func run(
        _ drive: Drive, _ rollout: RolloutID, _ hold: HoldSwitch, from event: RolloutMachine.Event?
    ) async throws -> RolloutDriver.Ending {
        let driver = RolloutDriver(
            watch: drive.watch, token: drive.token, timeouts: settings.timeouts, hold: hold,
            operatorGates: drive.cluster.operatorGates, platform: drive.platform,
            notify: { [tell] in tell(.course($0)) })
        let journal = drive.journal
        var event = event
        while true {
            let next = event
            let ending = try await ports.interruptible(
                .init(
                    rollout: rollout, isOfPlatform: driver.plan.platform != nil, goesOn: drive.goesOn,
                    hold: hold
                ) {
                    try await driver.run(journal, from: next)
                })
            guard case .held(let reasons) = ending, reasons.count == 1, let reason = reasons.first,
                let question = Question(reason), try await decider.allows(question)
            else { return ending }
            event = .resumed(
                retryReverted: false, acceptsNoReturn: reason.isPointOfNoReturn ? true : nil)
        }
    }

    /// The rollout is over, whatever this hook says; only a failure of the hook must be reported.
    private func tellAfterRollout(_ journal: Journal, in cluster: ClusterPorts) async throws -> HoldReason? {
        tell(.asking(.hookAfterRollout))
        let (reason, word) = await cluster.operatorGates.askAfterRollout(journal.record.machine)
        if let word { try await journal.append(.said(word)) }
        return reason
    }
}

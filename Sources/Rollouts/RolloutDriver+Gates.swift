import AgentProtocol
import RolloutJournal
import RolloutModel

extension RolloutDriver {
    /// The decision of gates, with what they went by where they opened; or the outcome of a drain, with what it moved.
    struct Judgement {
        let event: RolloutMachine.Event
        var evidence: GateEvidence?

        /// A decision other than that they opened.
        init(_ event: RolloutMachine.Event) { (self.event, evidence) = (event, nil) }

        init(_ event: RolloutMachine.Event, evidence: GateEvidence) {
            (self.event, self.evidence) = (event, evidence)
        }
    }

    /// Waits for the gates, then for the operator's own gates, and returns their decision.
    func askGates(
        _ checkpoint: Checkpoint, of host: HostID, _ journal: Journal, since horizon: Moment
    ) async throws -> Judgement {
        let machine = journal.record.machine
        let isHandedOn = checkpoint == .beforeReboot ? await moveLeader(awayFrom: host) : false
        // Observations of etcd under its old leader do not count.
        let horizon = isHandedOn ? max(horizon, clock.now()) : horizon
        let deadline = clock.now() + time(for: checkpoint)
        let answer = try await watchGates(checkpoint, of: host, in: journal, since: horizon, until: deadline)
        let questions = operatorGates.without(machine.overrides).questions(
            at: checkpoint, of: host, in: plan, target: machine.target)
        guard case .gatesOpened = answer.event, !questions.isEmpty else { return answer }
        var open: [GateEvidence.Statement] = []
        for question in questions {
            if let reason = try await ask(question, about: host, journal, until: deadline) {
                return Judgement(.gatesHeld(reasons: [reason]))
            }
            // The journal has the words of hooks already.
            if case .page(let page) = question { open.append(.openPage(page.name)) }
        }
        // Hooks take time and may change the cluster, so observations from before they ran do not count.
        let asked = clock.now()
        var judgement = try await watchGates(
            checkpoint, of: host, in: journal, since: max(horizon, asked),
            until: asked + time(for: checkpoint))
        judgement.evidence?.statements += open
        return judgement
    }

    /// A leadership that could not be handed on is no reason to hold: etcd elects another leader, as it would have.
    private func moveLeader(awayFrom host: HostID) async -> Bool {
        guard plan.movesLeader else { return false }
        do throws(HostFault) {
            guard let heir = try await watch.access.moveLeader(host) else { return false }
            notify(.progress(host, message: "etcd's leadership handed on to \(heir)", fraction: nil))
            return true
        } catch {
            notify(.progress(host, message: "etcd's leadership stays: \(error.why)", fraction: nil))
            return false
        }
    }

    private func watchGates(
        _ checkpoint: Checkpoint, of host: HostID, in journal: Journal, since horizon: Moment,
        until deadline: Moment
    ) async throws -> Judgement {
        let isBetweenHosts = checkpoint == .beforeStage
        let answer = try await watch.ask(
            checkpoint, of: host, in: journal.record.machine, under: authority.token, since: horizon,
            within: deadline - clock.now(),
            unless: { isBetweenHosts ? await hold.isAsked : false },
            reserving: { try await announceReserving(journal) },
            waiting: { notify(.waiting($0)) })
        return switch answer {
        case .open(let running, let evidence):
            Judgement(.gatesOpened(running: running), evidence: evidence)
        case .shut(let reasons): Judgement(.gatesHeld(reasons: reasons))
        case .interrupted: Judgement(.holdRequested(by: await hold.asker))
        case .cameUp(let boot, let version, let partition):
            Judgement(.cameUp(boot: boot, version: version, partition: partition))
        }
    }

    /// Journals once per rollout that it takes the semaphore: it keeps the semaphore to its end, and takes it again if
    /// somebody unlocked it.
    func announceReserving(_ journal: Journal) async throws(JournalError) {
        guard !journal.record.machine.tenure.reserves else { return }
        try await journal.append(.reserving(holder: plan.rollout.rawValue))
    }

    /// Asks until the gate lets through, fails, or the time is up. The last word of a hook is journalled before
    /// anything follows from it.
    ///
    /// - Returns: the reason why the gate does not let through; nil where it does.
    func ask(
        _ question: OperatorGates.Question, about host: HostID?, _ journal: Journal, until deadline: Moment
    ) async throws -> HoldReason? {
        let since = clock.now()
        while true {
            let (answer, word) = await operatorGates.answer(question)
            guard !Task.isCancelled else { throw CancellationError() }
            if case .shut(let reason) = answer,
                clock.now() + Self.questionsApart < deadline
            {
                let wait = RolloutNotice.Wait(
                    host: host, reasons: [reason], what: question.title, since: since, deadline: deadline)
                notify(.waiting(wait))
                try await clock.sleep(Self.questionsApart)
                continue
            }
            if let word {
                try await journal.append(.said(word))
                tell(word, question, host)
            }
            return answer.reason
        }
    }

    private func tell(_ word: HookWord, _ question: OperatorGates.Question, _ host: HostID?) {
        guard let host, word.verdict == .proceed, !word.output.isEmpty else { return }
        notify(.progress(host, message: "\(question.title): \(word.output.lastLine)", fraction: nil))
    }

    private static let questionsApart = Duration.seconds(5)

    private func time(for checkpoint: Checkpoint) -> Duration {
        switch checkpoint {
        case .beforeStage, .beforeReboot, .beforeRollback: timeouts.gate
        // Units and pods of the host start elsewhere meanwhile, which takes minutes.
        case .beforeCommit, .afterCommit, .afterRollback: timeouts.rejoin
        }
    }
}

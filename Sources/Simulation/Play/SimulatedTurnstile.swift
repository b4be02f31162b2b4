import AgentProtocol
import Driving
import RolloutJournal
import RolloutModel
import Synchronization

/// What the commands of one turnstile process do, over a fleet that is simulated.
struct SimulatedTurnstile: Sendable {
    let fleet: Fleet
    let process: SimulatedProcess
    let disk: SimulatedDisk
    let rollout: RolloutID
    let settings: GateSettings
    let timeouts: RolloutTimeouts
    /// The lock is kept in etcd; at the agents alone otherwise.
    let hasStore: Bool
    /// How many seconds the machine's own time of day is wrong by: it may have been set since the last command.
    let clockError: Double
    let hold: HoldSwitch
    let log: Log
    var onState: @Sendable (RolloutMachine.State) -> Void = { _ in }

    /// How a command ends.
    enum Ending: Hashable, Sendable {
        case finished(RolloutMachine.Outcome)
        case held([HoldReason])
        /// It died, or could not write its journal.
        case died
        /// It could not begin.
        case refused(String)
    }

    var path: String { "\(rollout).jsonl" }
    private var access: HostAccess { fleet.access(for: process) }

    private func lock(_ hosts: [HostID]) -> RolloutLock {
        RolloutLock(
            hosts: hosts, access: access, store: hasStore ? fleet.lockStore(for: process) : nil,
            semaphores: hasStore ? fleet.semaphoreStore(for: process) : nil)
    }

    /// `turnstile upgrade`
    func upgrade(_ draft: PlanDraft) async -> Ending {
        await ending {
            let reports = await access.reports(of: draft.hosts)
            let plan = try await identified(draft.plan(with: reports).get())
            let watch = watch(plan)
            guard let first = plan.hosts.first?.id else { return .refused("no host") }
            let answer = try await watch.ask(
                .beforeStage, of: first, seconds: timeouts.gate, waiting: { _ in })
            guard case .open = answer else {
                if case .shut(let reasons) = answer { return .held(reasons) }
                return .refused("interrupted")
            }
            let token = try await take(plan, above: 0)
            let journal = try Journal(
                beginning: plan, configuration: "", on: storage(isNew: true), timestamp: timestamp)
            try journal.append(.attached(token: token, by: process.name))
            return try await drive(journal, watch, token, from: .began)
        }
    }

    /// `turnstile resume --from-hosts`, by a person who sees whose rollout the hosts tell of.
    ///
    /// - Returns: nil where no host knows of theirs.
    func resumeFromHosts(_ draft: PlanDraft) async -> Ending? {
        var isKnown = true
        let ending = await ending {
            let reports = await access.reports(of: draft.hosts)
            let lost = try LostRollout.found(on: draft.hosts, in: reports)
            guard let lost, lost.rollout == rollout else {
                isKnown = false
                return .refused("no host knows of \(rollout)")
            }
            var draft = draft
            draft.found = lost.found
            draft.target = lost.target.map { .pinned(version: $0) } ?? draft.target
            let plan = try await identified(draft.plan(with: reports).get())
            let watch = watch(plan)
            let token = try await take(plan, above: 0)
            let journal = try Journal(
                beginning: plan, configuration: "", on: storage(isNew: true), timestamp: timestamp)
            try journal.append(.attached(token: token, by: process.name))
            return try await drive(journal, watch, token, from: .resumed(retryReverted: false))
        }
        return isKnown ? ending : nil
    }

    /// `turnstile resume`
    func resume(retryReverted: Bool) async -> Ending {
        await ending {
            let journal = try Journal(resuming: storage(isNew: false), timestamp: timestamp)
            let machine = journal.record.machine
            if case .finished(let outcome) = machine.state {
                await letGoOfEnded(machine.remaining)
                return .finished(outcome)
            }
            let event: RolloutMachine.Event? =
                switch machine.state {
                case .planned: .began
                case .held:
                    .resumed(
                        retryReverted: retryReverted,
                        acceptsNoReturn: fleet.acceptNoReturn(machine) ? true : nil)
                default: nil
                }
            if retryReverted { fleet.giveWord(machine.state) }
            return try await take(up: journal, from: event)
        }
    }

    /// `turnstile abandon`
    func abandon() async -> Ending {
        await ending {
            let journal = try Journal(resuming: storage(isNew: false), timestamp: timestamp)
            let machine = journal.record.machine
            if case .finished(let outcome) = machine.state { return .finished(outcome) }
            if let out = machine.state.hostOut { return .refused("\(out) is out") }
            let isAtIt = if case .abandoning = machine.state { true } else { false }
            return try await take(up: journal, from: isAtIt ? nil : .abandonRequested)
        }
    }

    /// `turnstile rollback HOST`
    func rollback(_ host: HostID) async -> Ending {
        await ending {
            let journal = try Journal(resuming: storage(isNew: false), timestamp: timestamp)
            let machine = journal.record.machine
            if machine.retreating == host {
                let isHeld = if case .held = machine.state { true } else { false }
                return try await take(up: journal, from: isHeld ? .resumed(retryReverted: false) : nil)
            }
            guard machine.isFree(toRetreat: host) else { return .refused("another host is out") }
            let report = try await access.report(host)
            guard let partitions = report.partitions, let version = report.version else {
                return .refused("\(host) cannot be read")
            }
            return try await take(
                up: journal,
                from: .rollbackRequested(
                    host: host, boot: BootID(report.bootID), version: Version(version),
                    partition: partitions.booted.label))
        }
    }

    /// `turnstile lose HOST`
    func lose(_ host: HostID) async -> Ending {
        await ending {
            let journal = try Journal(resuming: storage(isNew: false), timestamp: timestamp)
            let machine = journal.record.machine
            guard machine.canLose(host) else { return .refused("no rollout waits for \(host)") }
            var rest = machine.remaining
            rest.hosts.removeAll { $0.id == host }
            let token = try await take(rest, above: journal.record.token)
            try journal.append(.attached(token: token, by: process.name))
            let member = try await member(of: host, others: rest.hosts.map(\.id))
            try journal.append(.event(.lost(host: host, why: "it burnt", member: member)))
            fleet.declareLost(host)
            guard case .held(let reasons, _) = journal.record.machine.state else {
                return .refused("not begun")
            }
            return .held(reasons)
        }
    }

    private func member(of host: HostID, others: [HostID]) async throws -> LostMember? {
        guard settings.etcd != nil else { return nil }
        let seats = await access.seats(of: others)
        for other in others {
            guard let view = try? await access.etcd(other) else { continue }
            return view.lostMember(others: others.map { seats[$0] ?? .unknown("not asked") }).value ?? nil
        }
        return nil
    }

    private func take(up journal: Journal, from event: RolloutMachine.Event?) async throws -> Ending {
        let plan = journal.record.machine.remaining
        let token = try await take(plan, above: journal.record.token)
        try journal.append(.attached(token: token, by: process.name))
        return try await drive(journal, watch(plan), token, from: event)
    }

    private func drive(
        _ journal: Journal, _ watch: GateWatch, _ token: Token, from event: RolloutMachine.Event?
    ) async throws -> Ending {
        let rollout = journal.record.machine.plan.rollout
        if journal.record.machine.plan.acceptsNoReturn { fleet.acceptNoReturn(of: rollout) }
        let driver = RolloutDriver(
            watch: watch, token: token, timeouts: timeouts, hold: hold,
            notify: { [process, fleet, log, onState] notice in
                guard case .entered(let state) = notice else { return }
                process.enters(state, at: fleet.time.now)
                onState(state)
                log.write("\(process.name): \(state)", at: fleet.time.now)
            })
        switch try await driver.run(journal, from: event) {
        case .finished(let outcome):
            let plan = journal.record.machine.remaining
            fleet.state.withLock { state in
                state.judge.letsGo(plan.rollout)
                state.judge.judgeNodesAfter(plan.rollout, state.world, at: fleet.time.now)
            }
            await lock(plan.hosts.map(\.id)).release(plan.rollout, token: token)
            return .finished(outcome)
        case .held(let reasons): return .held(reasons)
        }
    }

    private struct NotTaken: Error {
        var ending: Ending
    }

    private func take(_ plan: Plan, above token: Token) async throws -> Token {
        let claimant = LockHolder(
            rollout: plan.rollout, token: 0, operatorName: process.name, since: timestamp())
        let unlockings = fleet.state.withLock { $0.judge.unlockings(of: plan.rollout) }
        switch await lock(plan.hosts.map(\.id)).take(for: claimant, above: token) {
        case .taken(let token, _):
            guard !process.isDead else { throw NotTaken(ending: .died) }
            fleet.state.withLock {
                $0.judge.takes(plan.rollout, unlockings: unlockings, at: fleet.time.now)
            }
            return token
        case .held(let holder): throw NotTaken(ending: .held([.lock(.lockHeld(by: holder))]))
        case .failed(let why): throw NotTaken(ending: .held([.lock(.lockUnknown(why: why))]))
        }
    }

    private func letGoOfEnded(_ plan: Plan) async {
        let lock = lock(plan.hosts.map(\.id))
        guard let holder = try? await lock.holder(named: plan.rollout) else { return }
        fleet.state.withLock { $0.judge.letsGo(plan.rollout) }
        await lock.release(plan.rollout, token: holder.token)
    }

    /// `turnstile unlock ROLLOUT`
    func unlock(_ rollout: RolloutID, hosts: [HostID]) async {
        fleet.state.withLock { state in
            state.judge.isUnlocked(rollout)
            state.count(.unlocked)
        }
        let ending = await lock(hosts).unlock(naming: rollout)
        // What cannot be let go now is named in a hold, and unlocked once more.
        if case .failed = ending { return }
        _ = try? await fleet.nodeAccess(for: process, of: rollout)?.readmitAll(of: rollout)
        log.write("\(process.name) unlocks \(rollout): \(ending)", at: fleet.time.now)
    }

    /// With each host's node, where it is one.
    private func identified(_ plan: Plan) async throws -> Plan {
        guard let access = fleet.nodeAccess(for: process, of: plan.rollout) else { return plan }
        var plan = plan
        let holds = plan.identify(among: try await access.nodes())
        guard holds.isEmpty else { throw PlanDraft.CannotPlan(reasons: holds.map(HoldReason.nodes)) }
        return plan
    }

    private func watch(_ plan: Plan) -> GateWatch {
        process.beginsWatch(at: fleet.time.now)
        return GateWatch(
            plan: plan, settings: settings, access: access, lock: lock(plan.hosts.map(\.id)),
            nodes: fleet.nodeAccess(for: process, of: plan.rollout), clock: fleet.time.clock,
            interval: (settings.fleet?.ttlSeconds ?? 6) / 3)
    }

    private func storage(isNew: Bool) throws -> JournalStorage {
        try disk.storage(path, for: process, isNew: isNew, fails: { [fleet] in fleet.writeFails() })
    }

    /// For people: it decides nothing, however it jumps about.
    private var timestamp: @Sendable () -> String {
        { [fleet, clockError] in "T\(Int(fleet.time.now + clockError))" }
    }

    private func ending(_ body: () async throws -> Ending) async -> Ending {
        defer { disk.close(path) }
        let ending: Ending
        do {
            ending = try await body()
        } catch let cannot as PlanDraft.CannotPlan {
            ending = .held(cannot.reasons)
        } catch let nothing as NotTaken {
            ending = nothing.ending
        } catch let fault as HostFault {
            ending = .refused(fault.why)
        } catch let fault as NodeFault {
            ending = .refused(fault.why)
        } catch let error as JournalError {
            if case .notWritten = error { ending = .died } else { ending = .refused(error.description) }
        } catch {
            ending = .died
        }
        let told: Ending = process.isDead ? .died : ending
        if process.isDead { fleet.count(.crash) }
        log.write("\(process.name) ends: \(told)", at: fleet.time.now)
        return told
    }
}

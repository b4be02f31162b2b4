import Foundation
import RolloutJournal
import RolloutModel
import Rollouts
import Synchronization

/// A simulated person with a machine of their own, who starts turnstile, reads its output, and acts on it, not always
/// wisely.
final class Operator: Sendable {
    let name: String
    private let fleet: Fleet
    private let scenario: Scenario
    private let log: Log
    private let disk = SimulatedDisk()
    private let dice: Mutex<Dice>
    private let processes = Mutex(0)
    private let begun = Mutex(1)
    private let lastRead = Mutex((count: -1, machine: RolloutMachine?.none))

    init(name: String, fleet: Fleet, scenario: Scenario, log: Log, dice: Dice) {
        self.name = name
        self.fleet = fleet
        self.scenario = scenario
        self.log = log
        self.dice = Mutex(dice)
    }

    /// True if the journal was lost with the disk that it was on.
    private let hasLostJournal = Mutex(false)

    /// True if the faults are over: a host that does not come up now never will.
    private var isMended: Bool { fleet.time.now >= scenario.faults.end }

    /// The id of the operator's current rollout. A rollout that never got a journal is not resumed: the next one has an
    /// id of its own.
    var rollout: RolloutID { RolloutID("r-\(name)-\(begun.withLock { $0 })") }

    /// True if the rollout of this id is this operator's.
    private func owns(_ rollout: RolloutID) -> Bool { rollout.rawValue.hasPrefix("r-\(name)-") }

    /// The machine that the rollout's journal folds to; nil where there is no journal yet.
    var machine: RolloutMachine? {
        guard let bytes = disk.bytes("\(rollout).jsonl") else { return nil }
        return lastRead.withLock { last in
            // The journal is read again only when it has grown, or was cut.
            if last.count != bytes.count {
                last = (bytes.count, read(bytes))
            }
            return last.machine
        }
    }

    /// - Returns: nil for a journal with no whole entry, whose rollout never began.
    private func read(_ bytes: [UInt8]) -> RolloutMachine? {
        do throws(JournalError) {
            return try JournalReading(JournalBlocks(bytes), path: "").record.machine
        } catch {
            if case .empty = error { return nil }
            fleet.note(.journalReads, error.description)
            return nil
        }
    }

    var isDone: Bool { machine?.outcome != nil }

    /// Gives one command after another while faults happen, until the rollout has ended or the time is up.
    func work(until end: Moment) async {
        await pause(scenario.isRace ? .seconds(60) : draw { $0.roll(seconds: 0...300) })
        while fleet.time.now < end, !isDone {
            let ending = await command()
            if case .finished = ending { return }
            await considerUnlocking(ending)
            await pause(draw { $0.roll(seconds: 5...200) })
        }
    }

    /// Unlocks a holder that the operator takes for dead. The guess is right for the operator's own rollouts that never
    /// got a journal; at times a living holder is unlocked as well.
    private func considerUnlocking(_ ending: SimulatedTurnstile.Ending) async {
        guard case .held(let reasons) = ending, let holder = reasons.compactMap(\.lockHolder).first else {
            return
        }
        let isOwnAndDead = owns(holder.rollout) && holder.rollout != machine?.plan.rollout
        guard isOwnAndDead || draw({ $0.happens(0.1) }) else { return }
        await turnstile().unlock(holder.rollout, hosts: scenario.hosts)
    }

    // MARK: With everything mended

    /// Makes one more step towards the end of the rollout, as a patient person would.
    ///
    /// - Parameter everybody: all operators, among whom somebody knows whether a holder is dead.
    func goOn(round: Int, among everybody: [Operator]) async {
        let ending = await step(round)
        log.write("\(name) round \(round): \(ending)", at: fleet.time.now)
        await pause(.seconds(60))
        guard case .held(let reasons) = ending else { return }
        for rollout in Self.namedForUnlocking(in: reasons) where mayGo(rollout, round, everybody) {
            await turnstile(isCalm: true).unlock(rollout, hosts: scenario.hosts)
            let again = await step(round)
            log.write("\(name) round \(round): \(again)", at: fleet.time.now)
        }
    }

    /// Rollouts that the remedies offer to unlock, and those that an agent's refusal names in its own words.
    private static func namedForUnlocking(in reasons: [HoldReason]) -> [RolloutID] {
        let offered = reasons.flatMap(\.remedy.steps).flatMap(\.commands).compactMap { command in
            if case .unlock(let rollout?) = command { rollout } else { nil }
        }
        let told = reasons.flatMap { $0.description.matches(of: /`turnstile unlock ([A-Za-z0-9-]+)`/) }
            .map { RolloutID(String($0.1)) }
        return Set(offered + told).sorted { $0.rawValue < $1.rawValue }
    }

    /// True if operators who talk to each other would free the cluster from the rollout: no operator drives it any
    /// more, or half of the rounds are over and the rollout has no host out.
    private func mayGo(_ rollout: RolloutID, _ round: Int, _ everybody: [Operator]) -> Bool {
        let owner = everybody.first { $0.machine?.plan.rollout == rollout && !$0.isDone }
        guard let owner else { return true }
        return round > Self.roundsMax / 2 && owner.machine?.state.hostOut == nil
    }

    func judgeEnd() {
        guard !isDone else { return }
        guard let machine else {
            return hasTooFewMembers ? () : fleet.note(.ends, "\(name) could not begin a rollout")
        }
        let mustGoBack = machine.state.held?.contains(where: \.sendsBack) ?? false
        if hasTooFewMembers, mustGoBack, machine.state.hostOut != nil { return }
        fleet.note(.ends, "\(name) could not bring its rollout to an end: \(machine.state)")
    }

    /// With two members of etcd no host may go, whatever people do: none can be upgraded, and one that came back on a version
    /// that nobody asked for cannot be sent back. A person would add a member, which these do not.
    private var hasTooFewMembers: Bool {
        scenario.hasEtcd && scenario.hosts.count - scenario.workers.count - fleet.broken.count < 3
    }

    /// The number of rounds: enough for every course of resume, rollback and abandon.
    static let roundsMax = 16

    private func step(_ round: Int) async -> SimulatedTurnstile.Ending {
        guard let machine else { return await begin(turnstile(isCalm: true), retryReverted: round > 2) }
        if let dead = fleet.broken.first(where: { machine.canLose($0) }) {
            return await turnstile(isCalm: true).lose(dead)
        }
        if round > Self.roundsMax / 4 { fleet.removeLostMembers() }
        // Even rounds try rollback or abandon, odd rounds go on: a host that cannot go back any more can still go on.
        guard round > Self.roundsMax / 2, round.isMultiple(of: 2) else { return await asTold(machine) }
        if let out = machine.state.hostOut ?? machine.retreating {
            return await followed(await turnstile(isCalm: true).rollback(out))
        }
        return await followed(await turnstile(isCalm: true).abandon())
    }

    /// Follows the command that the hold names; resumes a rollout that is not held.
    private func asTold(_ machine: RolloutMachine) async -> SimulatedTurnstile.Ending {
        let turnstile = turnstile(isCalm: true)
        guard let reasons = machine.state.held else {
            return await turnstile.resume(retryReverted: false)
        }
        switch NextCommand(after: reasons) {
        case .resume(let words): return await turnstile.resume(retryReverted: words.retryReverted)
        case .rollback(let host): return await followed(await turnstile.rollback(host))
        case .abandon: return await followed(await turnstile.abandon())
        }
    }

    /// Follows a refusal that refers to `resume`.
    private func followed(_ ending: SimulatedTurnstile.Ending) async -> SimulatedTurnstile.Ending {
        guard case .referred(.resume, let retryReverted) = ending else { return ending }
        return await turnstile(isCalm: true).resume(retryReverted: retryReverted)
    }

    // MARK: In the midst of it

    /// Begins a rollout. A journal with no whole entry belongs to a rollout that never began, and is removed. After a
    /// lost journal, the rollout is taken up from the hosts.
    private func begin(
        _ turnstile: SimulatedTurnstile, retryReverted: Bool
    ) async -> SimulatedTurnstile.Ending {
        disk.remove(SimulatedDisk.path(turnstile.rollout))
        var draft = scenario.draft(turnstile.rollout)
        if isMended { fleet.leaveOutBroken() }
        let lost = fleet.state.withLock { $0.world.declaredLost }
        draft.hosts.removeAll(where: lost.contains)
        if hasLostJournal.withLock({ $0 }) {
            if let ending = await turnstile.resumeFromHosts(draft) { return ending }
            hasLostJournal.withLock { $0 = false }
            begun.withLock { $0 += 1 }
            return .refused("no host knows of a rollout")
        }
        draft.retryReverted = retryReverted
        if retryReverted { fleet.giveWord(for: scenario.hosts) }
        let ending = await turnstile.upgrade(draft)
        if machine == nil { begun.withLock { $0 += 1 } }
        return ending
    }

    private func loseJournalAtTimes() {
        guard let machine, machine.plan.purpose == .upgrade, draw({ $0.happens(0.02) }) else { return }
        fleet.count(.journalLost)
        disk.remove("\(rollout).jsonl")
        lastRead.withLock { $0 = (-1, nil) }
        hasLostJournal.withLock { $0 = true }
        log.write("\(name) lost the journal of \(rollout)", at: fleet.time.now)
    }

    private func command() async -> SimulatedTurnstile.Ending {
        loseJournalAtTimes()
        let turnstile = turnstile()
        guard let machine else {
            return await holdingAtTimes(turnstile) { await self.begin($0, retryReverted: false) }
        }
        if let dead = fleet.broken.first(where: { machine.canLose($0) }), draw({ $0.happens(0.2) }) {
            return await turnstile.lose(dead)
        }
        let choice = draw { $0.roll(0...99) }
        if choice < 6, machine.state.hostOut == nil { return await turnstile.abandon() }
        if choice < 14, let host = machine.state.hostOut ?? draw({ $0.pick(self.scenario.hosts) }) {
            return await turnstile.rollback(host)
        }
        let word = draw { $0.happens(0.5) }
        return await holdingAtTimes(turnstile) { await $0.resume(retryReverted: word) }
    }

    /// Runs a command, and asks it to hold at times.
    private func holdingAtTimes(
        _ turnstile: SimulatedTurnstile,
        _ body: @escaping @Sendable (SimulatedTurnstile) async -> SimulatedTurnstile.Ending
    ) async -> SimulatedTurnstile.Ending {
        let asksAfter = draw { $0.happens(0.15) ? $0.roll(seconds: 1...600) : nil }
        guard let asksAfter else { return await body(turnstile) }
        return await withTaskGroup(of: SimulatedTurnstile.Ending?.self) { group in
            group.addTask { await body(turnstile) }
            group.addTask { [self] in
                do throws(CancellationError) { try await fleet.time.sleep(asksAfter) } catch { return nil }
                await self.turnstile(isCalm: true).hold()
                return nil
            }
            var ending: SimulatedTurnstile.Ending?
            while ending == nil, let next = await group.next() { ending = next }
            group.cancelAll()
            return ending ?? .died
        }
    }

    private func turnstile(isCalm: Bool = false) -> SimulatedTurnstile {
        let number = processes.withLock { count in
            count += 1
            return count
        }
        let effects = isCalm ? nil : draw { $0.effectsUntilDeath(scenario.faults.crash) }
        let clockError = draw { $0.happens(0.3) ? $0.roll(seconds: -86_400...86_400) : .zero }
        if clockError != .zero { fleet.count(.clockWrong) }
        return SimulatedTurnstile(
            fleet: fleet, process: SimulatedProcess(name: "\(name)\(number)", effectsLeft: effects),
            disk: disk, rollout: rollout, settings: scenario.settings, timeouts: scenario.timeouts,
            hasStore: scenario.hasEtcd, clockError: clockError, log: log,
            isAttended: draw { $0.happens(0.5) }, hooks: scenario.hooks)
    }

    private func draw<Value>(_ body: (inout Dice) -> Value) -> Value { dice.withLock { body(&$0) } }

    private func pause(_ span: Duration) async {
        // Operators are never cancelled.
        try? await fleet.time.sleep(span)
    }
}

extension Dice {
    /// The number of effects that a process has before it dies, where each effect may be the last; nil for a process
    /// that lives on.
    mutating func effectsUntilDeath(_ probability: Double) -> Int? {
        guard probability > 0 else { return nil }
        let draw = roll(1e-9...1.0)
        return 1 + Int(log(draw) / log(1 - probability))
    }
}

extension HoldReason {
    /// True if the host runs a version that is not the target's, so that only a rollback leads on.
    fileprivate var sendsBack: Bool {
        if case .step(.wrongVersion) = self { true } else { false }
    }
}

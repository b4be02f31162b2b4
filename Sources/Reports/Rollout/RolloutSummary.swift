import Foundation
import RolloutJournal
import RolloutModel

/// A rollout as its journal has it: what `status` shows, and what `upgrade` and `resume` print at their end.
package struct RolloutSummary: Codable, Hashable {
    package var rollout: String
    /// `running`, `taking-up` (a process asks its hosts, and has gone on with nothing yet), `cut-off` (no process
    /// drives it any more), `held`, `upgraded`, `nothing-offered`, `abandoned`, `rolled-back`, `host-lost`,
    /// `platform-upgraded`, `platform-restored` or `platform-left` (after its point of no return).
    package var state: String
    package var target: String?
    /// The way back that the rollout was made for: `rollback` or `abandon`; nil for an upgrade, which has a target.
    package var undoes: String?
    package var hosts: [Host]
    /// The number of hosts that have a result.
    package var hostsDone: Int
    /// The steps of a platform's upgrade; nil where hosts are upgraded.
    package var steps: StepCount?
    /// The acts behind the point of no return of a platform's upgrade that was given up there. Some may be done.
    package var left: [String]
    /// The present activity, or the activity at the time of the hold.
    package var doing: String
    /// The place where it stopped when it is `cut-off` or `taking-up`; nil otherwise.
    var stopped: String?
    /// True if the process that drives it was asked to stop before the next host.
    package var isAskedToHold: Bool
    /// True if a process asks the hosts of a rollout that is held, to go on with it.
    var isTakenUp: Bool
    /// The reasons why the rollout is held; empty where it is not.
    var holds: [HoldReport]
    package var operatorName: String
    package var createdAt: String
    package var lastEntryAt: String
    /// The time since which the rollout is held; nil where it is not.
    var heldSince: String?
    /// True if the rollout has ended, but the journal does not show that it released the cluster lock: its turnstile
    /// died before, or could not.
    var mayHoldCluster: Bool
    var journal: String
    /// The command to run next, where there is one.
    var next: String?
    /// The stage of a runbook that the rollout is; nil where it is none.
    package var runbook: RunbookPlace?
    /// The other rollouts that have not ended, newest first; nil where nobody looked for them.
    package var others: [Other]?
    /// The command that takes back a platform's upgrade that waits for somebody; nil where nothing can be taken back.
    var back: String?

    package struct StepCount: Codable, Hashable {
        /// The steps that were proved, and are not undone.
        var done: Int
        var count: Int
        /// The step at work, or the one that comes next; nil where none does.
        var next: String?
    }

    package struct Host: Codable, Hashable {
        package var host: String
        var machine: String
        var from: String
        package var result: String
        /// The time since which the result says that the host is out; nil where it does not.
        var outSince: String?
        /// The reason why a person declared the host lost; nil where the host was not.
        var lostBecause: String?
        /// The changes that were undone, and those that were left because somebody had changed the same thing since;
        /// nil until the host was abandoned.
        var undone: [String]?
        var left: [String]?
    }

    /// - Parameter attendance: the process that is at the rollout now.
    package init(
        _ record: RolloutRecord, path: String, attendance: RolloutAttendance, invocation: Invocation
    ) {
        let machine = record.machine
        let atWork = RolloutText.hostAtWork(machine.state)
        let isDriven = attendance.process == .driving
        let isTakingUp = attendance.process == .takingUp
        let standing = HostStanding(machine: machine, outSince: record.outSince, isDriven: isDriven)
        rollout = machine.plan.rollout.rawValue
        target = machine.plan.platform.map { "Deis \($0.wish.version)" } ?? machine.target?.rawValue
        undoes =
            switch machine.plan.purpose {
            case .upgrade: nil
            case .rollback: "rollback"
            case .abandon: "abandon"
            }
        hosts = machine.plan.hosts.map { host in
            let told = standing.told(of: host.id)
            var result = told.words
            if let given = record.givenBack[host.id], host.id != atWork {
                result = machine.results[host.id] == nil ? "given back" : "\(result), given back"
                return Host(
                    host: host.id.rawValue, machine: host.machine.rawValue, from: host.version.rawValue,
                    result: result, undone: given.undone, left: given.left)
            }
            return Host(
                host: host.id.rawValue, machine: host.machine.rawValue, from: host.version.rawValue,
                result: result, outSince: told.outSince, lostBecause: machine.lost[host.id]?.why)
        }
        hostsDone = machine.results.count
        steps = machine.plan.platform.map { Self.steps(of: $0, machine) }
        left = machine.platformStepsLeft.map(\.move.act.description)
        doing = RolloutText.doing(machine)
        isAskedToHold = attendance.isAskedToHold && machine.outcome == nil
        isTakenUp = false
        operatorName = machine.plan.operatorName
        createdAt = machine.plan.createdAt
        lastEntryAt = record.lastEntryAt
        heldSince = record.heldSince
        mayHoldCluster = false
        journal = path
        holds = []
        switch machine.state.top {
        case .planned, .upgrade, .rollback, .giveBack, .uncordon, .platform:
            state = isDriven ? "running" : isTakingUp ? "taking-up" : "cut-off"
            if !isDriven { stopped = RolloutText.stopped(machine) }
        case .finished(.upgraded): state = "upgraded"
        case .finished(.nothingOffered): state = "nothing-offered"
        case .finished(.abandoned): state = "abandoned"
        case .finished(.rolledBack): state = "rolled-back"
        case .finished(.hostLost): state = "host-lost"
        case .finished(.platformUpgraded): state = "platform-upgraded"
        case .finished(.platformRestored): state = "platform-restored"
        case .finished(.platformLeft): state = "platform-left"
        case .hold(let held):
            state = "held"
            holds = held.causes.pressing.map { HoldReport($0, in: machine.plan.rollout, invocation) }
            isTakenUp = isTakingUp
            next =
                isTakingUp ? nil : RolloutText.next(after: held, of: machine.plan.rollout, invocation)
        }
        if machine.outcome != nil {
            mayHoldCluster = attendance.process == .none && !machine.tenure.isReleased
        }
        back = Self.back(machine, state, invocation)
        guard state == "cut-off" || mayHoldCluster else { return }
        next = invocation.command("resume \(machine.plan.rollout)")
    }

    private static func steps(of platform: PlatformPlan, _ machine: RolloutMachine) -> StepCount {
        let steps = platform.steps.steps
        let done =
            switch machine.state.work {
            case .platform(let upgrade): upgrade.place.index
            case .finished(.platformUpgraded): steps.count
            case .finished(.platformLeft(let last)): (steps.firstIndex { $0.id == last } ?? 0) + 1
            default: 0
            }
        var next: String?
        if case .platform(let upgrade) = machine.state.work {
            next = upgrade.step.map { PlatformText.name($0.id, upgrade.place.way) }
        }
        return StepCount(done: done, count: steps.count, next: next)
    }

    private static func back(
        _ machine: RolloutMachine, _ state: String, _ invocation: Invocation
    ) -> String? {
        guard machine.plan.platform != nil, machine.platformPointOfNoReturn == nil,
            state == "cut-off" || state == "held"
        else { return nil }
        // On the way back both commands would do the same.
        if case .platform(let upgrade) = machine.state.work, upgrade.place.way == .back { return nil }
        return invocation.command("abandon \(machine.plan.rollout)")
    }

    /// A line for each thing that was given back or left, host by host.
    private var givenBackLines: [String] {
        hosts.flatMap { host -> [String] in
            guard let undone = host.undone, let left = host.left else { return [] }
            let name = Columns.Cell(host.host).text
            guard !undone.isEmpty || !left.isEmpty else {
                return ["  \(name): nothing of ours was left"]
            }
            return undone.map { "  \(name): undone: \(Columns.Cell($0).text)" }
                + left.map { "  \(name): left: \(Columns.Cell($0).text)" }
        }
    }

    /// - Parameters:
    ///   - withReasons: also why it is held, and the command to run next.
    ///   - now: ages are counted up to here.
    package func lines(on terminal: Terminal, withReasons: Bool = true, now: Date = .now) -> [String] {
        titleLines(on: terminal, now: now) + tableLines(on: terminal, now: now)
            + closingLines(withReasons: withReasons, now: now)
    }

    /// The hosts. The upgrade of a platform touches none of them.
    private func tableLines(on terminal: Terminal, now: Date) -> [String] {
        steps == nil ? [""] + Self.table(of: hosts, now: now).lines(on: terminal) : []
    }

    /// `2 of 3`: hosts, or steps of a platform's upgrade.
    var doneWords: String {
        steps.map { "\($0.done) of \($0.count) steps" } ?? "\(hostsDone) of \(hosts.count)"
    }

    /// True if no entry follows any more.
    package var hasEnded: Bool { !["running", "taking-up", "cut-off", "held"].contains(state) }

    static func table(of hosts: [Host], now: Date) -> Columns {
        var table = Columns(header: ["HOST", "FROM", "RESULT"])
        for host in hosts {
            let age = host.outSince.flatMap { RolloutText.age(since: $0, now: now) }.map { ", \($0)" } ?? ""
            table.rows.append([.init(host.host), .init(host.from), .init(host.result + age)])
        }
        return table
    }

    /// A row for each rollout: the output of `history` without a rollout.
    package static func list(_ summaries: [RolloutSummary], on terminal: Terminal) -> [String] {
        var table = Columns(header: ["ROLLOUT", "STATE", "DONE", "TARGET", "OF", "SINCE", "LAST ENTRY"])
        let hasRunbooks = summaries.contains { $0.runbook != nil }
        if hasRunbooks { table.header.append("RUNBOOK") }
        for one in summaries {
            table.rows.append([
                .init(one.rollout), .init(one.stateWords), .init(one.doneWords),
                .init(one.target ?? "-"), .init(one.operatorName), .init(one.createdAt),
                .init(one.lastEntryAt),
            ])
            guard hasRunbooks else { continue }
            table.rows[table.rows.count - 1].append(.init(one.runbook.map(RunbookText.brief) ?? "-"))
        }
        // A rollout's id has the time of its beginning.
        table.dispensable = ["SINCE", "OF", "TARGET", "LAST ENTRY", "DONE"]
        return table.lines(on: terminal)
    }

    /// The lines below the table: lost hosts, the activity, the holds, and the command to run next as the last one.
    func closingLines(withReasons: Bool, now: Date) -> [String] {
        var lines = hosts.compactMap { host in
            host.lostBecause.map { Columns.Cell("  \(host.host) was declared lost: \($0)").text }
        }
        lines += ["", Columns.Cell(course(now: now)).text]
        if let steps, let next = steps.next, !hasEnded {
            lines.append("\(steps.done) of \(steps.count) steps are done; '\(next)' is next.")
        }
        if !left.isEmpty { lines += PlatformText.left(left) }
        if isAskedToHold {
            lines.append("A hold was asked for: it stops before the next \(steps == nil ? "host" : "step").")
        }
        if isTakenUp { lines.append("A turnstile asks its hosts now, to go on with it.") }
        lines += runbook.map { [RunbookText.place($0)] } ?? []
        let given = givenBackLines
        if !given.isEmpty { lines += [""] + given }
        guard withReasons else { return lines }
        lines += holdLines
        if mayHoldCluster {
            lines.append("It may have the cluster still: nothing says that its turnstile let it go.")
        }
        return lines + (others ?? []).map(\.line) + (next.map { ["Go on with: \($0)"] } ?? [])
            + (back.map { ["Or go back with: \($0)"] } ?? [])
    }

    /// The times of the rollout, and the activity unless the title has it.
    private func course(now: Date) -> String {
        let age = hasEnded ? "" : RolloutText.age(since: lastEntryAt, now: now).map { " (\($0) ago)" } ?? ""
        let times = "ince \(createdAt), last entry \(lastEntryAt)\(age)"
        guard titleTellsCourse else { return "S\(times): \(stopped ?? doing)" }
        return targetWords.map { "Target \($0), s\(times)" } ?? "S\(times)"
    }

    /// A hold whose only reason stands in the title has its remedy here.
    private var holdLines: [String] {
        let lines = holds.map { $0.lines() }
        guard let only = lines.first, lines.count == 1, doing == "held: \(holds[0].says)" else {
            return lines.flatMap { $0 }
        }
        return only.dropFirst().map { String($0.drop { $0 == " " }) }
    }
}

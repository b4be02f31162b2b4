import RolloutJournal
import RolloutModel

/// A rollout as its journal has it: what `status` shows, and what `upgrade` and `resume` print at their end.
package struct RolloutSummary: Codable, Hashable {
    var rollout: String
    /// `running`, `cut-off` (nobody drives it any more), `held`, `upgraded`, `nothing-offered`, `abandoned`,
    /// `rolled-back` or `host-lost`.
    var state: String
    var target: String?
    var hosts: [Host]
    /// How many hosts have come to their end.
    var hostsDone: Int
    /// What is going on, or what was when it was held.
    var doing: String
    var reasons: [Reason]
    var operatorName: String
    var createdAt: String
    var lastEntryAt: String
    /// nil where it is not held.
    var heldSince: String?
    /// It has ended, and nothing says that it let the cluster go: its turnstile died before, or could not.
    var mayHoldCluster: Bool
    var journal: String
    /// The command to run next, where there is one.
    var next: String?

    struct Host: Codable, Hashable {
        var host: String
        var machine: String
        var from: String
        var result: String
        /// Why a person declared it lost; nil where nobody did.
        var lostBecause: String?
        /// What was given back, and what somebody else had changed since and was left; nil until it was abandoned.
        var undone: [String]?
        var left: [String]?
    }

    struct Reason: Codable, Hashable {
        /// Which gate holds, or what else does.
        var gate: String
        /// The host it is about; nil where it is about the cluster.
        var host: String?
        /// All hosts that it is about, where there are several.
        var hosts: [String]?
        var what: String
        /// The consequences of the reason.
        var also: [String] = []
        var remedy: String
        var needsExplicitWord: Bool
    }

    /// - Parameter isDriven: true if a turnstile process is driving the rollout now.
    package init(_ record: RolloutRecord, path: String, isDriven: Bool, invocation: Invocation) {
        let machine = record.machine
        let atWork = RolloutText.hostAtWork(machine.state)
        let standing = HostStanding(machine: machine, heldSince: record.heldSince, isDriven: isDriven)
        rollout = machine.plan.rollout.rawValue
        target = machine.target?.rawValue
        hosts = machine.plan.hosts.map { host in
            var result = standing.words(of: host.id)
            if let given = record.givenBack[host.id], host.id != atWork {
                result = machine.results[host.id] == nil ? "given back" : "\(result), given back"
                return Host(
                    host: host.id.rawValue, machine: host.machine.rawValue, from: host.version.rawValue,
                    result: result, undone: given.undone, left: given.left)
            }
            return Host(
                host: host.id.rawValue, machine: host.machine.rawValue, from: host.version.rawValue,
                result: result, lostBecause: machine.lost[host.id]?.why)
        }
        hostsDone = machine.results.count
        doing = RolloutText.doing(machine)
        operatorName = machine.plan.operatorName
        createdAt = machine.plan.createdAt
        lastEntryAt = record.lastEntryAt
        heldSince = record.heldSince
        mayHoldCluster = false
        journal = path
        reasons = []
        switch machine.state {
        case .planned, .gating, .staging, .rechecking, .evacuating, .rebooting, .proving, .committing,
            .readmitting, .settling, .retreating, .rollingBack, .recovering, .abandoning:
            state = isDriven ? "running" : "cut-off"
        case .finished(.upgraded): state = "upgraded"
        case .finished(.nothingOffered): state = "nothing-offered"
        case .finished(.abandoned): state = "abandoned"
        case .finished(.rolledBack): state = "rolled-back"
        case .finished(.hostLost): state = "host-lost"
        case .held(let held, _):
            state = "held"
            reasons = held.causes.pressing.map { cause in
                let reason = cause.reason
                return Reason(
                    gate: reason.gate, host: reason.subject?.rawValue, hosts: RolloutText.hosts(cause),
                    what: cause.description,
                    also: RolloutText.also(cause),
                    remedy: RolloutText.remedy(reason, in: machine.plan.rollout, invocation),
                    needsExplicitWord: cause.needsExplicitWord)
            }
            next = RolloutText.next(after: held, of: machine.plan.rollout, invocation)
        }
        if case .finished = machine.state { mayHoldCluster = !isDriven && !record.isLetGo }
        guard state == "cut-off" || mayHoldCluster else { return }
        next = invocation.command("resume \(machine.plan.rollout)")
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

    /// - Parameter withReasons: also why it is held, and the command to run next.
    package func lines(on terminal: Terminal, withReasons: Bool = true) -> [String] {
        let colour: Terminal.Colour =
            switch state {
            case "upgraded", "nothing-offered", "abandoned", "rolled-back": .green
            case "held", "cut-off": .yellow
            default: .bold
            }
        var table = Columns(header: ["HOST", "FROM", "RESULT"])
        for host in hosts { table.rows.append([.init(host.host), .init(host.from), .init(host.result)]) }
        var lines = [
            "Rollout \(rollout): \(terminal.paint(state, colour)); target "
                + Columns.Cell(target ?? "not known yet").text,
            "",
        ]
        let held = heldSince.map { ", held since \($0)" } ?? ""
        lines += table.lines(on: terminal)
        lines += hosts.compactMap { host in
            host.lostBecause.map { Columns.Cell("  \(host.host) was declared lost: \($0)").text }
        }
        lines += ["", Columns.Cell("Since \(createdAt), last entry \(lastEntryAt)\(held): \(doing)").text]
        let given = givenBackLines
        if !given.isEmpty { lines += [""] + given }
        guard withReasons else { return lines }
        for reason in reasons {
            lines += RolloutText.line(
                gate: reason.gate, reason.what, also: reason.also, remedy: reason.remedy)
        }
        if mayHoldCluster {
            lines.append("It may have the cluster still: nothing says that its turnstile let it go.")
        }
        if let next { lines += ["Go on with: \(next)"] }
        return lines
    }
}

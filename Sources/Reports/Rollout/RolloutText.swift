import Foundation
import RolloutJournal
import RolloutModel

/// A rollout's states and results in an operator's words.
package enum RolloutText {
    /// The host at work, if one is.
    package static func host(of state: RolloutMachine.State) -> HostID? { state.work.host }

    /// The host that something was begun on. A host whose gates are still asked only waits.
    static func hostAtWork(_ state: RolloutMachine.State) -> HostID? {
        if case .upgrade(let upgrade) = state.work, upgrade.stage == .precheck { return nil }
        return state.work.host
    }

    /// The rollout's present activity, or its result.
    static func doing(_ machine: RolloutMachine) -> String {
        let lost = machine.lost.keys.sorted().map { "'\($0)'" }
        let words = doing(machine.state)
        guard !lost.isEmpty, let outcome = machine.outcome else { return words }
        let names = lost.joined(separator: ", ")
        guard outcome != .hostLost else {
            return "ended: \(names) \(lost.count == 1 ? "was" : "were") declared lost"
        }
        return "\(words), but for \(names), declared lost"
    }

    /// The place where a rollout stopped that is not held, and that no process drives any more.
    static func stopped(_ machine: RolloutMachine) -> String {
        if case .platform(let upgrade) = machine.state.top {
            return
                "stopped in mid-step: \(PlatformText.doing(upgrade)). Change nothing of the platform by hand"
        }
        guard let host = hostAtWork(machine.state) else {
            return host(of: machine.state).map { "stopped before '\($0)'" } ?? "stopped before it began"
        }
        if case .upgrade = machine.state.work, machine.state.hostOut == host {
            return "stopped in mid-step: '\(host)' may run its new, unconfirmed system. Leave it alone"
        }
        let step = HostStanding.step(of: machine).map { ": \($0)" } ?? ""
        return "stopped in mid-step at '\(host)'\(step). Leave it alone"
    }

    /// The activity in a state.
    package static func doing(_ state: RolloutMachine.State) -> String {
        switch state.top {
        case .planned: "planned"
        case .upgrade(let upgrade): doing(upgrade.stage)
        case .rollback(let rollback): doing(rollback)
        case .giveBack: "giving it back as it was found"
        case .uncordon: "its node is to take pods again"
        case .platform(let upgrade): PlatformText.doing(upgrade)
        case .hold(let reasons): held(reasons, state.unheld)
        case .finished(let outcome): ended(outcome)
        }
    }

    private static func ended(_ outcome: RolloutMachine.Outcome) -> String {
        switch outcome {
        case .upgraded: "every host upgraded"
        case .nothingOffered: "no host was offered an update"
        case .abandoned: "abandoned; every host given back as it was found"
        case .rolledBack: "rolled back, and whole again"
        case .hostLost: "ended: its host was declared lost"
        case .platformUpgraded: "the platform is upgraded"
        case .platformRestored:
            "abandoned; the platform's units and version are as they were. 'turnstile platform audit' tells whether applications answer"
        case .platformLeft(let step):
            "abandoned after '\(step)', which cannot be undone: the platform stays as it is"
        }
    }

    private static func doing(_ stage: HostUpgrade.Stage) -> String {
        switch stage {
        case .precheck: "asking the gates"
        case .staging: "gates open; staging"
        case .rebootCheck(let staged) where staged.isEvacuated: "node drained; asking the gates once more"
        case .rebootCheck(let staged):
            "\(staged.version) staged on \(staged.partition), armed for one try; asking the gates once more"
        case .draining: "gates open; its node is cordoned and drained"
        case .rebooting(let staged): "gates open; rebooting into \(staged.version)"
        case .healthCheck(let returned):
            "back on \(returned.version), a new boot, the other partition; waiting until it is whole"
        case .committing: "whole again; committing"
        case .soak: "committed and proved; looking once more"
        }
    }

    private static func doing(_ rollback: HostRollback) -> String {
        switch rollback.stage {
        case .precheck: "to go back from \(rollback.retreat.from); asking the gates"
        case .rebooting: "gates open; rolling back from \(rollback.retreat.from)"
        case .healthCheck(let running): "back on \(running); waiting until it is whole"
        }
    }

    /// The first reason in few words, or the place where the rollout stopped at a person's request.
    private static func held(_ reasons: [HoldReason], _ then: RolloutMachine.State) -> String {
        let causes = reasons.causes.pressing
        guard let first = causes.first?.reason else { return "held: " + doing(then) }
        let more = causes.count > 1 ? ", and \(causes.count - 1) more" : ""
        let place = host(of: then).map { " before '\($0)'" } ?? ""
        switch first {
        // Whoever reads it need not be the one who asked.
        case .person(.operatorHold), .person(.stoppedAfter):
            return "held\(place): \(ShortText.sentence(first.brief))\(more)"
        default: return "held: \(ShortText.sentence(first.brief))\(more)"
        }
    }

    /// The text of a stop after a number of hosts, with the hosts that nothing was done to.
    package static func stopped(after count: Int, _ machine: RolloutMachine) -> String {
        let waiting = machine.plan.hostsInTurn.map(\.id).filter { machine.results[$0] == nil }
        let untouched = waiting.isEmpty ? "" : " Untouched: \(Names.text(waiting.map(\.rawValue)))."
        return "Stopped after \(count) of \(machine.plan.hostsInTurn.count) hosts, as asked.\(untouched)"
    }

    /// `0:07`, `12:34`, `1:02:03`.
    package static func elapsed(_ span: Duration) -> String {
        let whole = max(0, span.components.seconds)
        let (hours, minutes, rest) = (whole / 3600, whole / 60 % 60, whole % 60)
        func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return hours > 0 ? "\(hours):\(two(minutes)):\(two(rest))" : "\(minutes):\(two(rest))"
    }

    /// The reasons of a hold, their consequences, and the remedies, a line each.
    ///
    /// - Parameters:
    ///   - rollout: the rollout; nil where none has begun.
    ///   - invocation: completes the commands in the texts.
    package static func reasons(
        _ reasons: [HoldReason], in rollout: RolloutID? = nil, _ invocation: Invocation = Invocation()
    ) -> [String] {
        reasons.causes.pressing.flatMap { cause in
            let ago = cause.reason.lockHolder.flatMap { age(since: $0.since) }.map { " (\($0) ago)" } ?? ""
            return HoldReport(cause, in: rollout, invocation).lines(ago: ago)
        }
    }

    /// A sentence for each cause, with its consequences.
    package static func sentences(_ reasons: [HoldReason]) -> [String] {
        reasons.causes.map { cause in
            let also = HoldReport.consequences(of: cause)
            return ForeignText.line(
                "\(cause)" + (also.isEmpty ? "" : " (also: \(also.joined(separator: "; ")))"))
        }
    }

    /// The command that goes on once the remedy is done.
    package static func next(
        after reasons: [HoldReason], of rollout: RolloutID, _ invocation: Invocation
    ) -> String {
        invocation.typed(NextCommand(after: reasons).command(of: rollout))
    }

    /// The time of day of a time in the journal's format: `09:16 UTC`; nil for a text that is no time.
    static func clock(_ time: String) -> String? { day(time).map { "\($0.clock) UTC" } }

    /// The same, with the day where that is not the present one: `2026-11-24 09:16 UTC`.
    static func clock(_ time: String, now: Date) -> String? {
        day(time).map { then in
            then.day == day(now.formatted(.iso8601))?.day
                ? "\(then.clock) UTC" : "\(then.day) \(then.clock) UTC"
        }
    }

    private static func day(_ time: String) -> (day: String, clock: String)? {
        guard let date = try? Date(time, strategy: .iso8601) else { return nil }
        // 2026-11-24T09:16:05Z
        let parts = date.formatted(.iso8601).split(separator: "T")
        guard let day = parts.first, let clock = parts.dropFirst().first else { return nil }
        return (String(day), String(clock.prefix(5)))
    }

    /// The age of a time, by the wall clock, in one or two units; nil for a text that is no time. A time of another
    /// machine's clock may lie ahead of ours; its age is 0.
    static func age(since time: String, now: Date = .now) -> String? {
        guard let then = try? Date(time, strategy: .iso8601) else { return nil }
        return now.time(since: then).roughWords
    }
}

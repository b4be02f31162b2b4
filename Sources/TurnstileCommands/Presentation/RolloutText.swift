import Foundation
import RolloutModel

/// A rollout's states and results in an operator's words.
package enum RolloutText {
    /// The host at work, if one is.
    static func host(of state: RolloutMachine.State) -> HostID? {
        switch state {
        case .planned, .finished: nil
        case .readmitting(let hosts, _): hosts.first
        case .gating(let host), .staging(let host), .rechecking(let host, _), .evacuating(let host, _),
            .rebooting(let host, _), .proving(let host, _), .committing(let host, _), .settling(let host),
            .retreating(let host, _, _),
            .rollingBack(let host, _, _), .recovering(let host, _, _, _):
            host
        case .abandoning(let abandonment): abandonment.waiting.first
        case .held(_, let then): self.host(of: then)
        }
    }

    /// The host that something was begun on. A host whose gates are still asked only waits.
    static func hostAtWork(_ state: RolloutMachine.State) -> HostID? {
        switch state {
        case .planned, .finished, .gating: nil
        case .readmitting(let hosts, _): hosts.first
        case .staging(let host), .rechecking(let host, _), .evacuating(let host, _), .rebooting(let host, _),
            .proving(let host, _),
            .committing(let host, _), .settling(let host), .retreating(let host, _, _),
            .rollingBack(let host, _, _), .recovering(let host, _, _, _):
            host
        case .abandoning(let abandonment): abandonment.waiting.first
        case .held(_, let then): hostAtWork(then)
        }
    }

    /// The rollout's present activity, or its result.
    static func doing(_ machine: RolloutMachine) -> String {
        let lost = machine.lost.keys.sorted().map { "'\($0)'" }.joined(separator: ", ")
        let words = doing(machine.state)
        guard !lost.isEmpty, case .finished = machine.state else { return words }
        return "\(words), but for \(lost), declared lost"
    }

    /// The activity in a state.
    static func doing(_ state: RolloutMachine.State) -> String {
        switch state {
        case .planned: "planned"
        case .gating: "asking the gates"
        case .staging: "gates open; staging"
        case .rechecking(_, let staged) where staged.isEvacuated: "node drained; asking the gates once more"
        case .rechecking(_, let staged):
            "\(staged.version) staged on \(staged.partition), armed for one try; asking the gates once more"
        case .evacuating: "gates open; its node is cordoned and drained"
        case .rebooting(_, let staged): "gates open; rebooting into \(staged.version)"
        case .proving(_, let returned):
            "back on \(returned.version), a new boot, the other partition; waiting until it is whole"
        case .committing: "whole again; committing"
        case .readmitting: "its node is to take pods again"
        case .settling(_): "committed and proved; looking once more"
        case .retreating(_, let retreat, _): "to go back from \(retreat.from); asking the gates"
        case .rollingBack(_, let retreat, _): "gates open; rolling back from \(retreat.from)"
        case .recovering(_, _, let running, _): "back on \(running); waiting until it is whole"
        case .abandoning(_): "giving it back as it was found"
        case .held(let reasons, let then): held(reasons, then)
        case .finished(.upgraded): "every host upgraded"
        case .finished(.nothingOffered): "no host was offered an update"
        case .finished(.abandoned): "abandoned; every host given back as it was found"
        case .finished(.rolledBack): "rolled back, and whole again"
        case .finished(.hostLost): "ended: its host was declared lost"
        }
    }

    /// The first reason in few words, or the place where the rollout stopped at a person's request.
    private static func held(_ reasons: [HoldReason], _ then: RolloutMachine.State) -> String {
        let causes = reasons.causes.pressing
        guard let first = causes.first?.reason else { return "held: " + doing(then) }
        let more = causes.count > 1 ? ", and \(causes.count - 1) more" : ""
        let place = host(of: then).map { " before '\($0)'" } ?? ""
        switch first {
        case .person(.operatorHold): return "held\(place): you asked to hold\(more)"
        case .person(.stoppedAfter(let hosts)):
            return "held\(place): you asked to stop after \(hosts) \(hosts == 1 ? "host" : "hosts")\(more)"
        default: return "held: \(ShortText.sentence(first.brief))\(more)"
        }
    }

    /// The text of a stop after a number of hosts, with the hosts that nothing was done to.
    static func stopped(after count: Int, _ machine: RolloutMachine) -> String {
        let waiting = machine.plan.hosts.map(\.id).filter { machine.results[$0] == nil }
        let untouched = waiting.isEmpty ? "" : " Untouched: \(Names.text(waiting.map(\.rawValue)))."
        return "Stopped after \(count) of \(machine.plan.hosts.count) hosts, as you asked.\(untouched)"
    }

    /// `0:07`, `12:34`, `1:02:03`.
    static func elapsed(_ seconds: Double) -> String {
        let whole = max(0, Int(clamping: seconds))
        let (hours, minutes, rest) = (whole / 3600, whole / 60 % 60, whole % 60)
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
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

    /// The age of a time, by the wall clock, in one or two units; nil for a text that is no time. A time of another
    /// machine's clock may lie ahead of ours; its age is 0.
    static func age(since time: String, now: Date = .now) -> String? {
        guard let then = try? Date(time, strategy: .iso8601) else { return nil }
        let seconds = max(0, Int(clamping: now.timeIntervalSince(then)))
        let (days, hours, minutes) = (seconds / 86_400, seconds / 3600 % 24, seconds / 60 % 60)
        if days > 0 { return "\(days) d \(hours) h" }
        if hours > 0 { return "\(hours) h \(minutes) min" }
        return minutes > 0 ? "\(minutes) min" : "\(seconds) s"
    }
}

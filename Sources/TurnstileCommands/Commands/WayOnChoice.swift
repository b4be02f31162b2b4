import AgentProtocol
import Driving
import RolloutJournal
import RolloutModel

/// Refuses a command that does not act on a host in its present place, and names the command that does.
struct WayOnChoice {
    let choice: RolloutChoice
    let invocation: Invocation
    /// The path of the journal that this command itself has open, so that no other process drives its rollout.
    let own: String?

    init(_ configuration: Configuration, _ invocation: Invocation, own: Journal? = nil) {
        choice = RolloutChoice(configuration, invocation)
        self.invocation = invocation
        self.own = own?.path
    }

    /// - Parameter trouble: what kept the host from a report, where that was told apart.
    /// - Throws: `CommandFailure` that tells the host's place, and the command to go on with.
    func require(
        _ command: RecoveryCommand, of host: HostID, seen report: Observation<HostReport>,
        trouble: HostTrouble? = nil
    ) throws {
        let place = HostPlace(report, trouble: trouble)
        guard let (other, line) = try way(command, host, place) else { return }
        var lines = ["host '\(host)' \(place.words)\(Self.why(report)). Nothing was touched now."]
        if let trouble {
            lines.append("What to do: \(trouble.remedy(on: host).text(typed: invocation.typed)).")
        }
        lines.append(Self.hint(other, host))
        lines.append("Go on with: \(invocation.typed(line))")
        throw CommandFailure(.held, lines.filter { !$0.isEmpty }.joined(separator: "\n"))
    }

    /// The command that acts where another does not, and its line; nil where the command itself acts.
    func way(
        _ command: RecoveryCommand, _ host: HostID, _ place: HostPlace
    ) throws -> (command: RecoveryCommand, line: String)? {
        let (standing, machine) = try standing(of: host)
        guard case .refers(let other) = WayOn(command, place, standing) else { return nil }
        let words = machine.map { ResumeWords($0.state.heldReasons) } ?? .none
        return (other, other.line(host: host, rollout: machine?.plan.rollout, words: words))
    }

    /// How the newest unfinished rollout that has the host concerns it.
    private func standing(of host: HostID) throws -> (WayOn.Standing, RolloutMachine?) {
        for (path, record) in try choice.unended() {
            let machine = record.machine
            guard machine.remaining.hosts.contains(where: { $0.id == host }) else { continue }
            if path != own, try Journal.isBeingWritten(path: path) { return (.driven, machine) }
            if machine.state.hostOut == host { return (.out, machine) }
            if case .abandoning = machine.state.unheld, machine.isFree(toRetreat: host) {
                return (.givingBack, machine)
            }
            return (.inRollout, machine)
        }
        return (.none, nil)
    }

    private static func why(_ report: Observation<HostReport>) -> String {
        guard case .unknown(let why) = report else { return "" }
        return ": \(why)"
    }

    private static func hint(_ command: RecoveryCommand, _ host: HostID) -> String {
        switch command {
        case .resume: "Its rollout looks where the host is, and goes on from there."
        case .lose: "Once it is switched on, everything goes on as before; if it never comes back, say so."
        case .plainReboot:
            "Turnstile did not bring it there. Rebooted by hand, on '\(host)', it goes to its other partition."
        case .upgradeOthers: "No rollout waits for it: name the others."
        case .hold: "A turnstile on this machine is at its rollout; ask that one to stop first."
        case .rollback, .abandon, .abandonHost, .fromHosts, .upgrade, .retryReverted, .unlock, .install,
            .audit:
            ""
        }
    }
}

extension RolloutMachine {
    /// The command that begins an undoing rollout which never began, and so cannot be resumed; nil for all others.
    var unbegunUndoing: String? {
        guard state == .planned else { return nil }
        return switch plan.purpose {
        case .upgrade: nil
        case .rollback(let host): "rollback \(ShellWord(host.rawValue))"
        case .abandon: "abandon \(plan.rollout)"
        }
    }
}

extension RolloutMachine.State {
    /// Why it waits for a person; none where it does not.
    var heldReasons: [HoldReason] {
        guard case .held(let reasons, _) = self else { return [] }
        return reasons
    }
}

extension Invocation {
    /// A line to be typed, with this operator's options where it is a command of ours.
    func typed(_ line: String) -> String {
        let ours = "turnstile "
        return line.hasPrefix(ours) ? command(String(line.dropFirst(ours.count))) : line
    }
}

import AgentProtocol
import RolloutJournal
import RolloutModel

/// A command that does not act on a host in its present place, and the command that does.
public struct HostReferral: Hashable, Sendable {
    public var host: HostID
    public var place: HostPlace
    /// The reason why the host gave no report; nil where it gave one.
    public var why: String?
    public var trouble: HostTrouble?
    /// The rollout that declared the host lost before it answered; nil where none did.
    public var woken: WokenHost?
    /// The command that acts, and its command line.
    public var command: RecoveryCommand
    public var line: String
    /// The command line for a host that never comes back; nil where the referral is not about that.
    public var lossLine: String?
}

/// Refuses a command that does not act on a host in its present place, and names the command that does.
public struct WayOnChoice: Sendable {
    private let choice: RolloutChoice
    /// The rollout whose journal this command itself has open, so that no other process drives it.
    private let own: RolloutID?

    public init(_ choice: RolloutChoice, own: RolloutID? = nil) {
        self.choice = choice
        self.own = own
    }

    /// - Parameter trouble: the trouble that kept the host from a report, where that is known.
    /// - Throws: `CommandRefusal.refers`.
    func require(
        _ command: RecoveryCommand, of host: HostID, seen report: Observation<HostReport>,
        trouble: HostTrouble? = nil
    ) async throws {
        let place = HostPlace(report, trouble: trouble)
        let woken = try await woken(host, report)
        guard let (other, line) = try await way(command, host, place, woken) else { return }
        let why: String? = if case .unknown(let why) = report { why } else { nil }
        throw CommandRefusal.refers(
            HostReferral(
                host: host, place: place, why: why, trouble: trouble, woken: woken, command: other,
                line: line, lossLine: other == .audit ? try await lossLine(host, place) : nil))
    }

    /// The command that acts where the given one does not, and its line; nil where the given command acts.
    ///
    /// - Parameter report: nil where the host answers, and its agent tells nothing.
    public func way(
        _ command: RecoveryCommand, _ host: HostID, agent report: HostReport?
    ) async throws -> (command: RecoveryCommand, line: String)? {
        guard let report else { return try await way(command, host, .unreadable, nil) }
        return try await way(command, host, HostPlace(report), woken(host, .seen(report)))
    }

    /// The same, also of a host that does not answer.
    func way(
        _ command: RecoveryCommand, _ host: HostID, seen report: Observation<HostReport>
    ) async throws -> (command: RecoveryCommand, line: String)? {
        try await way(command, host, HostPlace(report), woken(host, report))
    }

    private func way(
        _ command: RecoveryCommand, _ host: HostID, _ place: HostPlace, _ woken: WokenHost?
    ) async throws -> (command: RecoveryCommand, line: String)? {
        if let woken {
            guard case .refers(let other) = WayOn(command, place, woken.standing) else { return nil }
            return (other, other.line(host: host, rollout: woken.rollout))
        }
        let (standing, machine) = try await standing(of: host)
        guard case .refers(let other) = WayOn(command, place, standing) else { return nil }
        let words = machine.map { ResumeWords($0.state.heldReasons) } ?? .none
        return (other, other.line(host: host, rollout: machine?.plan.rollout, words: words))
    }

    /// nil for a host that was never declared lost, or that another rollout has had since.
    private func woken(_ host: HostID, _ report: Observation<HostReport>) async throws -> WokenHost? {
        guard report.value != nil else { return nil }
        return try await DeclaredLost(in: choice.store).woken([host: report]).first
    }

    /// The command line for a host that never comes back; nil where no rollout waits for it.
    private func lossLine(_ host: HostID, _ place: HostPlace) async throws -> String? {
        let (standing, machine) = try await standing(of: host)
        guard WayOn(.lose, place, standing) == .acts else { return nil }
        return RecoveryCommand.lose.line(host: host, rollout: machine?.plan.rollout)
    }

    /// The relation of the newest unfinished rollout that has the host to that host.
    private func standing(of host: HostID) async throws -> (WayOn.Standing, RolloutMachine?) {
        for one in try await choice.unended() where one.speaks(for: host) {
            let machine = one.record.machine
            if one.id != own, try await choice.store.isBeingWritten(one.id) { return (.driven, machine) }
            if machine.state.hostOut == host { return (.out, machine) }
            if case .giveBack = machine.state.unheld.top, machine.isFree(toRetreat: host) {
                return (.givingBack, machine)
            }
            return (.inRollout, machine)
        }
        return (.none, nil)
    }
}

extension RolloutMachine {
    /// The command that begins an undoing rollout which never began, and so cannot be resumed; nil for all others.
    public var unbegunUndoing: String? {
        guard state == State(.planned) else { return nil }
        return switch plan.purpose {
        case .upgrade: nil
        case .rollback(let host): "rollback \(ShellWord(host.rawValue))"
        case .abandon: "abandon \(plan.rollout)"
        }
    }
}

extension RolloutMachine.State {
    /// The reasons why the rollout is held; empty where it is not.
    public var heldReasons: [HoldReason] { held ?? [] }
}

/// An entry on the stack of a rollout's work: a procedure, a wait for a person, or one of its two ends. A closed set.
///
/// The planned state, an upgrade of hosts or of their platform, the giving back of hosts and the end stand at
/// the bottom. All other work stands above something, which goes on after it.
public enum Work: Codable, Hashable, Sendable {
    /// Planned and journalled; nothing was asked of any host.
    case planned
    case upgrade(HostUpgrade)
    case rollback(HostRollback)
    case giveBack(GiveBack)
    case uncordon(Uncordon)
    case platform(PlatformUpgrade)
    /// Stopped until a person acts.
    case hold([HoldReason])
    case finished(RolloutMachine.Outcome)
}

extension Work {
    /// Hands the event to the procedure.
    ///
    /// - Returns: nil for an event that cannot follow, with nothing changed.
    mutating func handle(_ event: RolloutMachine.Event, _ facts: inout RolloutFacts) -> ProcedureAnswer? {
        let answer: ProcedureAnswer?
        switch self {
        case .upgrade(var upgrade):
            answer = upgrade.handle(event, &facts)
            self = .upgrade(upgrade)
        case .rollback(var rollback):
            answer = rollback.handle(event)
            self = .rollback(rollback)
        case .giveBack(var giveBack):
            answer = giveBack.handle(event)
            self = .giveBack(giveBack)
        case .uncordon(var uncordon):
            answer = uncordon.handle(event)
            self = .uncordon(uncordon)
        case .platform(var upgrade):
            answer = upgrade.handle(event)
            self = .platform(upgrade)
        case .planned, .hold, .finished:
            answer = nil
        }
        return answer
    }

    /// The host that it is about; nil where it is about none.
    public var host: HostID? {
        switch self {
        case .upgrade(let upgrade): upgrade.host
        case .rollback(let rollback): rollback.host
        case .giveBack(let giveBack): giveBack.waiting.first
        case .uncordon(let uncordon): uncordon.hosts.first
        case .planned, .platform, .hold, .finished: nil
        }
    }

    var isHold: Bool {
        switch self {
        case .hold: true
        case .planned, .upgrade, .rollback, .giveBack, .uncordon, .platform, .finished: false
        }
    }

    /// The work in the place where a person's wish to stop is met; nil where there is none.
    var stopped: Work? {
        switch self {
        case .upgrade(let upgrade): upgrade.stopped.map(Work.upgrade)
        case .platform(let upgrade): upgrade.stopped.map(Work.platform)
        case .planned, .rollback, .giveBack, .uncordon, .hold, .finished: nil
        }
    }

    /// The host that was told to reboot and is not proved whole since.
    var hostOut: HostID? {
        switch self {
        case .upgrade(let upgrade): upgrade.isOut ? upgrade.host : nil
        case .rollback(let rollback): rollback.isOut ? rollback.host : nil
        case .planned, .giveBack, .uncordon, .platform, .hold, .finished: nil
        }
    }

    /// The host whose node is being taken out of service, or was, and which is not out itself.
    var drainedForReboot: HostID? {
        guard case .upgrade(let upgrade) = self, upgrade.isDrainedForReboot else { return nil }
        return upgrade.host
    }

    /// The host's node serves again, and is drained anew before the host reboots.
    mutating func takeUndrained() {
        guard case .upgrade(var upgrade) = self else { return }
        upgrade.takeUndrained()
        self = .upgrade(upgrade)
    }

    /// The host is on a later boot of the same partition.
    mutating func rebooted(_ host: HostID, into boot: BootID) {
        guard case .upgrade(var upgrade) = self, upgrade.host == host else { return }
        upgrade.rebooted(into: boot)
        self = .upgrade(upgrade)
    }
}

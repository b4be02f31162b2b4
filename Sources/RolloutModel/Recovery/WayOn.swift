/// The effect of an operator's command on a host in its present place: the command acts, or refers to another one.
///
/// Every refusal takes its advice from this table, so that no command refers to one that refuses, too. None refers to
/// `lose`, which is for a person who knows that the host is gone for good: one silence does not tell.
/// docs/recovery.md contains the same table.
public enum WayOn: Hashable, Sendable {
    case acts
    case refers(to: RecoveryCommand)

    /// How an unfinished rollout in the local journals concerns the host.
    public enum Standing: String, CaseIterable, Hashable, Sendable {
        /// The host is in no unfinished rollout, or the journal is lost.
        case none
        /// A rollout has the host, and has not told it to reboot, or is done with it.
        case inRollout
        /// A rollout told the host to reboot, and has not seen it whole since.
        case out
        /// A rollout that gives its hosts back has not given back this one.
        case givingBack
        /// A rollout declared the host lost. The host answers, and its agent is held by that rollout.
        case lost
        /// A rollout declared the host lost and was unlocked. The host answers, and its agent knows that rollout.
        case freed
        /// A turnstile process is driving that rollout now.
        case driven
    }

    public init(_ command: RecoveryCommand, _ place: HostPlace, _ standing: Standing) {
        let other =
            switch standing {
            case .none: Self.withoutRollout(command, place)
            case .inRollout: Self.inRollout(command, place)
            case .out: Self.out(command, place)
            case .givingBack: Self.givingBack(command, place)
            case .lost: Self.lost(command, place)
            case .freed: Self.freed(command, place)
            case .driven: Self.driven(command)
            }
        self = other.map { .refers(to: $0) } ?? .acts
    }

    // The functions below return nil if the command itself acts.

    private static func driven(_ command: RecoveryCommand) -> RecoveryCommand? {
        switch command {
        case .hold, .audit: nil
        case .upgrade, .upgradeOthers, .resume, .retryReverted, .fromHosts, .rollback, .abandon, .abandonHost,
            .unlock, .install, .lose, .plainReboot:
            .hold
        }
    }

    /// A host on its single try cannot be given back from there, and nothing but its way back brings it in.
    private static func givingBack(_ command: RecoveryCommand, _ place: HostPlace) -> RecoveryCommand? {
        guard place == .onItsTry else { return inRollout(command, place) }
        switch command {
        // `resume` gives the other hosts back.
        case .resume, .retryReverted, .rollback, .unlock, .audit, .plainReboot: return nil
        case .upgrade, .upgradeOthers, .fromHosts, .abandon, .abandonHost, .lose, .hold, .install:
            return .rollback
        }
    }

    private static func inRollout(_ command: RecoveryCommand, _ place: HostPlace) -> RecoveryCommand? {
        switch command {
        case .resume, .retryReverted, .unlock, .audit, .plainReboot: nil
        case .upgrade, .upgradeOthers, .fromHosts, .hold: .resume
        case .abandonHost: place.isOut ? outWay(place) : .abandon
        case .abandon: place.isOut ? outWay(place) : nil
        case .lose: place == .silent || place == .unreadable ? nil : .resume
        case .install: place.isReplaceable ? nil : .resume
        case .rollback:
            switch place {
            case .onItsTry, .committed, .goingBack: nil
            case .silent: .audit
            case .begun, .prefetched, .staged, .wentBack: .abandon
            case .uncommitted: .plainReboot
            case .unreadable, .atRest, .armedByOthers, .nothingBehind: .resume
            }
        }
    }

    private static func out(_ command: RecoveryCommand, _ place: HostPlace) -> RecoveryCommand? {
        switch command {
        case .abandon, .abandonHost:
            place == .silent || place == .unreadable ? .audit : outWay(place)
        case .rollback:
            switch place {
            case .onItsTry, .committed, .goingBack: nil
            case .silent, .unreadable: .audit
            case .uncommitted: .plainReboot
            case .atRest, .begun, .prefetched, .staged, .armedByOthers, .wentBack, .nothingBehind: .resume
            }
        case .install: .resume
        case .upgrade, .upgradeOthers, .resume, .retryReverted, .fromHosts, .unlock, .hold, .lose, .audit,
            .plainReboot:
            inRollout(command, place)
        }
    }

    /// Its rollout goes on without it, or has ended, and takes it in no more. Nothing else may before it is unlocked.
    private static func lost(_ command: RecoveryCommand, _ place: HostPlace) -> RecoveryCommand? {
        guard place != .silent else { return withoutRollout(command, place) }
        return switch command {
        case .unlock, .audit, .plainReboot, .upgradeOthers: nil
        case .install: place.isReplaceable ? nil : .unlock
        case .upgrade, .resume, .retryReverted, .fromHosts, .rollback, .abandon, .abandonHost, .lose, .hold:
            .unlock
        }
    }

    /// The host is given back, or rolled back first, before a rollout can begin with it.
    private static func freed(_ command: RecoveryCommand, _ place: HostPlace) -> RecoveryCommand? {
        guard place != .silent else { return withoutRollout(command, place) }
        let takenIn = cannotBeGiven(place) ?? .abandonHost
        return switch command {
        case .unlock, .audit, .plainReboot, .upgradeOthers: nil
        case .abandonHost: cannotBeGiven(place)
        case .install: place.isReplaceable ? nil : takenIn
        case .rollback: place == .onItsTry || place == .committed || place == .goingBack ? nil : takenIn
        case .upgrade, .resume, .retryReverted, .fromHosts, .abandon, .lose, .hold: takenIn
        }
    }

    private static func withoutRollout(_ command: RecoveryCommand, _ place: HostPlace) -> RecoveryCommand? {
        switch command {
        case .unlock, .audit, .plainReboot, .upgradeOthers: nil
        case .upgrade: unbegun(place)
        case .fromHosts: place.knowsRollout ? nil : unbegun(place) ?? .upgrade
        case .resume, .retryReverted, .hold, .lose:
            place.knowsRollout ? .fromHosts : unbegun(place) ?? .upgrade
        case .rollback:
            switch place {
            case .onItsTry, .committed, .goingBack: nil
            case .silent, .unreadable: .audit
            case .begun, .prefetched, .staged, .wentBack: .abandonHost
            case .armedByOthers, .uncommitted: .plainReboot
            case .atRest, .nothingBehind: .upgrade
            }
        case .abandonHost: cannotBeGiven(place)
        // No rollout can be ended, but a host can still be given back.
        case .abandon: cannotBeGiven(place) ?? .abandonHost
        case .install: place.isReplaceable ? nil : unbegun(place) ?? .fromHosts
        }
    }

    /// nil where a rollout can begin with the host.
    private static func unbegun(_ place: HostPlace) -> RecoveryCommand? {
        switch place {
        case .atRest, .prefetched, .committed, .nothingBehind: nil
        case .silent: .upgradeOthers
        case .unreadable: .audit
        case .begun, .staged, .onItsTry, .wentBack: .fromHosts
        case .armedByOthers, .uncommitted: .plainReboot
        case .goingBack: .rollback
        }
    }

    /// nil where the host can be given back without a rollout.
    private static func cannotBeGiven(_ place: HostPlace) -> RecoveryCommand? {
        switch place {
        case .silent, .unreadable: .audit
        case .onItsTry, .goingBack: .rollback
        case .uncommitted: .plainReboot
        case .atRest, .begun, .prefetched, .staged, .armedByOthers, .wentBack, .committed, .nothingBehind: nil
        }
    }

    /// The command after which a host is no longer out.
    private static func outWay(_ place: HostPlace) -> RecoveryCommand {
        switch place {
        case .goingBack: .rollback
        case .uncommitted: .plainReboot
        case .silent, .unreadable, .atRest, .begun, .prefetched, .staged, .armedByOthers, .onItsTry,
            .wentBack,
            .committed, .nothingBehind:
            .resume
        }
    }
}

extension HostPlace {
    /// True if the host's agent can be replaced because no update is under way.
    fileprivate var isReplaceable: Bool {
        switch self {
        case .atRest, .prefetched, .armedByOthers, .uncommitted, .committed, .nothingBehind: true
        case .silent, .unreadable, .begun, .staged, .onItsTry, .wentBack, .goingBack: false
        }
    }

    /// True if the host's agent knows a rollout that can be taken up.
    fileprivate var knowsRollout: Bool {
        switch self {
        case .begun, .staged, .onItsTry, .wentBack: true
        case .silent, .unreadable, .atRest, .prefetched, .armedByOthers, .uncommitted, .committed,
            .nothingBehind, .goingBack:
            false
        }
    }
}

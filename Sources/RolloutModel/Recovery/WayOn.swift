/// What a command of the operator's does for a host as it was found, or the one command that does something instead.
///
/// Whoever refuses asks here, so that no command sends on to one that refuses, too; docs/recovery.md is this table.
public enum WayOn: Hashable, Sendable {
    case acts
    case refers(to: RecoveryCommand)

    /// Whether a rollout that has not ended has the host, by the journals here.
    public enum Standing: String, CaseIterable, Hashable, Sendable {
        /// None: it is not in any, or the journal is lost.
        case none
        /// One has it, and has not told it to reboot, or is done with it.
        case inRollout
        /// One has told it to reboot, and has not seen it whole since.
        case out
        /// A turnstile is at that rollout now.
        case driven
    }

    public init(_ command: RecoveryCommand, _ place: HostPlace, _ standing: Standing) {
        let other =
            switch standing {
            case .none: Self.withoutRollout(command, place)
            case .inRollout: Self.inRollout(command, place)
            case .out: Self.out(command, place)
            case .driven: Self.driven(command)
            }
        self = other.map { .refers(to: $0) } ?? .acts
    }

    // Each gives nil where the command itself acts.

    private static func driven(_ command: RecoveryCommand) -> RecoveryCommand? {
        switch command {
        case .hold, .audit: nil
        case .upgrade, .upgradeOthers, .resume, .retryReverted, .fromHosts, .rollback, .abandon, .abandonHost,
            .unlock, .install, .lose, .plainReboot:
            .hold
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
            case .silent: .lose
            case .begun, .staged, .wentBack: .abandon
            case .uncommitted: .plainReboot
            case .unreadable, .atRest, .armedByOthers, .nothingBehind: .resume
            }
        }
    }

    private static func out(_ command: RecoveryCommand, _ place: HostPlace) -> RecoveryCommand? {
        switch command {
        case .abandon, .abandonHost:
            place == .silent || place == .unreadable ? .lose : outWay(place)
        case .rollback:
            switch place {
            case .onItsTry, .committed, .goingBack: nil
            case .silent, .unreadable: .lose
            case .uncommitted: .plainReboot
            case .atRest, .begun, .staged, .armedByOthers, .wentBack, .nothingBehind: .resume
            }
        case .install: .resume
        case .upgrade, .upgradeOthers, .resume, .retryReverted, .fromHosts, .unlock, .hold, .lose, .audit,
            .plainReboot:
            inRollout(command, place)
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
            case .begun, .staged, .wentBack: .abandonHost
            case .armedByOthers, .uncommitted: .plainReboot
            case .atRest, .nothingBehind: .upgrade
            }
        case .abandonHost: cannotBeGiven(place)
        // No rollout is there to be ended; a host can be given back all the same.
        case .abandon: cannotBeGiven(place) ?? .abandonHost
        case .install: place.isReplaceable ? nil : unbegun(place) ?? .fromHosts
        }
    }

    /// nil where a rollout can begin with the host.
    private static func unbegun(_ place: HostPlace) -> RecoveryCommand? {
        switch place {
        case .atRest, .committed, .nothingBehind: nil
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
        case .atRest, .begun, .staged, .armedByOthers, .wentBack, .committed, .nothingBehind: nil
        }
    }

    /// The way to where a host is not out any more.
    private static func outWay(_ place: HostPlace) -> RecoveryCommand {
        switch place {
        case .goingBack: .rollback
        case .uncommitted: .plainReboot
        case .silent, .unreadable, .atRest, .begun, .staged, .armedByOthers, .onItsTry, .wentBack, .committed,
            .nothingBehind:
            .resume
        }
    }
}

extension HostPlace {
    /// Its agent can be replaced: it is in the middle of nothing.
    fileprivate var isReplaceable: Bool {
        switch self {
        case .atRest, .armedByOthers, .uncommitted, .committed, .nothingBehind: true
        case .silent, .unreadable, .begun, .staged, .onItsTry, .wentBack, .goingBack: false
        }
    }

    /// Its agent tells of a rollout that can be taken up.
    fileprivate var knowsRollout: Bool {
        switch self {
        case .begun, .staged, .onItsTry, .wentBack: true
        case .silent, .unreadable, .atRest, .armedByOthers, .uncommitted, .committed, .nothingBehind,
            .goingBack:
            false
        }
    }
}

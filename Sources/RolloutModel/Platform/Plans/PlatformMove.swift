public typealias PlatformStep = ProcedureStep<PlatformAct, PlatformProof>
public typealias PlatformSteps = Steps<PlatformAct, PlatformProof>
public typealias PlatformMove = StepMove<PlatformAct, PlatformProof>

/// Moves that every procedure is made of. Each act's effect is looked for before the act is repeated.
extension PlatformMove {
    /// - Parameter gates: the gates beyond a whole etcd, without which deisctl lies.
    static func acting(
        _ act: PlatformAct, when gates: [PlatformProof] = [], until proof: [PlatformProof],
        within deadline: Duration
    ) -> PlatformMove {
        PlatformMove(
            before: [.etcdWhole] + gates, act: act, after: proof, deadline: deadline, doubt: .lookFirst)
    }

    /// The same move in a place where the parts that were taken away before it must not stay away.
    var urgent: PlatformMove {
        var move = self
        move.isUrgent = true
        return move
    }

    static func stop(
        _ units: [PlatformUnit], by side: DeisctlSide, when gates: [PlatformProof] = []
    ) -> PlatformMove {
        // The store is stopped only once nothing uses it, as the database's last backup goes there.
        let isStore = !units.of(.storage).isEmpty
        return acting(
            .deisctl(side, .stop, units), when: gates + (isStore ? [.controlPlaneDead] : []),
            until: [.dead(units)], within: .seconds(units.of(.control).isEmpty ? 300 : 1800))
    }

    static func uninstall(
        _ units: [PlatformUnit], by side: DeisctlSide, when gates: [PlatformProof] = []
    ) -> PlatformMove {
        acting(
            .deisctl(side, .uninstall, units), when: gates + [.dead(units)], until: [.gone(units)],
            within: .seconds(300))
    }

    static func install(
        _ units: [PlatformUnit], by side: DeisctlSide, when gates: [PlatformProof] = []
    ) -> PlatformMove {
        acting(
            .deisctl(side, .install, units), when: gates + [.notLaunched(units)],
            until: [side == .new ? .renewed(units) : .installed(units)], within: .seconds(300))
    }

    /// - Parameter proof: the proof beyond the units' running.
    static func start(
        _ units: [PlatformUnit], by side: DeisctlSide, when gates: [PlatformProof] = [],
        until proof: [PlatformProof] = []
    ) -> PlatformMove {
        // Units pull their image first, and wait 20 minutes for that. The builder waits 30.
        let deadline = Duration.seconds(units.of([.builder]).isEmpty ? 1500 : 2100)
        return acting(
            .deisctl(side, .start, units), when: gates + [.installed(units)],
            until: [.running(units)] + proof, within: deadline)
    }

    /// Sets the version of before, and starts units as they were before.
    static func revert(
        _ units: [PlatformUnit], to version: PlatformVersion, until proof: [PlatformProof]
    ) -> PlatformMove {
        acting(
            .revert(to: version, units), when: [.installed(units)],
            until: [.version(version), .running(units)] + proof, within: .seconds(1500))
    }

    static func setVersion(_ version: PlatformVersion, when gates: [PlatformProof] = []) -> PlatformMove {
        acting(.setVersion(version), when: gates, until: [.version(version)], within: .seconds(60))
    }

    static func quietPublisher(by side: DeisctlSide, when gates: [PlatformProof] = []) -> PlatformMove {
        acting(
            .quietPublisher(side), when: gates,
            until: [.dead([PlatformUnit(.publisher)]), .keysHeld(for: keysHeldTime)], within: .seconds(120))
    }

    /// The shortest time that addresses last when the publisher has gone. A renewal takes far less.
    static var keysHeldTime: Duration { .seconds(1200) }

    static func look(until proof: [PlatformProof], within deadline: Duration) -> PlatformMove {
        acting(.look, until: proof, within: deadline)
    }
}

import RolloutModel

/// Where a rollout stands, in the words of `Fixtures/endings.txt`.
struct KeptEnding: CustomStringConvertible {
    let description: String

    init(_ machine: RolloutMachine) {
        let results = machine.results.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        let target = "target=\(machine.target?.rawValue ?? "-")"
        description = ([Self.name(machine.state), target] + results).joined(separator: " ")
    }

    private static func name(_ state: RolloutMachine.State) -> String {
        switch state.top {
        case .planned: "planned"
        case .upgrade(let upgrade): name(upgrade.stage)
        case .rollback(let rollback): name(rollback.stage)
        case .giveBack: "abandoning"
        case .uncordon: "readmitting"
        case .platform(let upgrade): upgrade.description
        case .hold: "held"
        case .finished: "finished"
        }
    }

    private static func name(_ stage: HostUpgrade.Stage) -> String {
        switch stage {
        case .precheck: "gating"
        case .staging: "staging"
        case .rebootCheck: "rechecking"
        case .draining: "evacuating"
        case .rebooting: "rebooting"
        case .healthCheck: "proving"
        case .committing: "committing"
        case .soak: "settling"
        }
    }

    private static func name(_ stage: HostRollback.Stage) -> String {
        switch stage {
        case .precheck: "retreating"
        case .rebooting: "rollingBack"
        case .healthCheck: "recovering"
        }
    }
}

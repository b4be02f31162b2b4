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
        String("\(state)".prefix { $0 != "(" })
    }
}

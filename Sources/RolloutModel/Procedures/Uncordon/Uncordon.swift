/// The uncordoning of nodes, one after another, as far as this rollout cordoned them. A cordon is marked at the node in
/// the same write, so that uncordoning can be asked for again after a crash, and undoes nothing that somebody else did.
public struct Uncordon: Codable, Hashable, Sendable {
    public internal(set) var hosts: [HostID]

    public init(hosts: [HostID]) {
        self.hosts = hosts
    }

    var directives: [RolloutMachine.Directive] {
        hosts.first.map { [.record(.readmit(host: $0)), .readmit($0)] } ?? []
    }

    /// - Returns: nil for an event that cannot follow, with nothing changed.
    mutating func handle(_ event: RolloutMachine.Event) -> ProcedureAnswer? {
        switch event {
        case .readmitted:
            hosts = Array(hosts.dropFirst())
            return hosts.isEmpty ? .done(.uncordoned) : .stay
        case .stepFailed(let why):
            return .hold(
                hosts.prefix(1).map { HoldReason.step(.stepFailed(host: $0, step: .readmit, why: why)) })
        case .began, .gatesOpened, .gatesHeld, .staged, .nothingOffered, .offerDiffered, .prefetchDoubted,
            .refusedAsReverted,
            .returned, .notReturned, .rebootNotBegun, .cameUp, .committed, .evacuated, .holdRequested,
            .resumed, .rollbackRequested, .abandonRequested, .abandoned, .lost, .step:
            return nil
        }
    }
}

import AgentProtocol
import RolloutJournal
import RolloutModel

extension UseCases {
    /// Asks the turnstile that drives a rollout to stop after the host at work.
    ///
    /// - Parameter name: the rollout's id; nil for the newest that has not ended.
    /// - Returns: the rollout.
    public func hold(_ name: String?) async throws -> RolloutID {
        let id = try await journals.underWay(named: name, else: .hold)
        let machine = try await ports.journals.read(id).machine
        if machine.outcome != nil { throw CommandRefusal.nothingToHold(machine.plan.rollout) }
        guard try await ports.journals.isBeingWritten(id) else {
            throw CommandRefusal.notDriven(machine, way: try await wayOn(machine))
        }
        try await ports.journals.holds.ask(id, ports.operatorName)
        return machine.plan.rollout
    }

    /// Of a rollout that nobody drives. Hosts that are to be given back are asked where they are: from a single try only
    /// the rollback of that host leads on.
    private func wayOn(_ machine: RolloutMachine) async throws -> String? {
        guard machine.unbegunUndoing == nil, case .giveBack(let giveBack) = machine.state.unheld.top else {
            return nil
        }
        let hosts = giveBack.waiting
        tell(.asking(.agents(hosts.count)))
        let reports = try await withCluster(hosts) { await $0.access.reports(of: hosts) }
        for host in hosts {
            let report = reports[host] ?? .unknown("not asked")
            guard let way = try await ways().way(.hold, host, seen: report), way.command != .resume else {
                continue
            }
            return way.line
        }
        return nil
    }
}

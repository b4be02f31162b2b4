import RolloutModel

/// The commands of an operator on rollouts. Use cases know neither terminal nor SSH: they work through ports, ask a
/// person for decisions, report what happens, and return how the command ended.
///
/// All use cases throw `CommandRefusal` where they do not do what was asked, and `JournalError` where a journal cannot
/// be used.
public struct UseCases: Sendable {
    public var ports: RolloutPorts
    let settings: RolloutSettings
    let decider: Decider
    let tell: @Sendable (Notice) -> Void

    public init(
        ports: RolloutPorts, settings: RolloutSettings, decider: Decider,
        tell: @escaping @Sendable (Notice) -> Void
    ) {
        self.ports = ports
        self.settings = settings
        self.decider = decider
        self.tell = tell
    }

    var journals: RolloutChoice { RolloutChoice(ports.journals, tell: tell) }

    /// Opens a cluster for the duration of `body`, unless nobody could answer what the command asks.
    func withCluster<Value>(
        _ hosts: [HostID], _ body: (ClusterPorts) async throws -> Value
    ) async throws -> Value {
        try decider.requirePresence()
        let cluster = ports.cluster(hosts)
        let value: Value
        do {
            value = try await body(cluster)
        } catch {
            // A person who cancels in the middle of a step does not wait for sessions to end.
            if case CommandRefusal.cancelled = error { throw error }
            await cluster.close()
            throw error
        }
        await cluster.close()
        return value
    }

    /// - Throws: `CommandRefusal.declined` where the answer is no.
    func confirm(_ question: Question) async throws {
        guard try await decider.allows(question) else { throw CommandRefusal.declined(question) }
    }

    /// Every host's report, once each host that answers has an agent this turnstile can work with.
    ///
    /// - Parameter isUpgrade: true where hosts are to be upgraded, which requires the same program on every host. A
    ///   rollback takes the agents as they are.
    /// - Throws: `CommandRefusal.unfitAgents`, `.otherPrograms`.
    func roll(of cluster: ClusterPorts, isUpgrade: Bool) async throws -> AgentRollCall {
        tell(.asking(.agents(cluster.hosts.count)))
        let roll = await cluster.roll()
        guard roll.skew.unfit.isEmpty else { throw CommandRefusal.unfitAgents(roll.skew.unfit) }
        guard !isUpgrade || roll.skew.otherPrograms.isEmpty else {
            throw CommandRefusal.otherPrograms(roll.skew.otherPrograms)
        }
        if !roll.skew.otherVersions.isEmpty || !roll.skew.otherProgramsAtWork.isEmpty {
            tell(.otherAgents(roll.skew))
        }
        return roll
    }

    /// Begins to watch a cluster for a plan.
    func watch(_ plan: Plan, in cluster: ClusterPorts) -> GateWatch {
        tell(.watching)
        return GateWatch(
            plan: plan, settings: settings.gates, access: cluster.access, lock: cluster.lock,
            nodes: cluster.nodes, clock: ports.clock, interval: settings.interval,
            callInterval: settings.callInterval)
    }
}

extension HostFacts {
    /// Facts that a gate depends on, and that an agent may fail to tell.
    public enum Untold: String, Codable, Hashable, Sendable, CaseIterable {
        case hazards, pendingUpdate, engine, cgroups, space, clock, settings, units, partitions
    }

    /// Why the agent does not tell a fact.
    func why(_ untold: Untold) -> String {
        self.untold[untold] ?? "its agent says nothing of it"
    }
}

extension HostFacts.Untold {
    /// The fact, as something "of host 'x'".
    var words: String {
        switch self {
        case .hazards: "what could disturb a rollout"
        case .pendingUpdate: "whether an update waits for a reboot"
        case .engine: "what update-engine does"
        case .cgroups: "the cgroup hierarchy"
        case .space: "the room for what staging writes"
        case .clock: "the time"
        case .settings: "the user-data and drop-ins"
        case .units: "which units fail"
        case .partitions: "which partition runs, and which boots next,"
        }
    }
}

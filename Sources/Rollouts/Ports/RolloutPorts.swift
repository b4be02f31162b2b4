import RolloutJournal
import RolloutModel

/// All that the use cases reach the world through.
public struct RolloutPorts: Sendable {
    /// A cluster, by its hosts.
    public var cluster: @Sendable ([HostID]) -> ClusterPorts
    public var journals: JournalStore
    /// One for all: moments of two clocks cannot be compared.
    public var clock: RolloutClock
    /// The time of day, ISO 8601: for people. Nothing is decided by it.
    public var timeOfDay: @Sendable () -> String
    /// Who gives the commands, and from where: `user@machine`.
    public var operatorName: String
    /// Surrounds the driving of a rollout, for as long as a person may ask for its end: by the switch, or by throwing
    /// `CancellationError`, which stops it in the middle of a step.
    public var interruptible: @Sendable (Interruptible) async throws -> RolloutDriver.Ending

    public init(
        cluster: @escaping @Sendable ([HostID]) -> ClusterPorts, journals: JournalStore, clock: RolloutClock,
        timeOfDay: @escaping @Sendable () -> String, operatorName: String,
        interruptible: @escaping @Sendable (Interruptible) async throws -> RolloutDriver.Ending = {
            try await $0.run()
        }
    ) {
        self.cluster = cluster
        self.journals = journals
        self.clock = clock
        self.timeOfDay = timeOfDay
        self.operatorName = operatorName
        self.interruptible = interruptible
    }

    /// A rollout about to be driven.
    public struct Interruptible: Sendable {
        public var rollout: RolloutID
        /// Goes on with it later.
        public var goesOn: GoingOn
        public var hold: HoldSwitch
        public var run: @Sendable () async throws -> RolloutDriver.Ending
    }
}

/// The settings of a rollout that hold anew in each process that drives it.
public struct RolloutSettings: Sendable {
    public var gates: GateSettings
    /// Seconds between two looks at a cluster that is not whole yet.
    public var interval: Double
    public var timeouts: RolloutTimeouts
    /// Of the configuration that they are from.
    public var mark: ConfigurationMark

    public init(gates: GateSettings, interval: Double, timeouts: RolloutTimeouts, mark: ConfigurationMark) {
        self.gates = gates
        self.interval = interval
        self.timeouts = timeouts
        self.mark = mark
    }
}

/// The command that goes on with a rollout.
public enum GoingOn: Hashable, Sendable {
    case resume
    case rollBack(HostID)
    case abandon
}

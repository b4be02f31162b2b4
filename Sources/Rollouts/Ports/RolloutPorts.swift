import RolloutJournal
import RolloutModel

/// The ports through which the use cases reach the outside world.
public struct RolloutPorts: Sendable {
    /// Opens a cluster, given its hosts.
    public var cluster: @Sendable ([HostID]) -> ClusterPorts
    public var journals: JournalStore
    /// The one clock of all use cases: moments of two clocks cannot be compared.
    public var clock: RolloutClock
    /// The time of day, ISO 8601, for people. No decision depends on it.
    public var timeOfDay: @Sendable () -> String
    /// The operator who gives the commands, and the machine: `user@machine`.
    public var operatorName: String
    /// Surrounds the driving of a rollout, for as long as a person may end it: by the switch, or by a
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
        /// True if it has steps of a platform's upgrade, and no hosts one after another.
        public var isOfPlatform: Bool
        /// The command that goes on with the rollout later.
        public var goesOn: GoingOn
        public var hold: HoldSwitch
        public var run: @Sendable () async throws -> RolloutDriver.Ending
    }
}

/// The settings of a rollout that each process which drives it reads anew.
public struct RolloutSettings: Sendable {
    public var gates: GateSettings
    /// The time between two observations of a cluster that is not healthy yet.
    public var interval: Duration
    /// The time between two calls to a host that is awaited from its reboot.
    public var callInterval: Duration
    public var timeouts: RolloutTimeouts
    /// The mark of the configuration that the settings are from.
    public var mark: ConfigurationMark

    /// - Parameter callInterval: as long as `interval` unless given.
    public init(
        gates: GateSettings, interval: Duration, callInterval: Duration? = nil, timeouts: RolloutTimeouts,
        mark: ConfigurationMark
    ) {
        self.gates = gates
        self.interval = interval
        self.callInterval = callInterval ?? interval
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

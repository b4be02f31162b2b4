/// Where on a host's path the gates are asked.
public enum Checkpoint: String, Codable, Hashable, Sendable {
    case beforeStage
    /// At the last instant: everything again.
    case beforeReboot
    /// The host is back; may it keep the new version?
    case beforeCommit
    /// The host is done; may the next one begin?
    case afterCommit
}

/// What the operator set for the gates.
public struct GateSettings: Codable, Hashable, Sendable {
    /// nil where nothing runs fleet.
    public var fleet: Fleet?
    /// nil where nothing runs etcd.
    public var etcd: Etcd?

    public init(fleet: Fleet?, etcd: Etcd?) {
        self.fleet = fleet
        self.etcd = etcd
    }

    public struct Fleet: Codable, Hashable, Sendable {
        /// fleet's `agent_ttl`: how long a dead machine stays listed (facts 5.2).
        public var ttlSeconds: Double

        public init(ttlSeconds: Double) { self.ttlSeconds = ttlSeconds }
    }

    public struct Etcd: Codable, Hashable, Sendable {
        /// Samples in a row that must all be whole: one decides nothing (facts 0.23).
        public var samples: Int

        public init(samples: Int) { self.samples = samples }
    }
}

/// Every gate there is, asked about one host at one checkpoint. Pure: it reads inventories and fetches nothing.
public struct Gates: Sendable {
    public var plan: Plan
    public var settings: GateSettings

    public init(plan: Plan, settings: GateSettings) {
        self.plan = plan
        self.settings = settings
    }

    /// The answer of all gates together.
    ///
    /// - Parameters:
    ///   - history: inventories in the order they were taken, all of them after the last change that the checkpoint
    ///     must see. None at all is unknown, and holds.
    public func verdict(_ checkpoint: Checkpoint, of host: HostID, history: [Inventory]) -> Verdict {
        guard let latest = history.last else {
            return .hold([.etcdUnknown(why: "nothing was observed yet")])
        }
        var reasons = hostReasons(checkpoint, of: host, in: latest)
        if let fleet = settings.fleet {
            reasons += membershipReasons(of: host, history: history, ttlSeconds: fleet.ttlSeconds)
        }
        if let etcd = settings.etcd {
            reasons += etcdReasons(checkpoint, of: host, history: history, samples: etcd.samples)
        }
        return Verdict(reasons)
    }
}

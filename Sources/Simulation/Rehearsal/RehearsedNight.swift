import RolloutModel

/// How a rehearsed rollout went.
public struct RehearsedNight: Sendable {
    public var seed: UInt64
    /// From its beginning to its end, in virtual seconds.
    public var seconds: Double
    public var isUpgraded: Bool
    /// Every state it was in, and when that began, in seconds since the beginning.
    public var states: [(at: Double, state: RolloutMachine.State)]
    /// What it waited for a person for: why, and at which host.
    public var holds: [(host: HostID?, reasons: [HoldReason])]
    /// How often its turnstile died, and was started again.
    public var deaths: Int
}

extension RehearsedNight {
    /// One host's hours.
    public struct Passage: Codable, Hashable, Sendable {
        public var host: String
        /// Seconds since the beginning: its gates are asked, it is staged, told to reboot, back, committed, done.
        public var begins: Double
        public var staging: Double?
        public var reboot: Double?
        public var back: Double?
        public var committed: Double?
        public var done: Double?
    }

    /// Every host's, in their order.
    public var passages: [Passage] {
        var passages: [Passage] = []
        for (at, state) in states {
            if case .gating(let host) = state {
                if !passages.isEmpty { passages[passages.count - 1].done = at }
                passages.append(Passage(host: host.rawValue, begins: at))
            }
            guard !passages.isEmpty else { continue }
            switch state {
            case .staging: passages[passages.count - 1].staging = at
            case .rebooting: passages[passages.count - 1].reboot = at
            case .proving: passages[passages.count - 1].back = at
            case .settling: passages[passages.count - 1].committed = at
            case .finished: passages[passages.count - 1].done = at
            case .planned, .gating, .rechecking, .evacuating, .committing, .readmitting, .retreating,
                .rollingBack, .recovering, .abandoning, .held:
                break
            }
        }
        return passages
    }
}

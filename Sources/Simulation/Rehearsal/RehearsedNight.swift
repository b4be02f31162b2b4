import RolloutModel

/// The course of a rehearsed rollout.
public struct RehearsedNight: Sendable {
    public var seed: UInt64
    /// The duration of the rollout, in virtual seconds.
    public var seconds: Double
    public var isUpgraded: Bool
    /// The states of the rollout, and the moment when each began, in seconds since the beginning.
    public var states: [(at: Double, state: RolloutMachine.State)]
    /// The holds that waited for a person: the host and the reasons.
    public var holds: [(host: HostID?, reasons: [HoldReason])]
    /// The number of times that the turnstile died and was started again.
    public var deaths: Int
}

extension RehearsedNight {
    /// The timeline of one host.
    public struct Passage: Codable, Hashable, Sendable {
        public var host: String
        /// Seconds since the beginning at which the host's gates were asked, and it was staged, told to reboot, back,
        /// committed, and done.
        public var begins: Double
        public var staging: Double?
        public var reboot: Double?
        public var back: Double?
        public var committed: Double?
        public var done: Double?
    }

    /// The timelines of all hosts, in their order.
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

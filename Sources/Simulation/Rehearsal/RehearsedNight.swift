import RolloutModel

/// The course of a rehearsed rollout.
public struct RehearsedNight: Sendable {
    public var seed: UInt64
    /// The duration of the rollout, on the virtual clock.
    public var time: Duration
    public var isUpgraded: Bool
    /// The states of the rollout, and the moment when each began.
    public var states: [(at: Moment, state: RolloutMachine.State)]
    /// The holds that waited for a person: the host and the reasons.
    public var holds: [(host: HostID?, reasons: [HoldReason])]
    /// The number of times that the turnstile died and was started again.
    public var deaths: Int
}

extension RehearsedNight {
    /// The timeline of one host.
    public struct Passage: Codable, Hashable, Sendable {
        public var host: String
        /// The time since the beginning at which the host's gates were asked, and it was staged, told to reboot, back,
        /// committed, and done.
        public var begins: Duration
        public var staging: Duration?
        public var reboot: Duration?
        public var back: Duration?
        public var committed: Duration?
        public var done: Duration?
    }

    /// The timelines of all hosts, in their order.
    public var passages: [Passage] {
        var passages: [Passage] = []
        for (at, state) in states {
            if case .upgrade(let upgrade) = state.top, upgrade.stage == .precheck {
                if !passages.isEmpty { passages[passages.count - 1].done = at.sinceStart }
                passages.append(Passage(host: upgrade.host.rawValue, begins: at.sinceStart))
            }
            guard !passages.isEmpty else { continue }
            switch state.top {
            case .upgrade(let upgrade): passages[passages.count - 1].note(upgrade.stage, at: at.sinceStart)
            case .finished: passages[passages.count - 1].done = at.sinceStart
            case .planned, .rollback, .giveBack, .uncordon, .platform, .hold: break
            }
        }
        return passages
    }
}

extension RehearsedNight.Passage {
    fileprivate mutating func note(_ stage: HostUpgrade.Stage, at moment: Duration) {
        switch stage {
        case .staging: staging = moment
        case .rebooting: reboot = moment
        case .healthCheck: back = moment
        case .soak: committed = moment
        case .precheck, .rebootCheck, .draining, .committing: break
        }
    }
}

import RolloutModel

extension RolloutTimeline {
    /// Of a rollout of which nothing but its plan is known.
    init(opening plan: Plan, at time: String) {
        rollout = plan.rollout.rawValue
        purpose =
            switch plan.purpose {
            case .upgrade: .upgrade
            case .rollback: .rollback
            case .abandon: .abandon
            }
        state = .underWay
        target = plan.platform.map { "Deis \($0.wish.version)" } ?? plan.target.pinned?.rawValue
        operatorName = plan.operatorName
        createdAt = plan.createdAt
        endedAt = nil
        lastEntryAt = time
        entries = 1
        digest = ""
        hosts = plan.hosts.map { host in
            Host(
                host: host.id.rawValue, machine: host.machine.rawValue, versionBefore: host.version.rawValue,
                versionAfter: nil, result: nil, phases: Tail(), outTime: .zero)
        }
        holds = Tail()
        decisions = Tail()
        evidence = Tail()
        hookWords = Tail()
        attachments = Tail()
    }
}

extension RolloutTimeline.State {
    init(_ state: RolloutMachine.State) {
        self =
            switch state.top {
            case .planned, .upgrade, .rollback, .giveBack, .uncordon, .platform: .underWay
            case .hold: .held
            case .finished(.upgraded): .upgraded
            case .finished(.nothingOffered): .nothingOffered
            case .finished(.abandoned): .abandoned
            case .finished(.rolledBack): .rolledBack
            case .finished(.hostLost): .hostLost
            case .finished(.platformUpgraded): .platformUpgraded
            case .finished(.platformRestored): .platformRestored
            case .finished(.platformLeft): .platformLeft
            }
    }
}

extension RolloutTimeline.Result {
    init(_ result: RolloutMachine.Result) {
        self =
            switch result {
            case .upgraded: .upgraded
            case .alreadyThere: .alreadyThere
            case .unchanged: .unchanged
            case .rolledBack: .rolledBack
            case .lost: .lost
            }
    }
}

extension RolloutTimeline.Hold {
    private static let reasonsMax = 20

    init(began: String, host: HostID?, _ held: [HoldReason]) {
        let causes = held.causes.pressing
        self.began = began
        took = nil
        isOver = false
        self.host = host?.rawValue
        reasons = causes.prefix(Self.reasonsMax).map { RolloutTimeline.Reason($0) }
        reasonsLeftOut = causes.count - reasons.count
    }
}

extension RolloutTimeline.Reason {
    init(_ cause: HoldCause) {
        gate = cause.reason.gate
        name = cause.reason.name
        hosts = cause.hosts.map(\.rawValue)
        says = cause.description
    }
}

extension RolloutTimeline.HookWords {
    init(_ word: HookWord, at time: String) {
        at = time
        times = 1
        hook = word.hook.rawValue
        on = word.on?.rawValue
        host = word.host?.rawValue
        verdict = word.verdict
        output = word.output
    }
}

extension RolloutTimeline.Attachment {
    /// - Parameters:
    ///   - before: the configuration of the turnstile before.
    ///   - now: nil in journals of older versions.
    init(
        at: String, by: String, token: Token, from before: ConfigurationMark, to now: ConfigurationMark?
    ) {
        self.at = at
        self.by = by
        self.token = token
        guard let now, now.digest != before.digest else {
            (changes, hasUnnamedChanges) = ([], false)
            return
        }
        guard let old = before.settings, let new = now.settings else {
            (changes, hasUnnamedChanges) = ([], true)
            return
        }
        changes = Set(old.keys).union(new.keys).sorted().filter { !Self.isOfPlan($0) && old[$0] != new[$0] }
            .map { RolloutTimeline.SettingChange(key: $0, was: old[$0], now: new[$0]) }
        hasUnnamedChanges = false
    }

    /// A setting that a plan fixes when it is made.
    private static func isOfPlan(_ key: String) -> Bool {
        key.hasPrefix("update.") || key == "gates.etcd.after"
    }
}

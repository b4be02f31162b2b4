/// The requests of people to a rollout, each taken here, whatever is at work.
extension RolloutMachine {
    mutating func begin() -> [Directive]? {
        guard state == State(.planned), plan.purpose == .upgrade else { return nil }
        return plan.platform.map { enter(.platform(PlatformUpgrade($0.steps))) } ?? advance()
    }

    /// True if a person's wish to stop can be met now.
    public var canStop: Bool { state.top.stopped != nil }

    /// A stop was asked for. A host that is nearly done is done first: it holds before the next one.
    mutating func stop(_ by: HoldAsker?) -> [Directive]? {
        guard let stopped = state.top.stopped else { return nil }
        state.top = stopped
        return follow(.hold([.person(.operatorHold(by: by))]))
    }

    /// A person said go on. A host left in the middle of a reboot is looked at before anything else.
    mutating func resume(
        retryReverted: Bool, acceptsNoReturn: Bool?, overrides: [GateOverride]?
    ) -> [Directive]? {
        guard let reasons = state.held else { return nil }
        // A way back that was begun goes on without a word: no host is taken forward by it.
        let isWayBack = retreating != nil
        guard retryReverted || isWayBack || !reasons.contains(where: \.isTerminal) else {
            return [.hold(reasons)]
        }
        if retryReverted { facts.revertsAccepted.formUnion(reasons.compactMap(\.revertedHost)) }
        if acceptsNoReturn == true { self.acceptsNoReturn = true }
        self.overrides += overrides ?? []
        state.pop()
        return outstanding
    }

    /// A person asked to end it, and to give the hosts back. A host that is out cannot be given back.
    mutating func abandon() -> [Directive]? {
        guard state.hostOut == nil else { return nil }
        if plan.platform != nil { return abandonPlatform() }
        switch (state.top, state.unheld.top) {
        case (.giveBack, _), (.finished, _): return nil
        case (_, .giveBack(let giveBack)): return enter(.giveBack(giveBack))
        case (.planned, _), (.upgrade, _), (.rollback, _), (.uncordon, _), (.platform, _), (.hold, _):
            let hosts = remaining.hosts.map(\.id)
            return enter(hosts.isEmpty ? .finished(.abandoned) : .giveBack(GiveBack(waiting: hosts)))
        }
    }
}

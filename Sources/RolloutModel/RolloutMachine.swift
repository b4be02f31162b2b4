/// The rollout as a value: events in, ordered directives out. No I/O, no clock, no randomness.
///
/// Folding a journal's events through a fresh machine gives the state the rollout was in, and `outstanding` what to
/// take up again. Every step it may repeat is one that an agent answers the same way twice.
public struct RolloutMachine: Hashable, Sendable {
    public let plan: Plan
    public internal(set) var state: State
    /// Pinned by the plan, or frozen by the first offer.
    public private(set) var target: Version?
    public internal(set) var results: [HostID: Result]
    /// Hosts that reverted and may be tried again, by a person's word.
    public internal(set) var revertsAccepted: Set<HostID>
    /// Hosts upgraded since the last `began` or `resumed`; what `stopAfter` counts.
    public internal(set) var upgradedInARow: Int

    /// A host that ignores this many requests to reboot needs a person.
    public static let rebootRequestsMax = 2

    public init(plan: Plan) {
        self.plan = plan
        self.state = .planned
        if case .pinned(let version) = plan.target { self.target = version }
        self.results = [:]
        self.revertsAccepted = []
        self.upgradedInARow = 0
    }

    /// Takes one event and says what to do next.
    ///
    /// - Throws: `IllegalEvent`, with the machine unchanged.
    public mutating func handle(_ event: Event) throws(IllegalEvent) -> [Directive] {
        switch (state, event) {
        case (.planned, .began):
            return advance()

        case (.gating(let host), .gatesOpened(let running)):
            guard running != target else { return end(host, .alreadyThere) }
            return enter(.staging(host))

        case (.staging(let host), .staged(let version, let boot, let partition)):
            guard target == nil || target == version else {
                return hold(
                    [.offerDiffers(host: host, offered: version, target: target ?? version)],
                    then: .gating(host))
            }
            target = version
            return enter(.rechecking(host, Staged(version: version, boot: boot, partition: partition)))
        case (.staging(let host), .nothingOffered(let running)):
            guard let target else { return end(host, .unchanged) }
            guard running != target else { return end(host, .alreadyThere) }
            return hold([.nothingOffered(host: host, running: running, target: target)], then: .gating(host))
        case (.staging(let host), .offerDiffered(let offered)):
            return hold(
                [.offerDiffers(host: host, offered: offered, target: target ?? offered)], then: .gating(host))
        case (.staging(let host), .stepFailed(let why)):
            return hold([.stepFailed(host: host, step: .stage, why: why)], then: .gating(host))

        case (.rechecking(let host, var staged), .gatesOpened):
            guard staged.requests < Self.rebootRequestsMax else {
                let requests = staged.requests
                staged.requests = 0
                return hold([.rebootIgnored(host: host, attempts: requests)], then: .rechecking(host, staged))
            }
            staged.requests += 1
            return enter(.rebooting(host, staged))

        case (.rebooting(let host, let staged), .returned(let boot, let version, let partition)):
            guard version == staged.version, partition == staged.partition else {
                return hold([arrival(host, version, target: staged.version)], then: .gating(host))
            }
            return enter(.proving(host, Returned(version: version, boot: boot)))
        case (.rebooting(let host, let staged), .rebootNotBegun):
            return enter(.rechecking(host, staged))
        case (.rebooting(let host, let staged), .notReturned(let seconds, let why)):
            return hold(
                [.notReturned(host: host, seconds: seconds, why: why)], then: .rebooting(host, staged))
        case (.rebooting(let host, let staged), .stepFailed(let why)):
            return hold([.stepFailed(host: host, step: .reboot, why: why)], then: .rechecking(host, staged))

        case (.proving(let host, let returned), .gatesOpened):
            return enter(.committing(host, returned))

        case (.committing(let host, _), .committed):
            return enter(.settling(host))
        case (.committing(let host, let returned), .stepFailed(let why)):
            return hold([.stepFailed(host: host, step: .commit, why: why)], then: .proving(host, returned))

        case (.settling(let host), .gatesOpened):
            return end(host, .upgraded)

        case (.gating, .gatesHeld(let reasons)), (.rechecking, .gatesHeld(let reasons)),
            (.proving, .gatesHeld(let reasons)), (.settling, .gatesHeld(let reasons)):
            return hold(reasons, then: state)

        case (.gating, .holdRequested):
            // Nothing was done to this host yet, and the one before it is done: the place to stop.
            return hold([.operatorHold], then: state)

        case (.held(let reasons, let then), .resumed(let retryReverted)):
            guard retryReverted || !reasons.contains(where: \.isTerminal) else { return [.hold(reasons)] }
            for case .reverted(let host, _, _) in reasons { revertsAccepted.insert(host) }
            return resume(then)

        case (.planned, .gatesOpened), (.planned, .gatesHeld), (.planned, .staged),
            (.planned, .nothingOffered),
            (.planned, .offerDiffered), (.planned, .stepFailed), (.planned, .returned),
            (.planned, .notReturned), (.planned, .rebootNotBegun), (.planned, .committed),
            (.planned, .resumed), (.planned, .holdRequested),
            (.gating, .began), (.gating, .staged), (.gating, .nothingOffered), (.gating, .offerDiffered),
            (.gating, .stepFailed), (.gating, .returned), (.gating, .notReturned), (.gating, .rebootNotBegun),
            (.gating, .committed), (.gating, .resumed),
            (.staging, .began), (.staging, .gatesOpened), (.staging, .gatesHeld), (.staging, .returned),
            (.staging, .notReturned), (.staging, .rebootNotBegun), (.staging, .committed),
            (.staging, .resumed), (.staging, .holdRequested),
            (.rechecking, .began), (.rechecking, .staged), (.rechecking, .nothingOffered),
            (.rechecking, .offerDiffered), (.rechecking, .stepFailed), (.rechecking, .returned),
            (.rechecking, .notReturned), (.rechecking, .rebootNotBegun), (.rechecking, .committed),
            (.rechecking, .resumed), (.rechecking, .holdRequested),
            (.rebooting, .began), (.rebooting, .gatesOpened), (.rebooting, .gatesHeld), (.rebooting, .staged),
            (.rebooting, .nothingOffered), (.rebooting, .offerDiffered), (.rebooting, .committed),
            (.rebooting, .resumed), (.rebooting, .holdRequested),
            (.proving, .began), (.proving, .staged), (.proving, .nothingOffered), (.proving, .offerDiffered),
            (.proving, .stepFailed), (.proving, .returned), (.proving, .notReturned),
            (.proving, .rebootNotBegun), (.proving, .committed), (.proving, .resumed),
            (.proving, .holdRequested),
            (.committing, .began), (.committing, .gatesOpened), (.committing, .gatesHeld),
            (.committing, .staged), (.committing, .nothingOffered), (.committing, .offerDiffered),
            (.committing, .returned), (.committing, .notReturned), (.committing, .rebootNotBegun),
            (.committing, .resumed), (.committing, .holdRequested),
            (.settling, .began), (.settling, .staged), (.settling, .nothingOffered),
            (.settling, .offerDiffered), (.settling, .stepFailed), (.settling, .returned),
            (.settling, .notReturned), (.settling, .rebootNotBegun), (.settling, .committed),
            (.settling, .resumed), (.settling, .holdRequested),
            (.held, .began), (.held, .gatesOpened), (.held, .gatesHeld), (.held, .staged),
            (.held, .nothingOffered), (.held, .offerDiffered), (.held, .stepFailed), (.held, .returned),
            (.held, .notReturned), (.held, .rebootNotBegun), (.held, .committed), (.held, .holdRequested),
            (.finished, .began), (.finished, .gatesOpened), (.finished, .gatesHeld), (.finished, .staged),
            (.finished, .nothingOffered), (.finished, .offerDiffered), (.finished, .stepFailed),
            (.finished, .returned), (.finished, .notReturned), (.finished, .rebootNotBegun),
            (.finished, .committed), (.finished, .resumed), (.finished, .holdRequested):
            throw IllegalEvent(state: state, event: event)
        }
    }
}

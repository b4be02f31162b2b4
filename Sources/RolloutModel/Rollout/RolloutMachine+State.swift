extension RolloutMachine {
    /// Where a rollout is: what is at work, and what waits beneath it. There is room for one host's upgrade and no more:
    /// that is what "one at a time" is made of.
    public struct State: Codable, Hashable, Sendable {
        /// The work that events are for.
        public internal(set) var top: Work
        /// The work that continues after that, the last one first.
        public private(set) var beneath: [Work]

        /// Stands there, with nothing else waiting.
        public init(_ work: Work) {
            self.top = work
            self.beneath = []
        }

        mutating func push(_ work: Work) {
            beneath.append(top)
            top = work
        }

        /// Goes on with the work that waits. The work at the bottom stays.
        mutating func pop() {
            if let next = beneath.popLast() { top = next }
        }
    }

    public enum Outcome: Codable, Hashable, Sendable {
        /// Every host runs the target, committed.
        case upgraded
        /// No host was offered anything.
        case nothingOffered
        /// Every host was given back as it was found.
        case abandoned
        /// The one host it was about is back on its other partition.
        case rolledBack
        /// The one host it was about was declared lost.
        case hostLost
        /// Every step of the platform's upgrade was proved.
        case platformUpgraded
        /// The platform is as it was.
        case platformRestored
        /// A person ended the platform's upgrade after this step, which is a point of no return.
        case platformLeft(after: StepID)
    }

    /// The result of a host's turn.
    public enum Result: Codable, Hashable, Sendable {
        case upgraded
        /// The host ran the target when its turn came.
        case alreadyThere
        /// The host was offered nothing, before any host was.
        case unchanged
        /// The host was rolled back to its other partition, which was all there was to do.
        case rolledBack
        /// A person declared it lost.
        case lost
    }
}

extension RolloutMachine.State {
    /// The reasons of a hold; nil if a person is not waited for.
    public var held: [HoldReason]? {
        guard case .hold(let reasons) = top else { return nil }
        return reasons
    }

    /// The end of the rollout; nil where it has not ended.
    public var outcome: RolloutMachine.Outcome? {
        guard case .finished(let outcome) = top else { return nil }
        return outcome
    }

    /// The state once the work at the top is done.
    var beneathTop: Self {
        var state = self
        state.pop()
        return state
    }

    /// Where it stands, or goes on from.
    public var unheld: Self { held == nil ? self : beneathTop }

    /// The work at hand: at the top, or beneath the holds there.
    public var work: Work { held == nil ? top : beneath.last { !$0.isHold } ?? top }

    /// The same, held.
    public func holding(_ reasons: [HoldReason]) -> Self { pushing(.hold(reasons)) }

    func pushing(_ work: Work) -> Self {
        var state = self
        state.push(work)
        return state
    }

    /// The host that was told to reboot and is not proved whole since: no other may go meanwhile, and what was done to
    /// this one cannot be given back before it is committed or rolled back.
    public var hostOut: HostID? {
        if let host = top.hostOut { return host }
        for work in beneath.reversed() {
            if let host = work.hostOut { return host }
        }
        return nil
    }

    /// The boot in which the host at work was staged, while it is to end; or came back, while it is judged.
    public var knownBoot: BootID? {
        guard case .upgrade(let upgrade) = top else { return nil }
        return upgrade.knownBoot
    }

    /// The host whose node was drained, and that is not told to reboot yet; nil if there is none.
    public var drained: HostID? {
        guard case .upgrade(let upgrade) = top, case .rebootCheck(let staged) = upgrade.stage,
            staged.isEvacuated
        else { return nil }
        return upgrade.host
    }
}

extension RolloutMachine.State: CustomStringConvertible {
    public var description: String {
        ([top] + beneath.reversed()).map { "\($0)" }.joined(separator: " above ")
    }
}

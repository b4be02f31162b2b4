/// The upgrade of a platform, as the frame knows it: no host is at work beside it.
extension RolloutMachine {
    /// The point of no return that a platform's upgrade may have passed; nil where its steps can be undone.
    public var platformPointOfNoReturn: StepID? {
        guard case .platform(let upgrade) = state.work else { return nil }
        return upgrade.pointOfNoReturn
    }

    /// A person asked to end it. What was done is undone, the last step first; after the point of no return the platform
    /// stays as it is.
    mutating func abandonPlatform() -> [Directive]? {
        switch state.work {
        case .planned:
            return enter(.finished(.platformRestored))
        case .platform(var upgrade):
            let answer = upgrade.turnBack()
            state = State(.platform(upgrade))
            _ = follow(answer)
            // Steps that were being undone already may have been heard.
            return outstanding
        case .upgrade, .rollback, .giveBack, .uncordon, .hold, .finished:
            return nil
        }
    }

    /// The steps have come to their end.
    mutating func conclude(_ result: StepsResult) -> [Directive] {
        switch result {
        case .done: enter(.finished(.platformUpgraded))
        case .undone(downTo: nil): enter(.finished(.platformRestored))
        case .undone(downTo: let step?): enter(.finished(.platformLeft(after: step)))
        }
    }
}

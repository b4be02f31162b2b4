/// The upgrade of a platform, as the frame knows it: no host is at work beside it.
extension RolloutMachine {
    /// The point of no return that a platform's upgrade may have passed; nil where its steps can be undone.
    public var platformPointOfNoReturn: StepID? {
        guard case .platform(let upgrade) = state.work else { return nil }
        return upgrade.pointOfNoReturn
    }

    /// The steps that nobody does any more if the upgrade is given up now, after its point of no return.
    public var platformStepsGivenUp: [PlatformStep] {
        guard case .platform(let upgrade) = state.work, upgrade.pointOfNoReturn != nil else { return [] }
        return Array(upgrade.steps.steps.dropFirst(upgrade.place.index))
    }

    /// The steps behind the point of no return after which an upgrade was given up, done or not; none for any other end.
    public var platformStepsLeft: [PlatformStep] {
        guard case .finished(.platformLeft(let last)) = state.work, let steps = plan.platform?.steps.steps,
            let index = steps.firstIndex(where: { $0.id == last })
        else { return [] }
        return Array(steps.dropFirst(index + 1))
    }

    /// True while the platform is as it was before its upgrade, and the step at work would be the first to change it.
    public var isAboutToChangePlatform: Bool {
        guard case .platform(let upgrade) = state.work else { return false }
        return upgrade.isAboutToBegin
    }

    /// Ends the upgrade as a person asked. The steps that were done are undone, the last step first. The
    /// platform stays as it is after the point of no return.
    mutating func abandonPlatform() -> [Directive]? {
        switch state.work {
        case .planned:
            return enter(.finished(.platformRestored))
        case .platform(var upgrade):
            let answer = upgrade.turnBack()
            state = State(.platform(upgrade))
            _ = follow(answer)
            // The platform may have heard steps that were being undone already.
            return outstanding
        case .upgrade, .rollback, .giveBack, .uncordon, .hold, .finished:
            return nil
        }
    }

    /// Ends the rollout once the steps have come to their end.
    mutating func conclude(_ result: StepsResult) -> [Directive] {
        switch result {
        case .done: enter(.finished(.platformUpgraded))
        case .undone(downTo: nil): enter(.finished(.platformRestored))
        case .undone(downTo: let step?): enter(.finished(.platformLeft(after: step)))
        }
    }
}

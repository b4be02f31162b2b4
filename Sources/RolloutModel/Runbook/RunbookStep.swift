/// The next step of a runbook.
public enum RunbookStep: Hashable, Sendable {
    /// Begin the stage of this index as a new rollout.
    case begin(Int)
    /// Go on with the rollout of the stage.
    case goOn(Int, RolloutID)
    /// Record that the rollout has done all of the stage.
    case note(Int, RolloutID)
    /// Every stage has ended.
    case done
}

extension RunbookState {
    /// - Parameter sight: the rollout of the stage at work; `.unbegun` where no rollout was begun.
    public func next(seeing sight: StageSight) -> RunbookStep {
        guard let current else { return .done }
        guard let rollout = currentRollout else { return .begin(current) }
        return switch sight {
        case .unbegun: .begin(current)
        // A rollout that has ended and still has the cluster lets it go first.
        case .underWay, .ended(_, isReleased: false): .goOn(current, rollout)
        case .ended(.whole, isReleased: true): .note(current, rollout)
        case .ended: .begin(current)
        }
    }

    /// The holds that keep a file's stages from taking the place of the record's.
    ///
    /// - Parameter sight: the rollout of the stage at work.
    public func holds(changingTo other: Runbook, seeing sight: StageSight) -> [RunbookHold] {
        let isFrozen =
            switch sight {
            case .underWay, .ended(.whole, _), .ended(_, isReleased: false): currentRollout != nil
            case .unbegun, .ended: false
            }
        return runbook.stages.indices.prefix(endedCount + (isFrozen ? 1 : 0))
            .filter { $0 >= other.stages.count || other.stages[$0] != runbook.stages[$0] }
            .map { .stageChanged(runbook.stages[$0].name, hasEnded: courses[$0].isEnded) }
    }

    /// The holds that keep the runbook from being begun anew.
    public func holdsBeginningAnew(seeing sight: StageSight) -> [RunbookHold] {
        guard let current, let rollout = currentRollout else { return [] }
        switch sight {
        case .unbegun, .ended(_, isReleased: true): return []
        case .underWay, .ended: return [.stageUnderWay(runbook.stages[current].name, rollout)]
        }
    }
}

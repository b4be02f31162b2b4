/// The order of the steps: forwards, and backwards when they are undone.
extension Steps {
    /// The step at work, as what is announced and what is done.
    func work(in state: StepsState) -> (StepIntent, StepMove<Act, Proof>)? {
        guard steps.indices.contains(state.index) else { return nil }
        let step = steps[state.index]
        let intent = StepIntent(step: step.id, way: state.way)
        switch (state.way, step.undo) {
        case (.forward, _): return (intent, step.move)
        case (.back, .by(let move)): return (intent, move)
        case (.back, .nothing), (.back, .impossible): return nil
        }
    }

    /// True if a person's wish to stop can be met here. No act is under way, and the parts that were taken
    /// away may stay away.
    func isRestingPlace(_ state: StepsState) -> Bool {
        guard state.stage == .gating, let (_, move) = work(in: state) else { return false }
        return !move.isUrgent
    }

    /// The step at work is proved.
    func next(after state: StepsState) -> Answer {
        switch state.way {
        case .forward: forward(from: state.index + 1)
        case .back: back(from: state.index - 1)
        }
    }

    func forward(from index: Int) -> Answer {
        begin(StepsState(index: index, way: .forward)) ?? .done(.done)
    }

    /// Undoes the steps from `index` down.
    private func back(from index: Int) -> Answer {
        var index = index
        while steps.indices.contains(index) {
            switch steps[index].undo {
            case .nothing: index -= 1
            case .impossible: return .done(.undone(downTo: steps[index].id))
            case .by: return begin(StepsState(index: index, way: .back)) ?? .done(.undone(downTo: nil))
            }
        }
        return .done(.undone(downTo: nil))
    }

    private func begin(_ state: StepsState) -> Answer? {
        work(in: state).map { enter(state, .gating, $0.0, $0.1) }
    }

    /// Undoes what was done, the last step first, down to a point of no return.
    ///
    /// A step whose act may have been heard is undone as well. Steps that are being undone already go on.
    ///
    /// - Throws: `IllegalStepsEvent` where `canTurnBack(from:)` is false.
    public func turnBack(from state: StepsState) throws(IllegalStepsEvent) -> Answer {
        guard canTurnBack(from: state) else { throw IllegalStepsEvent(state: state, event: nil) }
        switch state.way {
        case .forward: return back(from: state.told > 0 ? state.index : state.index - 1)
        case .back: return .stay(state, outstanding(in: state))
        }
    }

    /// False where the step at work is a point of no return and may have been heard: only its proof leads on.
    public func canTurnBack(from state: StepsState) -> Bool {
        guard steps.indices.contains(state.index), state.way == .forward, state.told > 0 else { return true }
        return steps[state.index].undo != .impossible
    }

    /// The point of no return that undoing from this state would stop at; nil where it leads to the beginning.
    public func pointOfNoReturn(before state: StepsState) -> StepID? {
        let begun = state.way == .forward && state.told > 0 ? state.index + 1 : state.index
        return steps.prefix(Swift.max(0, begun)).last { $0.undo == .impossible }?.id
    }
}

import RolloutJournal
import RolloutModel

/// Takes the stages of a runbook in their order. A stage is begun once the one before it has ended whole. Nothing of a
/// stage is done here: each is a rollout, with its own journal, gates and lock.
public struct RunbookRun: Sendable {
    let record: RunbookRecord
    let journals: JournalStore
    let acts: RunbookActs
    /// Hears of each stage before it is begun or gone on with.
    let tell: @Sendable (RunbookState) -> Void

    public init(
        record: RunbookRecord, journals: JournalStore, acts: RunbookActs,
        tell: @escaping @Sendable (RunbookState) -> Void
    ) {
        self.record = record
        self.journals = journals
        self.acts = acts
        self.tell = tell
    }

    /// - Throws: what the commands of the stages throw; `JournalError` where a journal or the record cannot be used.
    public func run() async throws -> RunbookEnd {
        let doubts = try await journals.doubts(of: record.state)
        guard doubts.isEmpty else { return .held(doubts) }
        while true {
            let state = await record.state
            let step = state.next(seeing: try await journals.sight(of: state.currentRollout))
            if let end = try await take(step, state) { return end }
        }
    }

    /// - Returns: nil where the next step follows.
    private func take(_ step: RunbookStep, _ state: RunbookState) async throws -> RunbookEnd? {
        switch step {
        case .done: return .done
        case .note(let index, let rollout):
            try await note(index, rollout)
            return nil
        case .goOn(let index, let rollout):
            tell(state)
            return try await follow(try await acts.goOn(state.runbook.stages[index], rollout), index)
        case .begin(let index):
            let stage = state.runbook.stages[index]
            let rollout = try acts.newRollout(stage)
            // The record names the rollout before it can have a journal: no stage is begun twice.
            try await record.append(.began(stage: index + 1, rollout: rollout))
            tell(await record.state)
            return try await follow(try await acts.begin(stage, rollout), index)
        }
    }

    /// - Returns: nil where the stage has ended whole.
    private func follow(_ end: RolloutEnd, _ index: Int) async throws -> RunbookEnd? {
        guard let ending = StageEnd(end.record.machine) else { return .stopped(index, end) }
        guard case .whole = ending else {
            let name = await record.state.runbook.stages[index].name
            return .held([.endedOtherwise(name, end.rollout, ending)])
        }
        try await note(index, end.rollout)
        return end.hookFailure == nil ? nil : .stopped(index, end)
    }

    private func note(_ index: Int, _ rollout: RolloutID) async throws {
        try await record.append(
            .ended(stage: index + 1, rollout: rollout, head: try await journals.head(of: rollout)))
    }
}

extension JournalStore {
    /// A stage's rollout, as its journal tells it.
    ///
    /// - Parameter rollout: nil where no rollout of the stage was begun.
    /// - Throws: `JournalError` where the journal cannot be read.
    public func sight(of rollout: RolloutID?) async throws(JournalError) -> StageSight {
        guard let rollout, try await list().contains(rollout) else { return .unbegun }
        return StageSight(try await record(of: rollout).machine)
    }

    /// The stages that have ended by a journal which is another one now. A journal that is gone leaves no doubt: the
    /// record itself has the stage's end.
    ///
    /// - Throws: `JournalError` where a journal cannot be read.
    public func doubts(of state: RunbookState) async throws(JournalError) -> [RunbookHold] {
        var doubts: [RunbookHold] = []
        for (stage, course) in zip(state.runbook.stages, state.courses) {
            guard case .ended(let rollout, let head) = course else { continue }
            guard try await has(head, in: rollout) == false else { continue }
            doubts.append(.otherJournal(stage.name, rollout, entry: head.entry))
        }
        return doubts
    }
}

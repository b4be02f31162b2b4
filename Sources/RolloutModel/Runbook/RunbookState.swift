/// The state that a runbook's record tells.
public struct RunbookState: Hashable, Sendable {
    public let name: RunbookName
    public private(set) var runbook: Runbook
    /// The courses of the stages, in their order. Stages that have ended come first.
    public private(set) var courses: [StageCourse]
    /// The holds that a person passed over, with the reasons.
    public private(set) var passed: [RunbookHold: String] = [:]
    /// The operator of the newest run.
    public private(set) var operatorName: String?
    /// The path of the file in the newest run.
    public private(set) var file: String?
    /// The stages that rollouts were begun for, also those that were begun anew since.
    public private(set) var places: [RolloutID: RunbookPlace] = [:]

    public enum StageCourse: Hashable, Sendable {
        case waiting
        /// Its rollout was to begin. The rollout's journal tells whether it did, and how far it is.
        case begun(RolloutID)
        case ended(RolloutID, JournalHead)
    }

    /// - Returns: nil for an event that cannot be the first.
    public init?(first event: RunbookEvent) {
        guard case .opened(_, let name, let runbook) = event else { return nil }
        self.init(name: name, runbook)
    }

    /// A runbook of which nothing was begun.
    public init(name: RunbookName, _ runbook: Runbook) {
        self.name = name
        self.runbook = runbook
        courses = runbook.stages.map { _ in .waiting }
    }

    /// - Returns: false for an event that cannot follow, with nothing changed.
    public mutating func apply(_ event: RunbookEvent) -> Bool {
        switch event {
        case .opened: return false
        case .changed(let other): return change(to: other)
        case .begunAnew(let other):
            runbook = other
            courses = other.stages.map { _ in .waiting }
            passed = [:]
        case .attached(let by, let file):
            operatorName = by
            self.file = file
        case .passed(let hold, let why):
            guard hold.gate != nil else { return false }
            passed[hold] = why
        case .began(let stage, let rollout):
            guard let current, stage == current + 1 else { return false }
            courses[current] = .begun(rollout)
            places[rollout] = RunbookPlace(
                runbook: name, stage: runbook.stages[current].name, number: stage,
                count: runbook.stages.count)
        case .ended(let stage, let rollout, let head):
            guard let current, stage == current + 1, courses[current] == .begun(rollout),
                head.complaint == nil
            else { return false }
            courses[current] = .ended(rollout, head)
        }
        return true
    }

    private mutating func change(to other: Runbook) -> Bool {
        guard other.stages.starts(with: runbook.stages.prefix(endedCount)) else { return false }
        let kept = zip(runbook.stages, other.stages).prefix { $0 == $1 }.count
        runbook = other
        courses = other.stages.indices.map { $0 < min(kept, courses.count) ? courses[$0] : .waiting }
        return true
    }

    /// The index of the first stage that has not ended; nil where all have.
    public var current: Int? { endedCount < courses.count ? endedCount : nil }

    /// The number of stages that have ended.
    public var endedCount: Int { courses.prefix { $0.isEnded }.count }

    /// The rollout of the stage at work, whose journal tells how far it is; nil where none was begun.
    public var currentRollout: RolloutID? {
        guard let current, case .begun(let rollout) = courses[current] else { return nil }
        return rollout
    }

    /// The names of the stages that have ended.
    public var endedStages: Set<StageName> { Set(runbook.stages.prefix(endedCount).map(\.name)) }
}

extension RunbookState.StageCourse {
    public var isEnded: Bool {
        guard case .ended = self else { return false }
        return true
    }
}

/// The stage of a runbook that a rollout belongs to.
public struct RunbookPlace: Codable, Hashable, Sendable {
    public var runbook: RunbookName
    public var stage: StageName
    /// Stages count from 1.
    public var number: Int
    /// The number of the runbook's stages when the rollout was begun.
    public var count: Int

    public init(runbook: RunbookName, stage: StageName, number: Int, count: Int) {
        self.runbook = runbook
        self.stage = stage
        self.number = number
        self.count = count
    }
}

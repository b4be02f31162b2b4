import RolloutModel

/// The acts of a runbook, each a whole command on one rollout.
public struct RunbookActs: Sendable {
    /// The id for a new rollout of a stage.
    public var newRollout: @Sendable (RunbookStage) throws -> RolloutID
    /// Plans a stage, asks a person, and carries it out as a rollout of this id.
    public var begin: @Sendable (RunbookStage, RolloutID) async throws -> RolloutEnd
    /// Goes on with the rollout of a stage. A rollout that has ended lets the cluster go.
    public var goOn: @Sendable (RunbookStage, RolloutID) async throws -> RolloutEnd

    public init(
        newRollout: @escaping @Sendable (RunbookStage) throws -> RolloutID,
        begin: @escaping @Sendable (RunbookStage, RolloutID) async throws -> RolloutEnd,
        goOn: @escaping @Sendable (RunbookStage, RolloutID) async throws -> RolloutEnd
    ) {
        self.newRollout = newRollout
        self.begin = begin
        self.goOn = goOn
    }
}

/// The place at which a runbook was left.
public enum RunbookEnd: Sendable {
    /// Every stage has ended.
    case done
    /// A stage's rollout is held, or its last hook failed. The stage's index comes first.
    case stopped(Int, RolloutEnd)
    case held([RunbookHold])
}

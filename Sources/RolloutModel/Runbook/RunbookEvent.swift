/// An entry of a runbook's record. Each is durable before anything follows from it.
public enum RunbookEvent: Codable, Hashable, Sendable {
    /// The first entry, and only the first.
    case opened(format: Int, name: RunbookName, runbook: Runbook)
    /// The file has other stages than before. The stages that have ended are the same.
    case changed(Runbook)
    /// A person said that all stages are to be taken once more.
    case begunAnew(Runbook)
    /// A run began, on the word of this operator, with the file at this path.
    case attached(by: String, file: String)
    /// A person passed a hold over, and said why.
    case passed(RunbookHold, why: String)
    /// A stage is about to be carried out as this rollout. Stages count from 1.
    case began(stage: Int, rollout: RolloutID)
    /// The rollout has done all of the stage. The rollout's journal ends so, or did.
    case ended(stage: Int, rollout: RolloutID, head: JournalHead)

    /// The format that this program writes.
    public static let format = 1
    /// The formats that this program reads.
    public static let formats = 1...format
}

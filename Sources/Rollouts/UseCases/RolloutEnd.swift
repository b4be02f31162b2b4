import RolloutJournal
import RolloutModel

/// How a use case left a rollout.
public struct RolloutEnd: Sendable {
    public var record: RolloutRecord
    /// Names the journal.
    public var journal: String
    public var ending: RolloutDriver.Ending
    /// Goes on with it, where it is held.
    public var goesOn: GoingOn
    /// Why the hook after the rollout failed; nil where it did not, or there is none.
    public var hookFailure: HoldReason?

    public var rollout: RolloutID { record.machine.plan.rollout }
}

/// A runbook's file, over what its record has: the entries that the record takes first, and what holds it.
public struct RunbookDraft: Hashable, Sendable {
    /// The entries that take the record to the file's stages; empty where it has them.
    public let events: [RunbookEvent]
    /// The record's state after these entries.
    public let state: RunbookState
    /// The rollout of the stage at work, as it stands after these entries.
    public let sight: StageSight
    /// The holds that no person has passed over.
    public let holds: [RunbookHold]

    /// - Parameters:
    ///   - kept: the state that the record tells; nil where there is none.
    ///   - sight: the rollout of the record's stage at work.
    ///   - anew: true to take every stage once more.
    ///   - configured: every host of the configuration.
    public init(
        _ name: RunbookName, _ runbook: Runbook, over kept: RunbookState?, seeing sight: StageSight,
        anew: Bool, configured: [HostID]
    ) {
        let opened = RunbookState(name: name, runbook)
        var state = kept ?? opened
        var events: [RunbookEvent] = []
        var holds: [RunbookHold] = []
        if anew, kept != nil {
            holds = state.holdsBeginningAnew(seeing: sight)
            events = [.begunAnew(runbook)]
        } else if state.runbook != runbook {
            holds = state.holds(changingTo: runbook, seeing: sight)
            events = [.changed(runbook)]
        }
        if holds.isEmpty { for event in events { _ = state.apply(event) } }
        let check = RunbookCheck(runbook, configured: configured, ended: holds.isEmpty ? state.endedCount : 0)
        self.events = holds.isEmpty ? events : []
        self.sight = state.currentRollout == kept?.currentRollout ? sight : .unbegun
        self.holds = holds + check.holds.filter { state.passed[$0] == nil }
        self.state = state
    }
}

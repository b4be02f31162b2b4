import RolloutJournal
import RolloutModel

/// What a use case tells while it works.
public enum Notice: Sendable {
    /// A wait or a drive begins, about these hosts.
    case begins([HostID])
    /// The course of a rollout, or of a wait before it.
    case course(RolloutNotice)
    /// What was waited for is over.
    case settled
    /// A cluster is watched from now on.
    case watching
    /// Journals that cannot be read were left out.
    case leftOut([JournalError])
    /// Agents of another version, which work together with this turnstile.
    case otherAgents([AgentSkew.Finding])
    /// The lock keeps out fewer rollouts than all.
    case coverage(String)
    /// fleet's registry shows a longer TTL than the configuration.
    case ttlDiffers(HoldReason)
    /// The settings of the rollout at its start, of its last process, and now.
    case settings(from: ConfigurationMark, over: ConfigurationMark, to: ConfigurationMark)
    /// The cluster is about to be taken for a rollout.
    case taking(RolloutID)
    /// The cluster was taken; `missing` are hosts that could not be told.
    case taken(RolloutID, missing: [RolloutLock.Missing])
    /// A rollout that has ended or never began is about to let the cluster go.
    case lettingGo(RolloutID)
    /// A rollout has ended, and these are held by it still.
    case heldStill(RolloutID, [String])
    /// A rollout is driven no more. The journal is still open.
    case driven(RolloutEnd)
    /// The rollout to be resumed has ended already.
    case endedAlready(RolloutID)
    /// Gates are passed over from here on.
    case overridden([GateOverride])
    /// A rollback that was begun goes on.
    case rollbackGoesOn(HostID)
    /// A host that is to go back, and between which partitions.
    case wouldGoBack(HostID, Version, from: String, to: String)
    /// A node that the rollout had cordoned is uncordoned.
    case nodeFreed(String)
    /// Nodes that the rollout cordoned stay so.
    case nodesNotFreed(why: String)
    /// Whether a rollout is driven on this machine cannot be told.
    case drivingUnknown(RolloutID, JournalError)
}

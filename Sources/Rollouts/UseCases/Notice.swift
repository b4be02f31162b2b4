import RolloutJournal
import RolloutModel

/// The messages of a use case while it works.
public enum Notice: Sendable {
    /// A wait or a drive begins, about these hosts.
    case begins([HostID])
    /// The course of a rollout, or of a wait before it.
    case course(RolloutNotice)
    /// The wait is over.
    case settled
    /// Something is asked for from now on, until the next notice.
    case asking(Inquiry)
    /// A cluster is watched from now on.
    case watching
    /// Journals that cannot be read were left out.
    case leftOut([JournalError])
    /// Agents of another version, which work together with this turnstile, and other programs on hosts in the middle of
    /// their turn.
    case otherAgents(AgentSkew)
    /// The lock does not keep out every other rollout.
    case coverage(String)
    /// fleet's registry shows a longer TTL than the configuration.
    case ttlDiffers(HoldReason)
    /// The settings of the rollout at its start, of its last process, and now.
    case settings(from: ConfigurationMark, over: ConfigurationMark, to: ConfigurationMark)
    /// The cluster lock is about to be taken for a rollout.
    case taking(RolloutID)
    /// The cluster lock was taken; `missing` lists the hosts that could not be told.
    case taken(RolloutID, missing: [RolloutLock.Missing])
    /// A rollout that has ended or never began is about to release the cluster lock.
    case lettingGo(RolloutID)
    /// A rollout has ended, and still holds these.
    case heldStill(RolloutID, [String])
    /// The driving of a rollout has ended. The journal is still open.
    case driven(RolloutEnd)
    /// The rollout to be resumed has ended already.
    case endedAlready(RolloutID)
    /// Gates are overridden from here on.
    case overridden([GateOverride])
    /// A rollback that was begun goes on.
    case rollbackGoesOn(HostID)
    /// A host that is to be rolled back, its version, and the partitions it goes from and to.
    case wouldGoBack(HostID, Version, from: String, to: String)
    /// A node that the rollout had cordoned is uncordoned.
    case nodeFreed(String)
    /// Nodes that the rollout cordoned stay cordoned.
    case nodesNotFreed(why: String)
    /// A journal that cannot be opened hides whether its rollout is driven on this machine.
    case drivingUnknown(RolloutID, JournalError)
}

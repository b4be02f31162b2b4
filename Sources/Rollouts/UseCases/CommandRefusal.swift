import AgentProtocol
import RolloutJournal
import RolloutModel

/// The reason why a use case did not do what was asked.
public enum CommandRefusal: Error, Sendable {
    /// A person said no, and nothing was done.
    case declined(Question)
    /// A person cancelled the rollout in the middle of a step.
    case cancelled(RolloutID, GoingOn)

    // MARK: Nothing was touched by this command

    case held([HoldReason])
    /// A rollout that an earlier process drove is not gone on with, or not undone. Its hosts may stand anywhere. The
    /// record is nil where no journal of it is here.
    case notGoneOn(RolloutRecord?, [HoldReason])
    case notRolledBack([HoldReason])
    /// Hosts have no agent that this turnstile can work with.
    case unfitAgents([AgentSkew.Finding])
    case otherPrograms([AgentSkew.Finding])
    /// Another rollout of this operator has the cluster lock, and was cut off or is held.
    case ownRollout(RolloutMachine)
    /// The journal of the rollout that has the cluster lock is here, and cannot be read.
    case holderUnreadable(RolloutID, JournalError)
    /// Somebody saw a later or another journal of the rollout.
    case journalDoubted(RolloutID, journal: String, doubts: [String])
    /// The command does not act on the host in its present place; another one does.
    case refers(HostReferral)

    // MARK: Which rollout

    case nobodyUnderWay(RecoveryCommand, place: String, leftOut: Int)
    case noSuchRollout(String, place: String)
    case noRolloutYet(place: String)
    case nothingToAbandon(RolloutMachine)
    case nothingToHold(RolloutID)
    case madeToUndo(RolloutMachine)
    /// A gate was overridden for a rollout that is not held.
    case notHeld
    case hostUnknown(HostID)
    case anotherIsOut(HostID, RolloutID)
    case nobodyWaitsFor(HostID)
    case noHostKnowsARollout
    /// The rollout that hosts know of upgrades a platform: its steps are in its journal alone.
    case platformLost(RolloutID)
    case journalNotLost(RolloutID, journal: String)

    // MARK: The cluster's holder

    /// A process on this machine drives the rollout.
    case driven(RolloutID)
    /// No process on this machine drives the rollout. `way` is the command line that leads on, where the place of a
    /// host tells it.
    case notDriven(RolloutMachine, way: String?)
    case heldByAnother(LockHolder, not: RolloutID)
    case holderUnknown(why: String)
    case hostsHeldStill(RolloutID, [RolloutLock.Missing])
}

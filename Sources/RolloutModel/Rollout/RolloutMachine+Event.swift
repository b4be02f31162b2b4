extension RolloutMachine {
    /// An event, in the past tense. Journalled before the machine acts on it.
    public enum Event: Codable, Hashable, Sendable {
        case began
        /// The gates of the machine's present checkpoint are open. `running` is the host's version at that moment.
        case gatesOpened(running: Version)
        /// The gates stayed shut until the deadline.
        case gatesHeld(reasons: [HoldReason])
        /// `partition` is the label of the one that is armed; `contents` what it brings, for the record.
        case staged(version: Version, boot: BootID, partition: String, contents: StagedContents? = nil)
        case nothingOffered(running: Version)
        /// The agent disarmed it, and put the host back as it was.
        case offerDiffered(offered: Version)
        /// The agent refused or failed, and says the host is safe.
        case stepFailed(why: String)
        /// The agent refused to stage: this host went back to its old partition before.
        case refusedAsReverted(why: String)
        /// The agent could not prove what was downloaded ahead, and armed nothing.
        case prefetchDoubted(doubt: PrefetchDoubt, why: String)
        /// The host is up, on a boot other than the one that was to end. `partition` is the label of the running one.
        case returned(boot: BootID, version: Version, partition: String)
        /// The host was not heard of on another boot in time; or, with `trouble`, it is not waited for.
        case notReturned(waited: Duration, why: String, trouble: HostTrouble? = nil)
        /// The host is up, on the boot that was to end: the request was lost, or had no effect. `mayBeUnsent`: the
        /// coordinator whose turn it was had ended, and nobody knows that the request was made.
        case rebootNotBegun(mayBeUnsent: Bool? = nil)
        /// The host is up on another boot, or on its single try, and was not told to reboot since it was seen last: it lost its
        /// power, or somebody rebooted it.
        case cameUp(boot: BootID, version: Version, partition: String)
        case committed(version: Version)
        /// The host's node is cordoned and drained. `isOurs`: by this rollout; otherwise somebody had cordoned it before.
        case evacuated(node: String, isOurs: Bool)
        /// The host's node takes pods again, as far as this rollout had cordoned it; nil where it had not.
        case readmitted(node: String?)
        /// A stop was asked for, and no host is at work. `by` is nil in journals of older versions.
        case holdRequested(by: HoldAsker? = nil)
        /// A person asked to go on; `retryReverted` is the explicit word that a reverted host needs, `acceptsNoReturn`
        /// the one for etcd's point of no return, `overrides` the gates they pass over from here on.
        case resumed(retryReverted: Bool, acceptsNoReturn: Bool? = nil, overrides: [GateOverride]? = nil)
        /// A person asked to take a host back to its other partition. `boot` is the one that is to end; `version` and
        /// `partition` are what it runs.
        case rollbackRequested(host: HostID, boot: BootID, version: Version, partition: String)
        /// A person asked to end the rollout, and to give every host back as it was found.
        case abandonRequested
        /// A host was given back. `undone` is what was undone; `left` is what somebody else had changed since.
        case abandoned(host: HostID, undone: [String], left: [String])
        /// A person said that a host is gone for good. `member` is its own in etcd; nil where that could not be told, or it
        /// has none.
        case lost(host: HostID, why: String, member: LostMember? = nil)
        /// An observation about a step of the platform's upgrade.
        case step(id: StepID, way: StepWay, found: StepsEvent.Found)

        /// The names in a journal.
        private enum NotReturnedCodingKeys: String, CodingKey {
            case waited = "seconds"
            case why, trouble
        }
    }

    /// A directive of the machine. Directives are performed in order: `record` is durable before the ones after it.
    public enum Directive: Hashable, Sendable {
        case record(Intent)
        case askGates(Checkpoint, HostID)
        /// - target: nil accepts any offer.
        /// - acceptsRevert: the host may have gone back to its old partition before.
        case stage(HostID, target: Version?, acceptsRevert: Bool)
        case reboot(HostID, Staged)
        /// Find out, until the deadline, whether the host is on another boot than the staged one.
        case awaitReturn(HostID, Staged)
        case commit(HostID, Returned)
        /// Cordon the host's node, unless it is, and drain it.
        case evacuate(HostID)
        /// Uncordon the host's node, if this rollout cordoned it.
        case readmit(HostID)
        case rollback(HostID, Retreat)
        /// Find out, until the deadline, whether the host is on another boot than the one it was to leave.
        case awaitRetreat(HostID, Retreat)
        case abandon(HostID)
        /// A step of the platform's upgrade asks for this. A record is asked for by `record` instead.
        case step(PlatformSteps.Directive)
        case hold([HoldReason])
        case finish(Outcome)
    }

    /// An act that is about to be done to a host, or to the platform on the hosts.
    public enum Intent: Codable, Hashable, Sendable {
        case stage(host: HostID, target: Version?)
        case reboot(host: HostID, boot: BootID, version: Version)
        case commit(host: HostID, boot: BootID, version: Version)
        case evacuate(host: HostID)
        case readmit(host: HostID)
        case rollback(host: HostID, boot: BootID)
        case abandon(host: HostID)
        case step(id: StepID, way: StepWay)
    }

    /// An event that cannot happen in this state: a defect of the driver, or a damaged journal.
    public struct IllegalEvent: Error, Hashable, Sendable, CustomStringConvertible {
        public var state: State
        public var event: Event
        public var description: String { "event \(event) cannot follow state \(state)" }
    }
}

extension RolloutMachine {
    /// Where a rollout is. There is room for one host at work and no more: that is what "one at a time" is made of.
    public indirect enum State: Hashable, Sendable {
        /// Planned and journalled; nothing was asked of any host.
        case planned
        case gating(HostID)
        case staging(HostID)
        /// Staged, and the gates are asked again at the last instant.
        case rechecking(HostID, Staged)
        /// Staged; the intent to cordon and drain its node is journalled.
        case evacuating(HostID, Staged)
        /// The intent to reboot is journalled. Whether the host heard of it may be unknown.
        case rebooting(HostID, Staged)
        /// Back on the target's partition, on its single try.
        case proving(HostID, Returned)
        case committing(HostID, Returned)
        case settling(HostID)
        /// Their nodes are to take pods again, as far as this rollout cordoned them; one after another, before `then`.
        case readmitting([HostID], then: State)
        /// A way back is wanted, and the gates are asked; `then` is where it goes on if there is none.
        case retreating(HostID, Retreat, then: State)
        /// The intent to roll back is journalled. Whether the host heard of it may be unknown.
        case rollingBack(HostID, Retreat, then: State)
        /// Back on its old partition; `then` is where the rollout stood before.
        case recovering(HostID, Retreat, running: Version, then: State)
        /// Hosts are given back, one after another.
        case abandoning(Abandonment)
        /// Stopped until a person acts; `then` is where it goes on.
        case held([HoldReason], then: State)
        case finished(Outcome)
    }

    /// A host's way back to the other partition.
    public struct Retreat: Codable, Hashable, Sendable {
        /// The boot that is to end.
        public var boot: BootID
        /// The version it goes back from.
        public var from: Version
        /// The label of the partition it leaves.
        public var partition: String
        /// Why, where it was not a person who asked.
        public var because: [HoldReason]
        /// How often this boot has been told to end.
        public var requests: Int

        public init(
            boot: BootID, from: Version, partition: String, because: [HoldReason] = [], requests: Int = 0
        ) {
            self.boot = boot
            self.from = from
            self.partition = partition
            self.because = because
            self.requests = requests
        }
    }

    /// Which hosts are still to be given back.
    public struct Abandonment: Hashable, Sendable {
        public var waiting: [HostID]
        /// Hosts that could not be, and why; in the order they were asked.
        public var failed: [HoldReason]
        var failedHosts: [HostID]

        public init(waiting: [HostID]) {
            self.waiting = waiting
            self.failed = []
            self.failedHosts = []
        }
    }

    /// An update on a host's other partition, armed.
    public struct Staged: Codable, Hashable, Sendable {
        public var version: Version
        /// The boot that is to end.
        public var boot: BootID
        /// The label of the partition it is on, for example `USR-B`.
        public var partition: String
        /// How often this boot has been told to end.
        public var requests: Int
        /// How often the host was told in all, and may have heard it.
        public var told: Int
        /// The host's node was cordoned and drained for it.
        public var isEvacuated: Bool

        public init(
            version: Version, boot: BootID, partition: String, requests: Int = 0, told: Int = 0,
            isEvacuated: Bool = false
        ) {
            self.version = version
            self.boot = boot
            self.partition = partition
            self.requests = requests
            self.told = told
            self.isEvacuated = isEvacuated
        }
    }

    /// A later boot of a host, on the version that was staged.
    public struct Returned: Codable, Hashable, Sendable {
        public var version: Version
        public var boot: BootID
        /// The label of the running partition.
        public var partition: String

        public init(version: Version, boot: BootID, partition: String) {
            self.version = version
            self.boot = boot
            self.partition = partition
        }
    }

    /// How far a rollout had come, by what hosts tell of it.
    public struct Found: Codable, Hashable, Sendable {
        /// In no order.
        public var upgraded: [HostID]
        public var atWork: AtWork?
        /// Went back to their old partition, by themselves or by hand.
        public var wentBack: [HostID]

        public init(upgraded: [HostID], atWork: AtWork?, wentBack: [HostID] = []) {
            self.upgraded = upgraded
            self.atWork = atWork
            self.wentBack = wentBack
        }

        /// The one host that something was begun on.
        public enum AtWork: Codable, Hashable, Sendable {
            /// Armed, on the boot that is to end; whether it was told to end is not known.
            case staged(HostID, Staged)
            /// On its single try.
            case returned(HostID, Returned)

            public var host: HostID {
                switch self {
                case .staged(let host, _), .returned(let host, _): host
                }
            }
        }
    }

    public enum Outcome: Codable, Hashable, Sendable {
        /// Every host runs the target, committed.
        case upgraded
        /// No host was offered anything.
        case nothingOffered
        /// Every host was given back as it was found.
        case abandoned
        /// The one host it was about is back on its other partition.
        case rolledBack
        /// The one host it was about was declared lost.
        case hostLost
    }

    /// What became of a host.
    public enum Result: Codable, Hashable, Sendable {
        case upgraded
        /// It ran the target when its turn came.
        case alreadyThere
        /// It was offered nothing, before any host was.
        case unchanged
        /// It was taken back to its other partition, which was all there was to do.
        case rolledBack
        /// A person declared it lost.
        case lost
    }
}

extension RolloutMachine.State {
    /// The host that was told to reboot and is not proved whole since: no other may go meanwhile, and what was done to
    /// this one cannot be given back before it is committed or rolled back.
    public var hostOut: HostID? {
        switch self {
        case .rebooting(let host, _), .proving(let host, _), .committing(let host, _),
            .rollingBack(let host, _, _), .recovering(let host, _, _, _):
            host
        case .retreating(_, _, let then), .held(_, let then), .readmitting(_, let then): then.hostOut
        case .planned, .gating, .staging, .rechecking, .evacuating, .settling, .abandoning, .finished: nil
        }
    }

    /// The boot in which the host at work was staged, while it is to end; or came back, while it is judged.
    public var knownBoot: BootID? {
        switch self {
        case .rechecking(_, let staged), .evacuating(_, let staged): staged.boot
        case .proving(_, let returned), .committing(_, let returned): returned.boot
        default: nil
        }
    }

    /// Where it stands, or goes on from.
    public var unheld: Self {
        guard case .held(_, let then) = self else { return self }
        return then
    }

    /// Of a state that is held for hosts which went back: those reasons.
    var reverts: [HoldReason] {
        guard case .held(let reasons, _) = self else { return [] }
        return reasons.filter { $0.revertedHost != nil }
    }
}

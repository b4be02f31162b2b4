/// The place of a host on the path of an update, by its agent's record and its partitions.
public enum HostPlace: String, CaseIterable, Codable, Hashable, Sendable {
    /// The host does not answer.
    case silent
    /// The host answers, but its partitions or its agent's record cannot be read.
    case unreadable
    /// The host runs a committed partition, and no update of ours is under way.
    case atRest
    /// An update was begun on the host, and none is armed.
    case begun
    /// An update was downloaded ahead on the host, which runs a committed partition. No boot takes the other one.
    case prefetched
    /// An update of ours waits for a reboot.
    case staged
    /// An update that is not ours waits for a reboot.
    case armedByOthers
    /// The host runs the staged partition, which is not marked good. The host is out; its next boot goes back.
    case onItsTry
    /// The host runs a partition that is not marked good, and that we did not stage.
    case uncommitted
    /// The host is back on its old partition, and its agent's record still has the update.
    case wentBack
    /// The host runs the staged partition, committed; the other partition holds the version before.
    case committed
    /// The host runs a committed partition, and the other one is not bootable, as after a failed update (0/0/0).
    case nothingBehind
    /// The host was told to go back, and was not seen on its old partition yet.
    case goingBack

    /// The parts of an agent's report that tell the host's place.
    public struct Evidence: Hashable, Sendable {
        public var phase: HostPhase
        public var runsGoodPartition: Bool
        /// True if the next boot goes to the other partition.
        public var isArmed: Bool
        public var isOtherBootable: Bool
        /// True if the other partition was booted on its single try and never marked good.
        public var wasOtherTriedInVain: Bool
        /// True if the agent's record has a version that the host went back from.
        public var remembersRevert: Bool
        /// True if the host runs the version that was staged.
        public var runsWhatWasStaged: Bool

        public init(
            phase: HostPhase, runsGoodPartition: Bool, isArmed: Bool = false, isOtherBootable: Bool = true,
            wasOtherTriedInVain: Bool = false, remembersRevert: Bool = false, runsWhatWasStaged: Bool = false
        ) {
            self.phase = phase
            self.runsGoodPartition = runsGoodPartition
            self.isArmed = isArmed
            self.isOtherBootable = isOtherBootable
            self.wasOtherTriedInVain = wasOtherTriedInVain
            self.remembersRevert = remembersRevert
            self.runsWhatWasStaged = runsWhatWasStaged
        }
    }

    /// The partitions decide the place; the record tells whether the update is ours.
    public init(_ seen: Evidence) {
        switch seen.phase {
        case .idle, .committed:
            if !seen.runsGoodPartition {
                self = .uncommitted
            } else if seen.isArmed {
                self = .armedByOthers
            } else if !seen.isOtherBootable {
                self = .nothingBehind
            } else {
                self = seen.phase == .committed ? .committed : .atRest
            }
        case .prefetched:
            // An update that is armed, or runs, was armed by somebody else.
            if !seen.runsGoodPartition {
                self = .uncommitted
            } else {
                self = seen.isArmed ? .armedByOthers : .prefetched
            }
        case .staging:
            self = seen.runsGoodPartition ? .begun : .onItsTry
        case .staged, .rebooting, .committing:
            if !seen.runsGoodPartition {
                self = .onItsTry
            } else if seen.isArmed {
                self = .staged
            } else if seen.phase == .committing, seen.runsWhatWasStaged {
                self = seen.isOtherBootable ? .committed : .nothingBehind
            } else {
                self = seen.remembersRevert || seen.wasOtherTriedInVain ? .wentBack : .begun
            }
        case .rollingBack:
            self = .goingBack
        }
    }

    /// True if the host rebooted or was told to go back, and is neither committed nor back. No other host may go then.
    public var isOut: Bool {
        switch self {
        case .onItsTry, .uncommitted, .goingBack: true
        case .silent, .unreadable, .atRest, .begun, .prefetched, .staged, .armedByOthers, .wentBack,
            .committed,
            .nothingBehind:
            false
        }
    }

    /// The place in a few words, as a clause with the host as its subject.
    public var words: String {
        switch self {
        case .silent: "does not answer"
        case .unreadable: "answers, and its partitions or its agent's record cannot be read"
        case .atRest: "is at rest"
        case .begun: "has an update begun, and none armed"
        case .prefetched: "has an update downloaded ahead, which no boot takes"
        case .staged: "has an update staged, which waits for its reboot"
        case .armedByOthers: "has an update waiting for a reboot that is not Turnstile's"
        case .onItsTry: "runs its new system, which is not committed"
        case .uncommitted: "runs a system that is not committed, and that Turnstile did not stage"
        case .wentBack: "is back on its old system"
        case .committed: "runs its new system, committed"
        case .nothingBehind: "runs a committed system, and nothing boots from its other partition"
        case .goingBack: "was told to go back, and was not seen there"
        }
    }
}

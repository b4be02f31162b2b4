/// Where a host was found, by its agent's record and its partitions, whoever brought it there.
public enum HostPlace: String, CaseIterable, Codable, Hashable, Sendable {
    /// It does not answer.
    case silent
    /// It answers, and its partitions or its agent's record cannot be read.
    case unreadable
    /// On a partition that stays, with nothing of ours under way.
    case atRest
    /// An update was begun on it, and none is armed.
    case begun
    /// An update of ours waits for a reboot.
    case staged
    /// An update that is not ours waits for a reboot.
    case armedByOthers
    /// On the partition that was staged, which is not marked good: out. The next boot goes back.
    case onItsTry
    /// On a partition that is not marked good, and that we did not stage.
    case uncommitted
    /// Back on its old partition, and its agent is not done with what led there.
    case wentBack
    /// On the partition that was staged, for good; the other one holds what ran before.
    case committed
    /// On a partition that stays; nothing boots from the other one, as after an update that failed (0/0/0).
    case nothingBehind
    /// Told to go back, and not seen there.
    case goingBack

    /// What an agent says of its host, as far as it matters here.
    public struct Evidence: Hashable, Sendable {
        public var phase: Phase
        public var runsGoodPartition: Bool
        /// The next boot goes to the other partition.
        public var isArmed: Bool
        public var isOtherBootable: Bool
        /// It was booted on its one try, and never marked good.
        public var wasOtherTriedInVain: Bool
        /// Its agent remembers a version that it went back from.
        public var remembersRevert: Bool
        /// What was staged is what runs.
        public var runsWhatWasStaged: Bool

        public init(
            phase: Phase, runsGoodPartition: Bool, isArmed: Bool = false, isOtherBootable: Bool = true,
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

        /// An agent's own, by its record.
        public enum Phase: String, CaseIterable, Hashable, Sendable {
            case idle, staging, staged, rebooting, committing, committed, rollingBack
        }
    }

    /// The partitions decide; the record tells whose doing it is.
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

    /// It was told to reboot, or rebooted, and is neither committed nor back: no other may go.
    public var isOut: Bool {
        switch self {
        case .onItsTry, .uncommitted, .goingBack: true
        case .silent, .unreadable, .atRest, .begun, .staged, .armedByOthers, .wentBack, .committed,
            .nothingBehind:
            false
        }
    }

    /// In a few words, of a host.
    public var words: String {
        switch self {
        case .silent: "does not answer"
        case .unreadable: "answers, and its partitions or its agent's record cannot be read"
        case .atRest: "is at rest"
        case .begun: "has an update begun, and none armed"
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

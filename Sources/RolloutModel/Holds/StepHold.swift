/// Why a step of a host's path holds the rollout.
public enum StepHold: Hold {
    case stepFailed(host: HostID, step: Step, why: String)
    /// `trouble` is what kept the host from being read last, where it shows that the host is up. Journals of older versions
    /// did not have it.
    case notReturned(host: HostID, waited: Duration, why: String, trouble: HostTrouble? = nil)
    case rebootIgnored(host: HostID, attempts: Int)
    case reverted(host: HostID, running: Version, target: Version)
    case wrongVersion(host: HostID, running: Version, target: Version)
    /// The agent says that the host went back from this version before, and stages nothing.
    case revertedBefore(host: HostID, why: String)
    /// The partition may not have what was downloaded to it ahead, and was not armed.
    case prefetchDoubted(host: HostID, doubt: PrefetchDoubt, why: String)
    case rolledBack(host: HostID, running: Version, from: Version)
    case notRolledBack(host: HostID, why: String)
    /// The host is on its single try of the staged version, and must be rolled back before it is given back.
    case notGivenBack(host: HostID, running: Version)

    /// The steps of one host's path.
    public enum Step: String, Codable, Hashable, Sendable {
        case stage, evacuate, reboot, commit, readmit, rollback, abandon
    }

    /// The names in a journal.
    private enum NotReturnedCodingKeys: String, CodingKey {
        case host
        case waited = "seconds"
        case why, trouble
    }

    public static func isNamed(_ name: String) -> Bool { CodingKeys(stringValue: name) != nil }
}

extension StepHold {
    public var gate: String { "step" }

    public var patience: Patience {
        switch self {
        case .stepFailed, .notReturned, .rebootIgnored, .prefetchDoubted, .notRolledBack, .notGivenBack:
            .mending
        case .reverted, .wrongVersion, .revertedBefore, .rolledBack: .word(.retryReverted)
        }
    }

    public var rank: HoldRank { .host }

    public var subject: HostID? {
        switch self {
        case .stepFailed(let host, _, _), .notReturned(let host, _, _, _), .rebootIgnored(let host, _),
            .reverted(let host, _, _), .wrongVersion(let host, _, _), .revertedBefore(let host, _),
            .prefetchDoubted(let host, _, _), .rolledBack(let host, _, _), .notRolledBack(let host, _),
            .notGivenBack(let host, _):
            host
        }
    }
}

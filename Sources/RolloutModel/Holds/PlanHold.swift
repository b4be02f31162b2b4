/// Why a plan cannot be made, or was taken up without its journal.
public enum PlanHold: Hold {
    /// The facts that the order of hosts depends on could not be read.
    case orderUnknown(order: HostOrder, why: String)
    /// The journal is lost; the rollout was taken up from the hosts' agents.
    case journalLost
    /// The rollout is being taken up from the hosts' agents, and this host does not tell its place. `rollout` is nil in
    /// journals of older versions, which did not have it.
    case notTakenUp(host: HostID, why: String, rollout: RolloutID? = nil)

    public static func isNamed(_ name: String) -> Bool { CodingKeys(stringValue: name) != nil }
}

extension PlanHold {
    public var gate: String {
        switch self {
        case .orderUnknown: "order"
        case .journalLost, .notTakenUp: "journal"
        }
    }

    public var patience: Patience { .mending }

    public var rank: HoldRank {
        switch self {
        case .journalLost: .rollout
        case .notTakenUp: .host
        case .orderUnknown: .other
        }
    }

    public var subject: HostID? {
        switch self {
        case .notTakenUp(let host, _, _): host
        case .orderUnknown, .journalLost: nil
        }
    }
}

extension PlanHold {
    public var says: String {
        switch self {
        case .journalLost: "its journal was lost, and it was taken up from what the hosts tell"
        case .notTakenUp(let host, let why, _):
            "host '\(host)' cannot be taken up by what it tells: \(why)"
        case .orderUnknown(let order, let why): "the order '\(order)' could not be worked out: \(why)"
        }
    }
}

extension PlanHold {
    public var remedy: Remedy {
        switch self {
        case .orderUnknown(.leaderLast, _):
            [
                "bring etcd back to health, or name the hosts in the order wanted, with \(option: "order", "given")"
            ]
        case .orderUnknown:
            [
                """
                make \(run: "fleetctl list-machines", .anyHost) succeed, or name the hosts in the order wanted, with \
                \(option: "order", "given")
                """
            ]
        case .journalLost:
            ["see whether \(look: .status()) shows the hosts as they are"]
        case .notTakenUp(let host, _, let rollout):
            [
                "look at \(look: .audit(host))",
                "free it with \(or: .unlock(rollout)), then \(or: .rollback(host))",
            ]
        }
    }
}

/// Why a rollout is held by a person's word.
public enum PersonHold: Hold {
    /// `by` is nil in journals of older versions, which did not have it.
    case operatorHold(by: HoldAsker? = nil)
    case stoppedAfter(hosts: Int)
    /// A person declared the host lost; `member` is its etcd member, if known.
    case hostLost(host: HostID, why: String, member: LostMember?)
    /// The host answers, although it was declared lost before.
    case declaredLost(host: HostID, rollout: RolloutID, why: String)

    public static func isNamed(_ name: String) -> Bool { CodingKeys(stringValue: name) != nil }
}

extension PersonHold {
    public var gate: String { "operator" }

    public var patience: Patience { .mending }

    public var rank: HoldRank {
        switch self {
        case .operatorHold, .stoppedAfter: .rollout
        case .declaredLost: .unreadableHost
        case .hostLost: .host
        }
    }

    public var subject: HostID? {
        switch self {
        case .hostLost(let host, _, _), .declaredLost(let host, _, _): host
        case .operatorHold, .stoppedAfter: nil
        }
    }
}

extension PersonHold {
    public var says: String {
        switch self {
        case .operatorHold(let by): by?.says ?? "a hold was asked for"
        case .stoppedAfter(let hosts):
            "stopped after \(hosts) \(hosts == 1 ? "host" : "hosts"), as asked"
        case .declaredLost(let host, let rollout, let why):
            "host '\(host)' answers, and was declared lost in rollout \(rollout) (\(why))"
        case .hostLost(let host, let why, _):
            "host '\(host)' was declared lost (\(why)), and is waited for no more; it may still come up by itself"
        }
    }
}

extension PersonHold {
    public var remedy: Remedy {
        switch self {
        case .operatorHold, .stoppedAfter:
            ["resume when ready", "\(or: .abandon()) ends it instead"]
        case .hostLost(_, _, let member?):
            [
                """
                take its member out of etcd, on any other host: \(run: member.removal, .anyHost); until then it counts as \
                gone, and keeps its vote
                """,
                "keep the host off the network, or its disk wiped, before it comes up",
            ]
        case .hostLost(_, _, nil):
            [
                """
                if it had an etcd member, take that out on any other host: \(run: "etcdctl member list", .anyHost) names it, \
                \(run: "etcdctl member remove ID", .anyHost) removes it; until then its member holds the others
                """,
                "keep the host off the network, or its disk wiped",
            ]
        case .declaredLost(let host, let rollout, _):
            [
                "see what it runs, and whether its etcd member was removed: \(look: .audit(host))",
                """
                leave it out, or take it in again: \(or: .unlock(rollout)), then \(or: .abandonHost(host)), or where it runs \
                its new system uncommitted \(or: .rollback(host))
                """,
            ]
        }
    }
}

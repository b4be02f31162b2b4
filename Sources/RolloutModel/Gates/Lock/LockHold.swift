/// Why the gate for the cluster's lock holds.
public enum LockHold: Hold {
    /// Another rollout has the cluster.
    case lockHeld(by: LockHolder)
    /// The lock was taken from this rollout: a person named the rollout as dead.
    case lockLost
    case lockUnknown(why: String)
    /// Hosts of the cluster that no lock of this rollout covers.
    case othersUncovered(others: [String], knownBy: LockCoverage.Source)
    /// A source that may know of such hosts could not be asked.
    case othersUnknown(source: LockCoverage.Source, why: String)

    public static func isNamed(_ name: String) -> Bool { CodingKeys(stringValue: name) != nil }
}

extension LockHold {
    public var gate: String {
        switch self {
        case .lockHeld, .lockLost, .lockUnknown: "lock"
        case .othersUncovered, .othersUnknown: OverridableGate.others.rawValue
        }
    }

    public var patience: Patience { .mending }

    public var rank: HoldRank {
        switch self {
        case .lockHeld, .lockLost: .rollout
        case .lockUnknown, .othersUnknown: .throughHosts
        case .othersUncovered: .other
        }
    }

    public var subject: HostID? { nil }
}

extension LockHold {
    public var says: String {
        switch self {
        case .lockHeld(let holder):
            "rollout \(holder.rollout) of \(holder.operatorName) has this cluster, since \(holder.since)"
        case .lockLost:
            "this rollout does not have the cluster any more: it was unlocked, or taken up by another turnstile"
        case .lockUnknown(let why): "who has the cluster's lock could not be told: \(why)"
        case .othersUncovered(let others, let source):
            """
            gates.etcd is off, and the agents' lock covers the hosts named alone; by \(source.rawValue) the cluster has others, \
            which another rollout could take out meanwhile: \(Names.text(others))
            """
        case .othersUnknown(let source, let why):
            """
            gates.etcd is off, and the agents' lock covers the hosts named alone; whether the cluster has others could not \
            be asked of \(source.rawValue): \(why)
            """
        }
    }

    public var brief: String {
        switch self {
        case .lockUnknown: "who has the cluster's lock could not be told"
        case .othersUnknown(let source, _):
            "whether the cluster has other hosts could not be asked of \(source.rawValue)"
        default: says
        }
    }
}

extension LockHold {
    public var remedy: Remedy {
        switch self {
        case .lockHeld(let holder):
            [
                "\(.wait) for its end, which \(look: .status(holder.rollout)) shows where it was begun",
                "if it has ended, \(or: .resume(holder.rollout)) there lets the cluster go",
                "only if its turnstile is dead for good, \(or: .unlock(holder.rollout)) frees the cluster",
            ]
        case .lockLost:
            ["find out who did so, and why", "resuming takes the cluster again, if nobody else has it"]
        case .lockUnknown:
            [
                "do what is said there",
                """
                where nothing is, make etcd answer through one of the hosts, and see that most of the agents do
                """,
            ]
        case .othersUncovered:
            [
                "name all hosts of the cluster, or turn on \(set: "gates.etcd"), whose lock covers them",
                "where nobody upgrades the others meanwhile, say so",
            ]
        case .othersUnknown(let source, _):
            [
                "\(step: source.asking)", "or turn on \(set: "gates.etcd"), whose lock covers every host",
                "where nobody upgrades others meanwhile, say so",
            ]
        }
    }
}

extension LockCoverage.Source {
    /// The step that makes the source answer.
    fileprivate var asking: Remedy.Step {
        switch self {
        case .fleet: "make \(run: "fleetctl list-machines", .anyHost) succeed on the hosts that run fleet"
        case .etcd:
            """
            make etcd answer on the hosts that run it, or say where each has its own: \(set: "gates.etcd.endpoint")
            """
        case .kubernetes: "make \(run: "kubectl get nodes", .here) answer here"
        }
    }
}

import AgentProtocol
import HostAgent
import RolloutJournal
import RolloutModel

extension World {
    /// The world as the first entries of a journal left it.
    ///
    /// - Parameters:
    ///   - count: the number of those entries.
    ///   - all: all entries of the rollout; some facts are only in later ones.
    ///   - whole: the machine after all entries.
    ///   - isDone: true if the act announced last was done, although no entry tells its outcome.
    init(after count: Int, of all: [JournalEntry], to whole: RolloutMachine, isDone: Bool) {
        let entries = all.prefix(count)
        let plan = whole.plan
        self.init(
            hosts: plan.hosts.map(\.id), version: "", offer: whole.target?.rawValue ?? "",
            ttl: .seconds(6))
        for planned in plan.hosts {
            hosts[planned.id]?.images = [.a: planned.version.rawValue]
            hosts[planned.id]?.machine = planned.machine
            etcdVersions[planned.version.rawValue] = "3.4.23"
        }
        for node in plan.nodes ?? [] {
            nodes[node.host] = node.isCordoned ? .cordonedBefore : SimulatedNode()
        }
        nameBoots(in: all)
        var hold = HostHold()
        var announced: RolloutMachine.Intent?
        for entry in entries {
            switch entry.what {
            case .opened, .reserving: break
            case .attached(let token, let by, _): take(plan.rollout, token, by, &hold)
            case .intent(let intent): announced = intent
            // Any other outcome says that the act was not done.
            case .event(.staged), .event(.evacuated), .event(.returned), .event(.committed),
                .event(.readmitted):
                if let announced { finish(announced, hold, of: plan.rollout) }
            case .event, .said, .letGo: break
            }
        }
        if isDone, case .intent(let intent)? = entries.last?.what { finish(intent, hold, of: plan.rollout) }
    }

    /// Boots have the names that the journal knows them by.
    private mutating func nameBoots(in entries: [JournalEntry]) {
        for entry in entries {
            switch entry.what {
            case .intent(.reboot(let host, let boot, _)): hosts[host]?.bootNames[1] = boot.rawValue
            case .intent(.commit(let host, let boot, _)): hosts[host]?.bootNames[2] = boot.rawValue
            default: break
            }
        }
    }

    private mutating func take(_ rollout: RolloutID, _ token: Token, _ by: String, _ hold: inout HostHold) {
        lock = ClusterLock(
            lastToken: token,
            holder: LockHolder(rollout: rollout, token: token, operatorName: by, since: ""))
        hold = HostHold(
            authority: hold.authority,
            claim: Claim(rollout: rollout.rawValue, token: token, holder: by, since: ""),
            highestToken: token)
        for id in order {
            hosts[id]?.hold.claim = hold.claim
            hosts[id]?.hold.highestToken = token
        }
    }

    /// Applies the effect of an announced act.
    private mutating func finish(
        _ intent: RolloutMachine.Intent, _ hold: HostHold, of rollout: RolloutID
    ) {
        switch intent {
        case .stage(let id, _):
            change(id, hold) { [etcdVersions] host, offer in
                host.arm(offer, etcd: Self.etcdVersion(on: offer, etcdVersions))
            }
        case .reboot(let id, _, _):
            change(id, hold) { host, _ in
                host.phase = .rebooting
                if host.isArmed { host.arrive(at: .start - .seconds(100)) }
            }
        case .commit(let id, _, _):
            change(id, hold) { host, _ in
                host.isCommitted = true
                host.phase = .committed
            }
        case .evacuate(let id):
            if nodes[id]?.isCordoned == false { nodes[id]?.cordon(by: rollout) }
            nodes[id]?.pods = 0
        case .readmit(let id):
            if nodes[id]?.cordonedBy == rollout { nodes[id]?.uncordon() }
        case .rollback, .abandon, .step: break
        }
    }

    private mutating func change(
        _ id: HostID, _ hold: HostHold, _ body: (inout SimulatedHost, _ offer: String) -> Void
    ) {
        guard var host = hosts[id] else { return }
        host.hold.authority = hold.claim.map { Authority(rollout: $0.rollout, token: $0.token) }
        body(&host, offer)
        hosts[id] = host
    }
}

import AgentProtocol
import RolloutJournal
import RolloutModel

extension UseCases {
    /// Rolls one host back to its other partition, when that is safe.
    ///
    /// - Parameter draft: the configuration's draft, for a host that no rollout here knows.
    public func rollBack(_ host: HostID, _ draft: PlanDraft) async throws -> RolloutEnd {
        guard let known = try await rollout(thatMayTakeBack: host) else {
            return try await withoutJournal { try await rollBack(host, draft, nil) }
        }
        return try await withJournal(of: known) { try await rollBack(host, draft, $0) }
    }

    /// - Parameter known: the journal of the rollout that has the host; nil where none does.
    private func rollBack(
        _ host: HostID, _ draft: PlanDraft, _ known: Journal?
    ) async throws -> RolloutEnd {
        let hosts = known?.record.machine.remaining.hosts.map(\.id) ?? draft.hosts
        guard hosts.contains(host) else { throw CommandRefusal.hostUnknown(host) }
        return try await withCluster(hosts) { cluster in
            let roll = try await roll(of: cluster, isUpgrade: false)
            if known?.record.machine.retreating != host {
                try await ways(own: known).require(
                    .rollback, of: host, seen: roll.reports[host] ?? .unknown("not asked"),
                    trouble: roll.troubles[host])
            }
            return try await rollBack(host, draft, known, roll, in: cluster)
        }
    }

    /// The newest rollout that has this host and has not ended, if no other one has had the host since.
    ///
    /// - Throws: where another host is out, or another turnstile drives a rollout.
    private func rollout(thatMayTakeBack host: HostID) async throws -> RolloutID? {
        var found: RolloutID?
        for one in try await journals.unended(tells: true) {
            let machine = one.record.machine
            guard try await !ports.journals.isBeingWritten(one.id) else {
                throw JournalError.inUse(path: ports.journals.name(one.id))
            }
            if let out = machine.state.hostOut, out != host, one.speaks(for: out) {
                throw CommandRefusal.anotherIsOut(out, machine.plan.rollout)
            }
            guard found == nil, one.speaks(for: host) else { continue }
            // A host that was given back has nothing left to undo in this rollout; its rollback gets a journal of its
            // own.
            if machine.isFree(toRetreat: host) || machine.retreating == host { found = one.id }
        }
        return found
    }

    private func rollBack(
        _ host: HostID, _ draft: PlanDraft, _ known: Journal?, _ roll: AgentRollCall, in cluster: ClusterPorts
    ) async throws -> RolloutEnd {
        let plan = try known?.record.machine.remaining ?? undoing(.rollback(host: host), draft, roll)
        let watch = watch(plan, in: cluster)
        let event = try await event(rollingBack: host, known?.record.machine, watch, roll, in: cluster)
        let isUndrained = cluster.nodes != nil && known?.record.machine.state.hostOut != host
        try await confirm(.rollBack(host, in: known?.record, isUndrained: isUndrained))
        let token: Token
        let journal: Journal
        if let known {
            journal = known
            try await requireLostAreGone(in: known, cluster)
            token = try await attach(to: journal, roll.reports, in: cluster)
        } else {
            (journal, token) = try await begin(plan, in: cluster)
        }
        return try await drive(
            Drive(journal: journal, watch: watch, token: token, cluster: cluster, goesOn: .rollBack(host)),
            from: event)
    }

    /// The event that starts the rollback; nil where a rollback of this host was cut off.
    private func event(
        rollingBack host: HostID, _ machine: RolloutMachine?, _ watch: GateWatch, _ roll: AgentRollCall,
        in cluster: ClusterPorts
    ) async throws -> RolloutMachine.Event? {
        if let machine, machine.retreating == host {
            tell(.rollbackGoesOn(host))
            guard machine.state.held != nil else { return nil }
            return .resumed(retryReverted: false)
        }
        let report: HostReport
        switch roll.reports[host] ?? .unknown("not asked") {
        case .unknown(let why):
            throw CommandRefusal.notRolledBack([
                .host(.hostUnreadable(host: host, why: why, trouble: roll.troubles[host]))
            ])
        case .seen(let seen): report = seen
        }
        guard let partitions = report.partitions, let version = report.version.map({ Version($0) }) else {
            let why = report.reason(for: Unreadable.partitions)
            throw CommandRefusal.notRolledBack([.host(.partitionsUnreadable(host: host, why: why))])
        }
        tell(.wouldGoBack(host, version, from: partitions.booted.label, to: partitions.other.label))
        try await requireGates(toRollBack: host, machine, watch, woken: woken(roll.reports), in: cluster)
        return .rollbackRequested(
            host: host, boot: BootID(report.bootID), version: version, partition: partitions.booted.label)
    }

    private func requireGates(
        toRollBack host: HostID, _ machine: RolloutMachine?, _ watch: GateWatch, woken: [WokenHost],
        in cluster: ClusterPorts
    ) async throws {
        tell(.begins(cluster.hosts))
        let answer = try await watch.ask(
            .beforeRollback, of: host, in: machine, within: settings.timeouts.gate,
            waiting: { tell(.course(.waiting($0))) })
        tell(.settled)
        guard case .shut(let reasons) = answer else { return }
        throw CommandRefusal.notRolledBack(reasons.naming(woken.filter { $0.host != host }))
    }

    /// A plan that only undoes, for hosts that no rollout here knows.
    func undoing(_ purpose: Plan.Purpose, _ draft: PlanDraft, _ roll: AgentRollCall) throws -> Plan {
        var draft = draft
        draft.purpose = purpose
        switch draft.plan(with: roll.reports, troubles: roll.troubles, bastions: roll.bastions) {
        case .failure(let cannot): throw CommandRefusal.held(cannot.reasons)
        case .success(let plan): return plan
        }
    }

    func ways(own: Journal? = nil) -> WayOnChoice {
        WayOnChoice(journals, own: own?.record.machine.plan.rollout)
    }
}

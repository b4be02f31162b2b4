import AgentProtocol
import RolloutModel

extension RolloutLock {
    /// The agents' reports of which rollout holds their hosts.
    struct Claims: Sendable {
        var reports: [HostID: Observation<HostReport>]

        /// The holders, sorted by the hosts' names.
        var holders: [(host: HostID, holder: LockHolder)] {
            reports.sorted { $0.key < $1.key }.compactMap { host, report in
                report.value?.agent.claim.map { (host, LockHolder($0)) }
            }
        }

        var isAnyRead: Bool { reports.values.contains { $0.value != nil } }

        func add(to seen: inout SeenTokens) {
            for (host, report) in reports {
                if let token = report.value?.agent.highestToken { seen.add(token, of: "host '\(host)'") }
            }
        }

        /// Most agents may be this rollout's, under whichever of its tokens: some are, and those that could not be
        /// asked may be, too.
        func mayBeMostly(of rollout: RolloutID, hosts: [HostID]) -> Bool {
            let theirs = holders.count { $0.holder.rollout == rollout }
            let silent = hosts.count { reports[$0]?.value == nil }
            return theirs > 0 && theirs + silent >= Quorum(voters: hosts.count).votes
        }

        func byMajority(of hosts: [HostID]) -> Observation<LockHolder?> {
            LockHolder.byMajority(
                of: hosts,
                claims: reports.mapValues { $0.map { report in report.agent.claim.map { LockHolder($0) } } })
        }
    }

    func claims() async -> Claims { Claims(reports: await access.reports(of: hosts)) }

    /// How the agents answered a claim.
    struct ClaimAnswers: Sendable {
        var accepted: Set<HostID> = []
        var missing: [Missing] = []
        /// The holder at an agent that another rollout holds.
        var heldBy: LockHolder?
        /// True if some agent has seen a higher token, and refused ours because of it.
        var isOutdated = false
        /// The reports of the agents that refused.
        var claims = Claims(reports: [:])

        /// - Parameter needsAll: true if a single agent that another rollout holds prevents the taking. If agents alone
        ///   keep the lock, the majority decides: another rollout that reached only a few lets them go again.
        func taking(_ holder: LockHolder, hosts: [HostID], needsAll: Bool) -> Taking {
            let votes = needsAll ? 0 : Quorum(voters: hosts.count).votes
            if let heldBy, needsAll || accepted.count < votes { return .held(by: heldBy) }
            guard accepted.count >= votes else {
                let faults = missing.map(\.description).joined(separator: "; ")
                return .failed(
                    why:
                        "\(accepted.count) of \(hosts.count) agents accepted it, and \(votes) must: \(faults)"
                )
            }
            return .taken(token: holder.token, missing: missing)
        }
    }

    /// - Parameter journal: the end of the holder's; nil where it has none yet.
    func claim(_ holder: LockHolder, journal: JournalEnd?) async -> ClaimAnswers {
        let request = ClaimRequest(
            authority: Authority(
                rollout: holder.rollout.rawValue, token: holder.token,
                journal: journal?.head),
            holder: holder.operatorName, since: holder.since)
        let said = await access.gather(hosts) { host throws(HostFault) in
            try await access.claim(host, request)
        }
        var answers = ClaimAnswers()
        var refusing: [HostID] = []
        for host in hosts {
            switch said[host] ?? .unknown("not asked") {
            case .seen(.answered):
                answers.accepted.insert(host)
            case .seen(.refused(let refusal)):
                refusing.append(host)
                if refusal.reason == .tokenOutdated { answers.isOutdated = true }
                answers.missing.append(Missing(host: host, why: refusal.message))
            case .seen(.failed(let failure)):
                refusing.append(host)
                answers.missing.append(Missing(host: host, why: failure.message))
            case .unknown(let why):
                answers.missing.append(Missing(host: host, why: why))
            }
        }
        guard !refusing.isEmpty else { return answers }
        // The reports of agents that refuse tell who holds them, and which token they have seen.
        let claims = Claims(reports: await access.reports(of: refusing))
        answers.heldBy = claims.holders.map(\.holder).first { $0.rollout != holder.rollout }
        answers.claims = claims
        if answers.heldBy != nil { answers.isOutdated = false }
        return answers
    }
}

// MARK: For gates

extension RolloutLock {
    /// The holder in the store; nil if there is no store.
    func kept() async -> Observation<LockHolder?>? {
        guard let store else { return nil }
        do throws(LockFault) {
            return .seen(try await store.read().lock.holder)
        } catch {
            return .unknown(error.why)
        }
    }

    /// The holder of the cluster, by the store, or by the agents' facts of the same look.
    ///
    /// - Parameter kept: the store's answer.
    func holder(
        kept: Observation<LockHolder?>?, _ facts: [HostID: Observation<HostFacts>]
    ) -> Observation<LockHolder?> {
        if let kept { return kept }
        return LockHolder.byMajority(
            of: hosts,
            claims: facts.mapValues { $0.map(\.holder) })
    }
}

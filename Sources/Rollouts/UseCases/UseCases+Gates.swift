import AgentProtocol
import RolloutModel

extension UseCases {
    /// Asks every gate at once: one look at the hosts, and a second one through another witness. Changes nothing, and
    /// waits for no evidence over time.
    ///
    /// - Parameters:
    ///   - draft: of a plan of all hosts. Hosts that do not answer are left out of it, and are reasons.
    ///   - lost: hosts that were declared lost. They are asked once as all hosts are, and are reasons where they are silent, and
    ///     where they answer and nobody took them in again.
    ///   - limit: the longest time for Kubernetes and for pages, which are asked while the hosts are. A host that tells
    ///     nothing of itself in half of it is left out, so that the others can be asked about the cluster.
    public func gates(
        _ draft: PlanDraft, lost: DeclaredLost, within limit: Duration
    ) async throws -> GateBoard {
        // Only a cancellation ends the sleep early, and then nobody reads the answer.
        let deadline = AnswerDeadline(limit: limit) { try? await Task.sleep(for: $0) }
        return try await gates(draft, lost: lost, by: deadline)
    }

    func gates(
        _ draft: PlanDraft, lost: DeclaredLost, by deadline: AnswerDeadline
    ) async throws -> GateBoard {
        try await withCluster(draft.hosts) { cluster in
            let (ownPages, kubernetes) = (cluster.operatorGates.pages, cluster.nodes)
            async let pages = pages(ownPages, by: deadline)
            async let nodes = nodes(kubernetes, by: deadline)
            let roll = await AgentRollCall.reports(
                of: draft.hosts, access: bounded(cluster.access, by: deadline.half))
            let gone = lost.reasons(among: draft.hosts.filter(roll.isSilent))
            let awaited = draft.without(Set(gone.compactMap(\.subject)))
            let (plan, unanswered) = readablePlan(awaited, roll)
            // No look waits for a host that was declared lost and is silent.
            let rest = ports.cluster(awaited.hosts)
            var history = await looks(at: plan, in: rest)
            // A single answer is the nodes of both looks: no look waits for Kubernetes.
            let seen = await nodes
            for index in history.indices { history[index].nodes = seen }
            let unread = gone + unanswered
            // A host that does not answer would pass for one that no rollout covers.
            let reasons =
                unread.isEmpty ? await coverage(of: plan, in: rest.knowing(nodes: seen)).reasons : unread
            let gates = Gates(plan: plan, settings: settings.gates, acceptsNoReturn: true)
            return GateBoard(
                gates, history: history, unread: reasons, woken: lost.woken(roll.reports),
                pages: await pages)
        }
    }

    /// The plan of the hosts that answer, and the reasons about the others.
    private func readablePlan(_ draft: PlanDraft, _ roll: AgentRollCall) -> (Plan, unread: [HoldReason]) {
        func plan(_ draft: PlanDraft) -> Result<Plan, PlanDraft.CannotPlan> {
            draft.plan(with: roll.reports, troubles: roll.troubles, bastions: roll.bastions)
        }
        var draft = draft
        var unread: [HoldReason] = []
        // At least one host is left out in each round.
        while true {
            switch plan(draft) {
            case .success(let plan): return (plan, unread)
            case .failure(let cannot):
                unread += cannot.reasons
                let rest = draft.without(Set(cannot.reasons.compactMap(\.subject)))
                if rest.hosts.count < draft.hosts.count { draft = rest } else { draft.hosts = [] }
            }
        }
    }

    /// The looks at the hosts, without Kubernetes.
    private func looks(at plan: Plan, in cluster: ClusterPorts) async -> [Inventory] {
        guard let first = plan.hosts.first?.id else { return [] }
        let began = ports.clock.now()
        let observatory = Observatory(
            plan: plan, settings: settings.gates, access: cluster.access, lock: cluster.lock,
            nodes: nil, clock: ports.clock)
        await observatory.observe(concerning: first)
        if let second = plan.hosts.dropFirst().first?.id { await observatory.observe(concerning: second) }
        return await observatory.history(since: began)
    }

    private func pages(
        _ pages: [OperatorGates.Page], by deadline: AnswerDeadline
    ) async -> [GateBoard.Page] {
        await withTaskGroup(of: (Int, GateBoard.Page).self) { group in
            for (place, page) in pages.enumerated() {
                group.addTask {
                    let answer = await deadline.ask { PageAnswer(why: await page.ask()) }
                    let why = answer.map(\.why) ?? "it did not answer \(deadline.words)"
                    return (place, GateBoard.Page(name: page.name, why: why))
                }
            }
            return await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    private struct PageAnswer: Sendable { var why: String? }

    /// Hosts, whose reports come in time or are not known.
    private func bounded(_ access: HostAccess, by deadline: AnswerDeadline) -> HostAccess {
        var bounded = access
        bounded.report = { host throws(HostFault) in
            let answer = await deadline.ask { () -> Result<HostReport, HostFault> in
                do throws(HostFault) {
                    return .success(try await access.report(host))
                } catch {
                    return .failure(error)
                }
            }
            guard let answer else {
                throw HostFault(
                    host: host, kind: .interrupted, why: "it told nothing of itself \(deadline.words)")
            }
            return try answer.get()
        }
        return bounded
    }

    /// Kubernetes' nodes, which come in time or are not known; nil where no Kubernetes runs on the hosts.
    private func nodes(_ nodes: NodeAccess?, by deadline: AnswerDeadline) async -> Observation<[NodeFacts]>? {
        guard let nodes else { return nil }
        let answer = await deadline.ask { () -> Observation<[NodeFacts]> in
            do throws(NodeFault) {
                return .seen(try await nodes.nodes())
            } catch {
                return .unknown(error.why)
            }
        }
        return answer ?? .unknown("it did not answer \(deadline.words)")
    }
}

extension AgentRollCall {
    /// True of a host that may be down, and not of one that answers and cannot be read.
    fileprivate func isSilent(_ host: HostID) -> Bool {
        HostPlace(reports[host] ?? .unknown("not asked"), trouble: troubles[host]) == .silent
    }
}

extension PlanDraft {
    fileprivate func without(_ hosts: Set<HostID>) -> PlanDraft {
        var rest = self
        rest.hosts.removeAll(where: hosts.contains)
        return rest
    }
}

extension ClusterPorts {
    /// The same, where Kubernetes' answer about its nodes is known already.
    fileprivate func knowing(nodes seen: Observation<[NodeFacts]>?) -> ClusterPorts {
        var knowing = self
        knowing.nodes?.nodes = { () throws(NodeFault) in
            switch seen ?? .unknown("not asked") {
            case .seen(let nodes): return nodes
            case .unknown(let why): throw NodeFault(.unanswered, why: why)
            }
        }
        return knowing
    }
}

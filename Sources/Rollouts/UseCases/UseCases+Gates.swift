import AgentProtocol
import RolloutModel

extension UseCases {
    /// Asks every gate at once: one look at the hosts, and a second one through another witness. Changes nothing, and
    /// waits for no evidence over time.
    ///
    /// - Parameters:
    ///   - draft: of a plan of all hosts. Hosts that do not answer are left out of it, and are reasons.
    ///   - limit: the longest time for Kubernetes and for pages. A host that tells nothing of itself in half of it is left
    ///     out, so that the others can be asked about the cluster.
    public func gates(_ draft: PlanDraft, within limit: Duration) async throws -> GateBoard {
        try await withCluster(draft.hosts) { cluster in
            var cluster = cluster
            cluster.nodes = cluster.nodes.map { bounded($0, within: limit) }
            let asked = cluster.operatorGates.pages
            async let pages = pages(asked, within: limit)
            let (plan, silent) = await readablePlan(draft, in: cluster, within: limit / 2)
            let history = await looks(at: plan, in: cluster)
            // A host that does not answer would pass for one that no rollout covers.
            let unread = silent.isEmpty ? await coverage(of: plan, in: cluster).reasons : silent
            let gates = Gates(plan: plan, settings: settings.gates, acceptsNoReturn: true)
            return GateBoard(gates, history: history, unread: unread, pages: await pages)
        }
    }

    /// The plan of the hosts that answer, and the reasons about the others.
    private func readablePlan(
        _ draft: PlanDraft, in cluster: ClusterPorts, within limit: Duration
    ) async -> (Plan, unread: [HoldReason]) {
        let roll = await AgentRollCall.reports(
            of: draft.hosts, access: bounded(cluster.access, within: limit))
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
                let named = Set(cannot.reasons.compactMap(\.subject))
                unread += cannot.reasons
                let rest = draft.hosts.filter { !named.contains($0) }
                draft.hosts = rest.count < draft.hosts.count ? rest : []
            }
        }
    }

    private func looks(at plan: Plan, in cluster: ClusterPorts) async -> [Inventory] {
        guard let first = plan.hosts.first?.id else { return [] }
        let began = ports.clock.now()
        let observatory = Observatory(
            plan: plan, settings: settings.gates, access: cluster.access, lock: cluster.lock,
            nodes: cluster.nodes, clock: ports.clock)
        await observatory.observe(concerning: first)
        if let second = plan.hosts.dropFirst().first?.id { await observatory.observe(concerning: second) }
        return await observatory.history(since: began)
    }

    private func pages(
        _ pages: [OperatorGates.Page], within limit: Duration
    ) async -> [GateBoard.Page] {
        await withTaskGroup(of: (Int, GateBoard.Page).self) { group in
            for (place, page) in pages.enumerated() {
                group.addTask {
                    let answer = await soon(within: limit) { PageAnswer(why: await page.ask()) }
                    let why = answer.map(\.why) ?? "it did not answer within \(limit.components.seconds) s"
                    return (place, GateBoard.Page(name: page.name, why: why))
                }
            }
            return await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    private struct PageAnswer: Sendable { var why: String? }

    /// Hosts, whose reports come in time or are not known.
    private func bounded(_ access: HostAccess, within limit: Duration) -> HostAccess {
        var bounded = access
        bounded.report = { host throws(HostFault) in
            let answer = await soon(within: limit) { () -> Result<HostReport, HostFault> in
                do throws(HostFault) {
                    return .success(try await access.report(host))
                } catch {
                    return .failure(error)
                }
            }
            guard let answer else {
                throw HostFault(
                    host: host, kind: .interrupted,
                    why: "it told nothing of itself within \(limit.components.seconds) s")
            }
            return try answer.get()
        }
        return bounded
    }

    /// Kubernetes, whose list of nodes comes in time or is not known.
    private func bounded(_ nodes: NodeAccess, within limit: Duration) -> NodeAccess {
        var bounded = nodes
        bounded.nodes = { () throws(NodeFault) in
            let answer = await soon(within: limit) { () -> Result<[NodeFacts], NodeFault> in
                do throws(NodeFault) {
                    return .success(try await nodes.nodes())
                } catch {
                    return .failure(error)
                }
            }
            guard let answer else {
                throw NodeFault(.unanswered, why: "it did not answer within \(limit.components.seconds) s")
            }
            return try answer.get()
        }
        return bounded
    }

    /// - Parameter body: ends soon once its task is cancelled.
    /// - Returns: nil where the body did not end in time.
    private func soon<Value: Sendable>(
        within limit: Duration, _ body: @escaping @Sendable () async -> Value
    ) async -> Value? {
        await withTaskGroup(of: Value?.self) { group in
            group.addTask { await body() }
            group.addTask {
                // Only the cancellation below ends the sleep early, and its result is not read.
                try? await Task.sleep(for: limit)
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            return first
        }
    }
}

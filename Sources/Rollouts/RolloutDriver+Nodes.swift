import RolloutModel

extension RolloutDriver {
    /// Cordons the host's node, unless it is, and drains it. Asked for again after a crash, it does what is left of it.
    ///
    /// - Returns: the outcome; where pods were moved, with those as its evidence.
    func evacuate(_ host: HostID) async throws(CancellationError) -> Judgement {
        do throws(NodeFault) {
            let access = try nodeAccess()
            let (node, isOurs) = try await insisting(on: host, "for its node to be cordoned") {
                () throws(NodeFault) in try await cordon(host, access)
            }
            let how = isOurs ? "cordoned" : "was cordoned by somebody, and stays so"
            notify(.progress(host, message: "node '\(node)' \(how); draining it", fraction: nil))
            let began = clock.now()
            switch try await access.drain(node) {
            case .drained(let evicted):
                return Judgement(
                    .evacuated(node: node, isOurs: isOurs),
                    evidence: Self.evidence(of: node, evicted, took: clock.now() - began))
            case .blocked(let pods, let budgets, let said):
                return Judgement(
                    .gatesHeld(reasons: [
                        .nodes(
                            .drainBlocked(host: host, node: node, pods: pods, budgets: budgets, said: said))
                    ]))
            }
        } catch {
            guard !Task.isCancelled else { throw CancellationError() }
            return Judgement(.stepFailed(why: error.why))
        }
    }

    private static func evidence(of node: String, _ evicted: [String], took: Duration) -> GateEvidence {
        let pods = evicted.count == 1 ? "1 pod was" : "\(evicted.count) pods were"
        let names = evicted.isEmpty ? "" : ": \(Names.text(evicted.sorted()))"
        return GateEvidence(
            looks: 1, span: took, age: .zero,
            statements: [.init(gate: "kubernetes", by: [node], says: "\(pods) moved off it\(names)")])
    }

    /// Uncordons the host's node where this rollout had cordoned it, and it alone.
    func readmit(_ host: HostID) async throws(CancellationError) -> RolloutMachine.Event {
        do throws(NodeFault) {
            return .readmitted(node: try await readmitted(host))
        } catch {
            guard !Task.isCancelled else { throw CancellationError() }
            return .stepFailed(why: error.why)
        }
    }

    /// - Returns: the node that was uncordoned; nil where none was ours.
    func readmitted(_ host: HostID) async throws(NodeFault) -> String? {
        let access = try nodeAccess()
        let machine = plan.hosts.first { $0.id == host }?.machine
        return try await insisting(on: host, "for its node to be uncordoned") { () throws(NodeFault) in
            let own = try await access.nodes().filter {
                $0.machine == machine && $0.cordonedBy == plan.rollout
            }
            for node in own { try await access.uncordon(node) }
            return own.first?.name
        }
    }

    /// - Returns: the node's name, and whether this rollout is who cordoned it.
    private func cordon(_ host: HostID, _ access: NodeAccess) async throws(NodeFault) -> (String, Bool) {
        let machine = plan.hosts.first { $0.id == host }?.machine ?? MachineID("")
        switch NodeFacts.only(of: host, machine, among: try await access.nodes()) {
        case .failure(let nobody):
            throw NodeFault(.impossible, why: nobody.hold.says)
        case .success(let node):
            guard !node.isCordoned else { return (node.name, node.cordonedBy == plan.rollout) }
            try await access.cordon(node, plan.rollout)
            return (node.name, true)
        }
    }

    private func nodeAccess() throws(NodeFault) -> NodeAccess {
        guard let access = watch.nodes else {
            throw NodeFault(
                .impossible, why: "the plan is for Kubernetes; set gates.kubernetes.enabled: true")
        }
        return access
    }

    /// Asks until there is an answer, or the time for gates is up: the API may be away for a moment, and somebody else may
    /// write a node between our reading it and our writing.
    private func insisting<Answer>(
        on host: HostID, _ what: String, _ ask: () async throws(NodeFault) -> Answer
    ) async throws(NodeFault) -> Answer {
        let began = clock.now()
        let deadline = began + timeouts.gate
        while true {
            do throws(NodeFault) {
                return try await ask()
            } catch {
                guard error.kind != .impossible, clock.now() < deadline, !Task.isCancelled else {
                    throw error
                }
                notify(
                    .waiting(
                        .init(
                            host: host, reasons: [], what: what, heard: error.why, since: began,
                            deadline: deadline)))
            }
            // A cancelled wait ends the loop above.
            try? await clock.sleep(watch.interval)
        }
    }
}

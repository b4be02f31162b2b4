import RolloutModel

/// The hosts as nodes of Kubernetes. A node is cordoned by one coordinator, or by none. A request to the API happens at
/// once, and the coordinator may die before it gets the answer.
extension ModelState {
    func plannedNodes() -> [PlannedNode]? {
        cordons.isEmpty
            ? nil : hosts.indices.map { .init(host: Self.host($0), name: "n\($0)", isCordoned: false) }
    }

    func nodeFacts(at moment: Moment) -> [NodeFacts] {
        cordons.indices.map { index in
            NodeFacts(
                name: "n\(index)", machine: MachineID("m\(index)"), boot: hosts[index].bootID(index),
                unready: hosts[index].isUp ? nil : "Ready is Unknown", isCordoned: cordons[index] != nil,
                cordonedBy: cordons[index].map { Self.rollout($0) }, renewal: "\(moment.sinceStart)",
                revision: "1")
        }
    }

    /// Cordons the node and learns the outcome in two separate steps.
    func evacuate(_ host: Int, _ index: Int) -> ModelSuccessor {
        guard cordons[host] == nil else {
            return taking(index, .evacuated(node: "n\(host)", isOurs: cordons[host] == index))
        }
        var successor = after(.cordons(index, host: host)) { $0.cordons[host] = index }
        if cordons.contains(index) { successor.violation = "\(index) cordoned n\(host), and has another" }
        if coordinators[index].announced != .evacuate(host: Self.host(host)) {
            successor.violation = "n\(host) was cordoned unannounced"
        }
        return successor
    }

    /// Uncordons the node and learns the outcome in two separate steps.
    func readmit(_ host: Int, _ index: Int) -> ModelSuccessor {
        guard cordons[host] == index else { return taking(index, .readmitted(node: nil)) }
        return after(.uncordons(index, host: host)) { $0.cordons[host] = nil }
    }
}

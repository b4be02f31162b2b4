/// The node that a host is, as it was when the plan was made.
public struct PlannedNode: Codable, Hashable, Sendable {
    public var host: HostID
    public var name: String
    /// Somebody had cordoned it: it stays so.
    public var isCordoned: Bool

    public init(host: HostID, name: String, isCordoned: Bool) {
        self.host = host
        self.name = name
        self.isCordoned = isCordoned
    }
}

extension Plan {
    /// Finds the node of each host.
    ///
    /// - Returns: why it cannot; empty where each host is one node.
    public mutating func identify(among nodes: [NodeFacts]) -> [HoldReason] {
        var reasons: [HoldReason] = []
        self.nodes = hosts.compactMap { host in
            switch NodeFacts.only(of: host.id, host.machine, among: nodes) {
            case .success(let node):
                return PlannedNode(host: host.id, name: node.name, isCordoned: node.isCordoned)
            case .failure(let nobody):
                reasons.append(nobody.reason)
                return nil
            }
        }
        return reasons
    }
}

extension NodeFacts {
    /// The one node that a host is: none, or more than one, is no answer.
    public static func only(
        of host: HostID, _ machine: MachineID, among nodes: [NodeFacts]
    ) -> Result<NodeFacts, Unidentified> {
        let own = nodes.filter { $0.machine == machine }
        guard let node = own.first, own.count == 1 else {
            return .failure(
                Unidentified(
                    reason: .nodeUnidentified(host: host, machine: machine, nodes: own.map(\.name).sorted())))
        }
        return .success(node)
    }

    public struct Unidentified: Error, Hashable, Sendable {
        public var reason: HoldReason
    }
}

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
    public mutating func identify(among nodes: [NodeFacts]) -> [NodeHold] {
        var holds: [NodeHold] = []
        self.nodes = hosts.compactMap { host in
            switch NodeFacts.only(of: host.id, host.machine, among: nodes) {
            case .success(let node):
                return PlannedNode(host: host.id, name: node.name, isCordoned: node.isCordoned)
            case .failure(let nobody):
                holds.append(nobody.hold)
                return nil
            }
        }
        return holds
    }
}

extension NodeFacts {
    /// The one node that a host is: none, or more than one, is no answer.
    public static func only(
        of host: HostID, _ machine: MachineID, among nodes: [NodeFacts]
    ) -> Result<NodeFacts, Unidentified> {
        let own = nodes.filter { $0.machine == machine }
        guard let node = own.first, own.count == 1 else {
            return .failure(
                Unidentified(
                    hold: .nodeUnidentified(host: host, machine: machine, nodes: own.map(\.name).sorted())))
        }
        return .success(node)
    }

    public struct Unidentified: Error, Hashable, Sendable {
        public var hold: NodeHold
    }
}

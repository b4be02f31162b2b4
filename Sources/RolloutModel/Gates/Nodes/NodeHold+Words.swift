extension NodeHold {
    public var says: String {
        switch self {
        case .nodesUnknown(let why): "the nodes of Kubernetes could not be read: \(why)"
        case .nodeUnidentified(let host, let machine, let nodes):
            "host '\(host)' (\(machine.rawValue.prefix(8))) is "
                + (nodes.isEmpty
                    ? "no node of Kubernetes: none has its machine-id"
                    : "not one node: \(nodes.joined(separator: ", ")) all have its machine-id")
        case .nodeNotReady(let host, let node, let why):
            "node '\(node)' of host '\(host)' is not ready: \(why)"
        case .nodeOfAnotherBoot(let host, let node, let boot):
            "what the kubelet of node '\(node)' says is of boot \(boot), and host '\(host)' is in another"
        case .kubeletsSilent(let hosts):
            "kubelets were not seen to renew their leases: on \(hosts.map(\.rawValue).joined(separator: ", "))"
        case .nodeOfAnotherRollout(let node, let rollout):
            "node '\(node)' is cordoned by rollout \(rollout)"
        case .nodeUncordoned(let host, let node):
            "node '\(node)' of host '\(host)' was drained, and somebody has uncordoned it since"
        case .drainRefused(let host, let node, let why):
            "node '\(node)' of host '\(host)' would not be drained: \(why)"
        case .drainBlocked(let host, let node, let pods, let budgets, let said):
            "node '\(node)' of host '\(host)' is not drained; it has \(Names.text(pods))"
                + (budgets.isEmpty ? "" : "; no disruption is allowed by \(Names.text(budgets))")
                + (said.isEmpty ? "" : "; kubectl says: \(said)")
        }
    }

    public var brief: String {
        switch self {
        case .nodesUnknown: "the nodes of Kubernetes could not be read"
        case .nodeNotReady(let host, _, _): "the node of '\(host)' is not ready"
        case .nodeOfAnotherBoot(let host, _, _): "the kubelet of '\(host)' was not heard since its boot"
        case .kubeletsSilent(let hosts): "kubelets are silent: \(Names.text(hosts.map(\.rawValue)))"
        default: says
        }
    }
}

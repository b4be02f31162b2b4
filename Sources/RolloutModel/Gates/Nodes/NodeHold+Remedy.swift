extension NodeHold {
    public var remedy: Remedy {
        switch self {
        case .nodesUnknown:
            [
                """
                make \(run: "kubectl get nodes,leases -n kube-node-lease", .here) answer here, with \
                \(set: "gates.kubernetes.kubeconfig") and .context
                """
            ]
        case .nodeUnidentified(let host, _, _):
            [
                """
                compare /etc/machine-id of '\(host)' with \(run: "kubectl get nodes -o yaml", .here), under nodeInfo
                """
            ]
        case .nodeNotReady(let host, let node, _), .nodeOfAnotherBoot(let host, let node, _):
            [
                """
                look at \(run: "kubectl describe node \(node)", .here), and \(run: "journalctl -u kubelet", on: host) on \
                '\(host)'
                """
            ]
        case .kubeletsSilent:
            [
                """
                look at \(run: "journalctl -u kubelet", .anyHost) there, or raise \(set: "timeouts.gate"): a lease is \
                renewed every 10 s
                """
            ]
        case .nodeOfAnotherRollout(let node, let rollout):
            [
                "finish it with \(or: .resume(rollout))",
                """
                if it is dead for good, \(or: .unlock(rollout)) lets its nodes go, too, or by hand: \
                \(run: "kubectl uncordon \(node)", .here), \
                \(run: "kubectl annotate node \(node) turnstile/rollout-", .here)
                """,
            ]
        case .nodeUncordoned:
            ["find out who did so", "resuming drains it again"]
        case .drainRefused:
            [
                """
                pods with emptyDir volumes go only with \(set: "gates.kubernetes.delete-emptydir-data", to: "true"), which \
                loses what is in these
                """,
                "pods of no controller go by your own hand",
            ]
        case .drainBlocked(_, let node, _, _, _):
            [
                """
                see \(run: "kubectl get pods -A --field-selector spec.nodeName=\(node)", .here) and \
                \(run: "kubectl get pdb -A", .here)
                """
            ]
        }
    }
}

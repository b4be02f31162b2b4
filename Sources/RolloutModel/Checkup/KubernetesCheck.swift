/// The check that kubectl here reads the nodes, and may do what a drain takes.
public struct KubernetesCheck: Hashable, Sendable {
    /// How many nodes there are.
    public var nodes: Observation<Int>
    public var denied: [Denial]

    public struct Denial: Hashable, Sendable {
        public var permission: Permission
        /// In kubectl's words.
        public var said: String

        public init(_ permission: Permission, said: String) {
            self.permission = permission
            self.said = said
        }
    }

    public init(nodes: Observation<Int>, denied: [Denial]) {
        self.nodes = nodes
        self.denied = denied
    }

    public var findings: [Checkup.Finding] {
        if let refused { return [refused] }
        switch nodes {
        case .unknown(let why):
            let hold = NodeHold.nodesUnknown(why: why)
            return [.fault(.kubernetes, .here, why, fix: hold.remedy)]
        case .seen(let count):
            return [.ok(.kubernetes, .here, "\(count) nodes, and all that a drain takes is allowed")]
        }
    }

    private var refused: Checkup.Finding? {
        guard !denied.isEmpty else { return nil }
        let what = denied.map { $0.permission.words }.joined(separator: ", ")
        let said = denied.first.map { " (\($0.said))" } ?? ""
        return .fault(
            .kubernetes, .here, "not allowed: \(what)\(said)",
            fix: Remedy(
                [
                    "as an administrator of Kubernetes, with the name that kubectl goes by here for USER:"
                ] + Permission.Kind.allCases.flatMap(granting)))
    }

    /// A role for each kind of permission, so that none gives more than it names.
    private func granting(_ kind: Permission.Kind) -> [Remedy.Step] {
        let resources = denied.map(\.permission).filter { $0.kind == kind }.map(\.resource)
        guard !resources.isEmpty else { return [] }
        let role = ShellLine(stringLiteral: "turnstile-\(kind.rawValue)")
        let verbs = ShellLine(stringLiteral: kind.verbs)
        let list = ShellLine(stringLiteral: resources.joined(separator: ","))
        return [
            """
            \(run: "kubectl create clusterrole \(line: role) --verb=\(line: verbs) --resource=\(line: list)", .here)
            """,
            """
            \(run: "kubectl create clusterrolebinding \(line: role) --clusterrole=\(line: role) --user=USER", .here)
            """,
        ]
    }

    /// The permissions that kubectl must have according to docs/configuration.md.
    public enum Permission: String, Hashable, Sendable, CaseIterable {
        case listNodes, patchNodes, listPods, evictPods, readDaemonSets, listBudgets, listLeases

        public enum Kind: String, Hashable, Sendable, CaseIterable {
            case read, mark, evict

            /// Of `kubectl create clusterrole --verb`.
            var verbs: String {
                switch self {
                case .read: "get,list"
                case .mark: "patch"
                case .evict: "create"
                }
            }
        }

        var kind: Kind {
            switch self {
            case .listNodes, .listPods, .readDaemonSets, .listBudgets, .listLeases: .read
            case .patchNodes: .mark
            case .evictPods: .evict
            }
        }

        /// Of `kubectl create clusterrole --resource`.
        public var resource: String {
            switch self {
            case .listNodes, .patchNodes: "nodes"
            case .listPods: "pods"
            case .evictPods: "pods/eviction"
            case .readDaemonSets: "daemonsets.apps"
            case .listBudgets: "poddisruptionbudgets.policy"
            case .listLeases: "leases.coordination.k8s.io"
            }
        }

        /// The words behind `kubectl auth can-i`.
        public var question: [String] {
            switch self {
            case .listNodes: ["list", "nodes"]
            case .patchNodes: ["patch", "nodes"]
            case .listPods: ["list", "pods", "--all-namespaces"]
            case .evictPods: ["create", "pods", "--subresource", "eviction", "--all-namespaces"]
            case .readDaemonSets: ["get", "daemonsets.apps", "--all-namespaces"]
            case .listBudgets: ["list", "poddisruptionbudgets.policy", "--all-namespaces"]
            case .listLeases: ["list", "leases.coordination.k8s.io", "--namespace", "kube-node-lease"]
            }
        }

        var words: String {
            switch self {
            case .listNodes: "list nodes"
            case .patchNodes: "patch nodes"
            case .listPods: "list pods"
            case .evictPods: "evict pods"
            case .readDaemonSets: "get daemonsets"
            case .listBudgets: "list poddisruptionbudgets"
            case .listLeases: "list leases in kube-node-lease"
            }
        }
    }
}

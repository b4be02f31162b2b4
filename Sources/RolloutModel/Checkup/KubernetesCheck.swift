/// The check that kubectl here reads the nodes, and may do what a drain takes.
public struct KubernetesCheck: Hashable, Sendable {
    /// How many nodes there are.
    public var nodes: Observation<Int>
    public var denied: [Denial]
    /// The permissions of which kubectl got no answer.
    public var untold: [Denial]

    public struct Denial: Hashable, Sendable {
        public var permission: Permission
        /// In kubectl's words.
        public var said: String

        public init(_ permission: Permission, said: String) {
            self.permission = permission
            self.said = said
        }
    }

    public init(nodes: Observation<Int>, denied: [Denial], untold: [Denial] = []) {
        self.nodes = nodes
        self.denied = denied
        self.untold = untold
    }

    public var findings: [Checkup.Finding] {
        let flaws = [refused, unanswered].compactMap(\.self)
        switch nodes {
        case .unknown(let why) where denied.isEmpty:
            let hold = NodeHold.nodesUnknown(why: why)
            return [.fault(.kubernetes, .here, why, fix: hold.remedy)]
        case .seen(let count) where flaws.isEmpty:
            return [.ok(.kubernetes, .here, "\(count) nodes, and all that a drain takes is allowed")]
        case .seen, .unknown: return flaws
        }
    }

    private var unanswered: Checkup.Finding? {
        guard !untold.isEmpty else { return nil }
        return .fault(
            .kubernetes, .here, "no answer whether kubectl may: \(Self.words(untold))",
            fix: ["see what the server says:", "\(run: "kubectl auth can-i --list", .here)"])
    }

    /// The permissions that are asked about, with kubectl's words on the first.
    private static func words(_ answers: [Denial]) -> String {
        let said = answers.first.map { " (\($0.said))" } ?? ""
        return answers.map { $0.permission.words }.joined(separator: ", ") + said
    }

    private var refused: Checkup.Finding? {
        guard !denied.isEmpty else { return nil }
        return .fault(
            .kubernetes, .here, "not allowed: \(Self.words(denied))",
            fix: Remedy(
                [
                    "as an administrator of Kubernetes, with the name that kubectl goes by here for USER:"
                ] + Permission.Kind.allCases.flatMap(granting)))
    }

    /// A role for each kind of permission, so that none gives more than it names. A role that is there already is
    /// replaced, and so it has all of its kind.
    private func granting(_ kind: Permission.Kind) -> [Remedy.Step] {
        guard denied.contains(where: { $0.permission.kind == kind }) else { return [] }
        let resources = Permission.allCases.filter { $0.kind == kind }.map(\.resource)
        let role = ShellLine(stringLiteral: "turnstile-\(kind.rawValue)")
        let verbs = ShellLine(stringLiteral: kind.verbs)
        let list = ShellLine(stringLiteral: resources.joined(separator: ","))
        return [
            Self.applying("clusterrole \(line: role) --verb=\(line: verbs) --resource=\(line: list)"),
            Self.applying("clusterrolebinding \(line: role) --clusterrole=\(line: role) --user=USER"),
        ]
    }

    /// `create` alone fails for what is there already.
    private static func applying(_ made: ShellLine) -> Remedy.Step {
        """
        \(run: "kubectl create \(line: made) --dry-run=client -o yaml | kubectl apply -f -", .here)
        """
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

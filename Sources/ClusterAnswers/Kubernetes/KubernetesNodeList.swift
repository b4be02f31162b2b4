public import HostFiles

/// A node, with its kubelet's lease.
public struct KubernetesNode: Hashable, Sendable {
    public var name: String
    /// `.status.nodeInfo.machineID` and `.bootID`; empty where its kubelet told none.
    public var machineID: String
    public var bootID: String
    /// The reason in the node's condition `Ready`, where that is not `True`; nil where it is.
    public var unready: String?
    /// `.spec.unschedulable`: it is cordoned.
    public var isCordoned: Bool
    /// The value of the annotation `turnstile/rollout`.
    public var rollout: String?
    /// `.spec.renewTime` of its lease, as its kubelet wrote it; nil where it has no lease.
    public var renewTime: String?
    public var resourceVersion: String
}

/// `kubectl get nodes,leases --namespace kube-node-lease --output json`.
public struct KubernetesNodeList: Hashable, Sendable {
    public var nodes: [KubernetesNode]

    /// The rollout that cordoned a node: set in the same write, so that neither is there without the other.
    public static let rolloutAnnotation = "turnstile/rollout"
    /// Where kubelets keep their leases.
    public static let leaseNamespace = "kube-node-lease"
    /// A node that has run many images is some 30 KiB.
    public static let bytesMax = 32 << 20

    /// - Throws: `MalformedText` for anything but a list of nodes, and leases; also for one without any node.
    public init(_ text: String) throws(MalformedText) {
        let list = try JSONText.decode(List.self, from: text, as: .kubernetesNodes, bytesMax: Self.bytesMax)
        var leases: [String: String] = [:]
        for item in list.items where item.kind == "Lease" && item.metadata.namespace == Self.leaseNamespace {
            leases[item.metadata.name] = item.spec?.renewTime
        }
        nodes = []
        for item in list.items where item.kind == "Node" {
            nodes.append(try KubernetesNode(item, renewTime: leases[item.metadata.name]))
        }
        guard !nodes.isEmpty else { throw .missing(.kubernetesNodes, "any node") }
    }

    fileprivate struct List: Decodable {
        var items: [Item]
    }

    fileprivate struct Item: Decodable {
        var kind: String
        var metadata: Metadata
        var spec: Spec?
        var status: Status?

        struct Metadata: Decodable {
            var name: String
            var namespace: String?
            var annotations: [String: String]?
            var resourceVersion: String
        }

        struct Spec: Decodable {
            var unschedulable: Bool?
            var renewTime: String?
        }

        struct Status: Decodable {
            var nodeInfo: NodeInfo?
            var conditions: [Condition]?
        }

        struct NodeInfo: Decodable {
            var machineID: String?
            var bootID: String?
        }

        struct Condition: Decodable {
            var type: String
            var status: String
            var reason: String?
            var message: String?
        }
    }
}

extension KubernetesNode {
    fileprivate init(
        _ item: KubernetesNodeList.Item, renewTime: String?
    ) throws(MalformedText) {
        name = try KubernetesName.check(item.metadata.name, as: .kubernetesNodes)
        machineID = item.status?.nodeInfo?.machineID ?? ""
        bootID = item.status?.nodeInfo?.bootID ?? ""
        unready = Self.unready(item.status?.conditions ?? [])
        isCordoned = item.spec?.unschedulable ?? false
        rollout = item.metadata.annotations?[KubernetesNodeList.rolloutAnnotation].map(KubernetesName.plain)
        self.renewTime = renewTime
        resourceVersion = item.metadata.resourceVersion
        guard !resourceVersion.isEmpty,
            Substring(resourceVersion).consists(of: { (0x21..<0x7f).contains($0) })
        else {
            throw .unexpected(.kubernetesNodes, found: resourceVersion, expected: "a resourceVersion")
        }
    }

    private static func unready(_ conditions: [KubernetesNodeList.Item.Condition]) -> String? {
        guard let ready = conditions.first(where: { $0.type == "Ready" }) else {
            return "it has no condition Ready"
        }
        guard ready.status != "True" else { return nil }
        let words = [ready.reason, ready.message].compactMap(\.self).filter { !$0.isEmpty }
        return KubernetesName.plain((["Ready is \(ready.status)"] + words).joined(separator: ": "))
    }
}

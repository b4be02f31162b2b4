public import HostFiles

/// A pod, as far as a drain cares.
public struct KubernetesPod: Hashable, Sendable {
    public var namespace: String
    public var name: String
    public var labels: [String: String]
    /// A static pod's image in the API, which no eviction ends.
    public var isMirror: Bool
    /// Belongs to a DaemonSet, which would start it again at once.
    public var isOfDaemonSet: Bool
    /// Has come to its end.
    public var isFinished: Bool

    public init(
        namespace: String, name: String, labels: [String: String] = [:], isMirror: Bool = false,
        isOfDaemonSet: Bool = false, isFinished: Bool = false
    ) {
        self.namespace = namespace
        self.name = name
        self.labels = labels
        self.isMirror = isMirror
        self.isOfDaemonSet = isOfDaemonSet
        self.isFinished = isFinished
    }

    /// `kubectl drain --ignore-daemonsets` leaves it where it is.
    public var staysInDrain: Bool { isMirror || isOfDaemonSet && !isFinished }

    /// As kubectl writes it.
    public var fullName: String { "\(namespace)/\(name)" }
}

/// `kubectl get pods --all-namespaces --output json`.
public struct KubernetesPodList: Hashable, Sendable {
    public var pods: [KubernetesPod]

    /// A node holds some hundreds of pods, of some 20 KiB each.
    public static let bytesMax = 16 << 20
    /// The annotation by which the kubelet marks a mirror pod.
    private static let mirrorAnnotation = "kubernetes.io/config.mirror"

    public init(_ text: String) throws(MalformedText) {
        let list = try JSONText.decode(List.self, from: text, as: .kubernetesPods, bytesMax: Self.bytesMax)
        pods = []
        for item in list.items {
            let meta = item.metadata
            let controller = meta.ownerReferences?.first { $0.controller == true }
            pods.append(
                KubernetesPod(
                    namespace: try KubernetesName.check(meta.namespace, as: .kubernetesPods),
                    name: try KubernetesName.check(meta.name, as: .kubernetesPods),
                    labels: meta.labels ?? [:],
                    isMirror: meta.annotations?[Self.mirrorAnnotation] != nil,
                    isOfDaemonSet: controller?.kind == "DaemonSet",
                    isFinished: ["Succeeded", "Failed"].contains(item.status?.phase)))
        }
    }

    private struct List: Decodable {
        var items: [Item]

        struct Item: Decodable {
            var metadata: Metadata
            var status: Status?
        }

        struct Metadata: Decodable {
            var namespace: String
            var name: String
            var labels: [String: String]?
            var annotations: [String: String]?
            var ownerReferences: [Owner]?
        }

        struct Owner: Decodable {
            var kind: String
            var controller: Bool?
        }

        struct Status: Decodable {
            var phase: String?
        }
    }
}

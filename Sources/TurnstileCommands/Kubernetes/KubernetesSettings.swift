import RolloutModel

/// How Kubernetes is reached, and how its nodes are drained.
struct KubernetesSettings: Encodable, Hashable, Sendable {
    /// nil: what kubectl uses by itself.
    var kubeconfig: String?
    /// nil: the current one of the kubeconfig.
    var context: String?
    var drainTimeout: Duration
    /// Pods with emptyDir volumes are evicted, and what is in these is lost; otherwise they hold the drain.
    var deletesEmptyDirData: Bool

    private enum CodingKeys: String, CodingKey {
        case kubeconfig, context
        case drainTimeout = "drainTimeoutSeconds"
        case deletesEmptyDirData
    }
}

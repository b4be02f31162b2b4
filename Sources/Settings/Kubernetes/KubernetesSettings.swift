import RolloutModel

/// The way to Kubernetes, and the draining of its nodes.
package struct KubernetesSettings: Encodable, Hashable, Sendable {
    /// nil: what kubectl uses by itself.
    package var kubeconfig: String?
    /// nil: the current one of the kubeconfig.
    package var context: String?
    package var drainTimeout: Duration
    /// Pods with emptyDir volumes are evicted, and what is in these is lost; otherwise they hold the drain.
    package var deletesEmptyDirData: Bool

    package init(
        kubeconfig: String? = nil, context: String? = nil, drainTimeout: Duration, deletesEmptyDirData: Bool
    ) {
        self.kubeconfig = kubeconfig
        self.context = context
        self.drainTimeout = drainTimeout
        self.deletesEmptyDirData = deletesEmptyDirData
    }

    private enum CodingKeys: String, CodingKey {
        case kubeconfig, context
        case drainTimeout = "drainTimeoutSeconds"
        case deletesEmptyDirData
    }
}

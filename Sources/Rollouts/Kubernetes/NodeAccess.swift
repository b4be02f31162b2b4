import RolloutModel

/// What a rollout can ask of Kubernetes. Live through kubectl; scripted in tests.
public struct NodeAccess: Sendable {
    /// Every node there is.
    public var nodes: @Sendable () async throws(NodeFault) -> [NodeFacts]
    /// Cordons a node and marks it with the rollout, in one write under the revision it was read with.
    public var cordon: @Sendable (NodeFacts, RolloutID) async throws(NodeFault) -> Void
    /// Uncordons a node and takes the mark away, likewise.
    public var uncordon: @Sendable (NodeFacts) async throws(NodeFault) -> Void
    /// Evicts the pods of a cordoned node, as far as their budgets allow, until none is left or the time is up. Pods of
    /// DaemonSets and mirror pods stay. No pod is ever deleted past its budget.
    public var drain: @Sendable (_ node: String) async throws(NodeFault) -> DrainEnding
    /// Why a drain of a node would evict nothing, however long it waits; nil where it would begin. Changes nothing.
    public var drainObjection: @Sendable (_ node: String) async throws(NodeFault) -> String?

    public init(
        nodes: @escaping @Sendable () async throws(NodeFault) -> [NodeFacts],
        cordon: @escaping @Sendable (NodeFacts, RolloutID) async throws(NodeFault) -> Void,
        uncordon: @escaping @Sendable (NodeFacts) async throws(NodeFault) -> Void,
        drain: @escaping @Sendable (_ node: String) async throws(NodeFault) -> DrainEnding,
        drainObjection: @escaping @Sendable (_ node: String) async throws(NodeFault) -> String? = { _ in nil }
    ) {
        self.nodes = nodes
        self.cordon = cordon
        self.uncordon = uncordon
        self.drain = drain
        self.drainObjection = drainObjection
    }

    public enum DrainEnding: Hashable, Sendable {
        case drained
        /// Pods that are still there, the budgets that allow none of them to go, and what was said.
        case blocked(pods: [String], budgets: [String], said: String)
    }

    /// What no waiting mends, of every node of a plan.
    public func drainObjections(in plan: Plan) async throws(NodeFault) -> [HoldReason] {
        var reasons: [HoldReason] = []
        for node in plan.nodes ?? [] {
            guard let why = try await drainObjection(node.name) else { continue }
            reasons.append(.nodes(.drainRefused(host: node.host, node: node.name, why: why)))
        }
        return reasons
    }

    /// Lets every node go that a rollout cordoned; for one that is over.
    ///
    /// - Returns: the names of the nodes.
    public func readmitAll(of rollout: RolloutID) async throws(NodeFault) -> [String] {
        var names: [String] = []
        for node in try await nodes() where node.cordonedBy == rollout {
            try await uncordon(node)
            names.append(node.name)
        }
        return names
    }
}

/// Why something asked of Kubernetes has no answer, or was not done.
public struct NodeFault: Error, Hashable, Sendable, CustomStringConvertible {
    public var kind: Kind
    /// As the lower layer said it.
    public var why: String

    public init(_ kind: Kind, why: String) {
        self.kind = kind
        self.why = ForeignText.line(why)
    }

    public enum Kind: Hashable, Sendable {
        /// No answer, or none that can be read: it may be asked again.
        case unanswered
        /// Somebody else wrote the node meanwhile: it must be read again.
        case changed
        /// Asking again does not help.
        case impossible
    }

    public var description: String { why }
}

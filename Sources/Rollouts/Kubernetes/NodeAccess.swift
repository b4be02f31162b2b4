import RolloutModel

/// The Kubernetes operations that a rollout uses. The live ones run kubectl; tests script them.
public struct NodeAccess: Sendable {
    /// Reads all nodes.
    public var nodes: @Sendable () async throws(NodeFault) -> [NodeFacts]
    /// Cordons a node and marks it with the rollout, in one write under the revision it was read with.
    public var cordon: @Sendable (NodeFacts, RolloutID) async throws(NodeFault) -> Void
    /// Uncordons a node and takes the mark away, in one write under the revision it was read with.
    public var uncordon: @Sendable (NodeFacts) async throws(NodeFault) -> Void
    /// Evicts the pods of a cordoned node, as far as their budgets allow, until none is left or the time is up. Pods of
    /// DaemonSets and mirror pods stay. No pod is ever deleted past its budget.
    public var drain: @Sendable (_ node: String) async throws(NodeFault) -> DrainEnding
    /// Asks why a drain of a node would evict nothing, however long it waits; nil where the drain would begin. Changes
    /// nothing.
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
        /// The names of the pods that were evicted, as far as they were told.
        case drained(evicted: [String])
        /// Pods that are still there, the budgets that allow none of them to go, and what was said.
        case blocked(pods: [String], budgets: [String], said: String)
    }

    /// The reasons why nodes of a plan cannot be drained, which waiting does not mend.
    public func drainObjections(in plan: Plan) async throws(NodeFault) -> [HoldReason] {
        var reasons: [HoldReason] = []
        for node in plan.nodes ?? [] {
            guard let why = try await drainObjection(node.name) else { continue }
            reasons.append(.nodes(.drainRefused(host: node.host, node: node.name, why: why)))
        }
        return reasons
    }

    /// Uncordons every node that a rollout cordoned. Meant for rollouts that are over.
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

/// The reason why a request to Kubernetes has no answer, or was not done.
public struct NodeFault: Error, Hashable, Sendable, CustomStringConvertible {
    public var kind: Kind
    /// The reason, as the lower layer gave it.
    public var why: String

    public init(_ kind: Kind, why: String) {
        self.kind = kind
        self.why = ForeignText.line(why)
    }

    public enum Kind: Hashable, Sendable {
        /// Kubernetes gave no answer, or none that can be read: the request may be repeated.
        case unanswered
        /// Somebody else wrote the node meanwhile: the node must be read again.
        case changed
        /// The request cannot succeed, however often it is repeated.
        case impossible
    }

    public var description: String { why }
}

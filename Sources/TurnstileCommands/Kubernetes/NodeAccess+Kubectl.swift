import ClusterAnswers
import HostFiles
import Reports
import RolloutModel
import Rollouts
import Settings

extension NodeAccess {
    static func live(_ settings: KubernetesSettings) -> NodeAccess { through(Kubectl(settings: settings)) }

    static func through(_ kubectl: Kubectl) -> NodeAccess {
        NodeAccess(
            nodes: { () throws(NodeFault) in try await kubectl.nodes() },
            cordon: { node, rollout throws(NodeFault) in
                try await kubectl.patch(node, to: NodePatch(node, unschedulable: true, rollout: rollout))
            },
            uncordon: { node throws(NodeFault) in
                try await kubectl.patch(node, to: NodePatch(node, unschedulable: nil, rollout: nil))
            },
            drain: { node throws(NodeFault) in try await kubectl.drain(node) },
            drainObjection: { node throws(NodeFault) in try await kubectl.drainObjection(node) })
    }
}

/// The patch of a node, under the revision it was read with. The server refuses it with 409 where somebody else wrote
/// the node.
private struct NodePatch: Encodable {
    var metadata: Metadata
    var spec: Spec

    struct Metadata: Encodable {
        var resourceVersion: String
        /// The annotations to set; a null value removes the annotation.
        var annotations: [String: String?]
    }

    struct Spec: Encodable {
        /// nil removes the field, as `kubectl uncordon` does.
        var unschedulable: Bool?

        enum CodingKeys: String, CodingKey { case unschedulable }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(unschedulable, forKey: .unschedulable)
        }
    }

    init(_ node: NodeFacts, unschedulable: Bool?, rollout: RolloutID?) {
        metadata = Metadata(
            resourceVersion: node.revision,
            annotations: [KubernetesNodeList.rolloutAnnotation: rollout?.rawValue])
        spec = Spec(unschedulable: unschedulable)
    }
}

extension Kubectl {
    fileprivate func nodes() async throws(NodeFault) -> [NodeFacts] {
        let text = try await run(
            ["get", "nodes,leases", "--namespace", KubernetesNodeList.leaseNamespace, "--output", "json"],
            outputBytesMax: KubernetesNodeList.bytesMax)
        return try reading { () throws(MalformedText) in try KubernetesNodeList(text) }.nodes.map {
            NodeFacts(
                name: $0.name, machine: MachineID($0.machineID), boot: BootID($0.bootID), unready: $0.unready,
                isCordoned: $0.isCordoned, cordonedBy: $0.rollout.map { RolloutID($0) },
                renewal: $0.renewTime, revision: $0.resourceVersion)
        }
    }

    fileprivate func patch(_ node: NodeFacts, to patch: NodePatch) async throws(NodeFault) {
        let text: String
        do {
            text = try JSONText.document(patch)
        } catch {
            throw NodeFault(.impossible, why: "the patch of node '\(node.name)': \(error)")
        }
        _ = try await run(["patch", "node", node.name, "--type", "merge", "--patch", text])
    }

    /// Waits for kubectl's evictions. Only where it gives up, the remaining pods are asked for.
    fileprivate func drain(_ node: String) async throws(NodeFault) -> NodeAccess.DrainEnding {
        try await requireEviction()
        let options = drainOptions + ["--timeout", "\(settings.drainTimeout.wholeSeconds)s"]
        let why: String
        do throws(NodeFault) {
            let said = try await run(
                ["drain", node] + options, deadline: settings.drainTimeout + Self.deadline)
            return .drained(evicted: Self.evicted(in: said))
        } catch {
            guard !Task.isCancelled else { throw error }
            why = error.why
        }
        let pods = try await pods(on: node)
        let left = pods.filter { !$0.staysInDrain }
        guard !left.isEmpty else { throw NodeFault(.unanswered, why: why) }
        let text = try await run(
            ["get", "poddisruptionbudgets", "--all-namespaces", "--output", "json"],
            outputBytesMax: KubernetesPodList.bytesMax)
        let budgets = try reading { () throws(MalformedText) in try KubernetesBudgetList(text) }
        return .blocked(
            pods: left.map(\.fullName).sorted(), budgets: budgets.blocking(left).map(\.fullName), said: why)
    }

    /// The pods that kubectl names as evicted: `pod/web-0 evicted`.
    private static func evicted(in said: String) -> [String] {
        said.split(whereSeparator: \.isNewline).compactMap { line in
            let words = line.split(separator: " ")
            guard words.count == 2, words[1] == "evicted", words[0].hasPrefix("pod/") else { return nil }
            return String(words[0].dropFirst("pod/".count))
        }
    }

    private var drainOptions: [String] {
        ["--ignore-daemonsets"] + (settings.deletesEmptyDirData ? ["--delete-emptydir-data"] : [])
    }

    /// Asks kubectl in a dry run: it reports what it would not evict before it evicts anything.
    fileprivate func drainObjection(_ node: String) async throws(NodeFault) -> String? {
        do throws(NodeFault) {
            _ = try await run(["drain", node] + drainOptions + ["--dry-run=client"])
            return nil
        } catch {
            guard error.why.contains("cannot delete") else { throw error }
            return error.why
        }
    }

    private func pods(on node: String) async throws(NodeFault) -> [KubernetesPod] {
        let text = try await run(
            [
                "get", "pods", "--all-namespaces", "--field-selector", "spec.nodeName=\(node)", "--output",
                "json",
            ], outputBytesMax: KubernetesPodList.bytesMax)
        return try reading { () throws(MalformedText) in try KubernetesPodList(text) }.pods
    }

    /// Requires the eviction API: without it `kubectl drain` deletes pods.
    private func requireEviction() async throws(NodeFault) {
        let resources = try await run(["get", "--raw", "/api/v1"])
        let groups = try await run(["get", "--raw", "/apis"])
        let isThere = try reading { () throws(MalformedText) in
            let hasEviction = try KubernetesDiscovery.hasEviction(resources: resources)
            return try KubernetesDiscovery.hasPolicy(groups: groups) && hasEviction
        }
        guard isThere else {
            throw NodeFault(
                .impossible,
                why:
                    "this API server cannot evict pods: a drain would delete them, whatever their budgets say"
            )
        }
    }

    private func reading<Value>(
        _ body: () throws(MalformedText) -> Value
    ) throws(NodeFault) -> Value {
        do throws(MalformedText) {
            return try body()
        } catch {
            throw NodeFault(.unanswered, why: error.description)
        }
    }
}

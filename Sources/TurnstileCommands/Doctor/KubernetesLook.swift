import RolloutModel
import Rollouts

/// Asks kubectl here for the nodes, and for what it is allowed.
struct KubernetesLook: Sendable {
    let kubectl: Kubectl
    let progress: CheckupProgress

    init(_ settings: KubernetesSettings, _ progress: CheckupProgress) {
        kubectl = Kubectl(settings: settings)
        self.progress = progress
    }

    struct Seen: Sendable {
        var nodes: Observation<[NodeFacts]>
        var findings: [Checkup.Finding]
    }

    func look() async -> Seen {
        progress.asks("kubectl", "nodes and permissions")
        defer { progress.heard("kubectl") }
        async let denied = denied()
        let nodes = await nodes()
        return Seen(
            nodes: nodes,
            findings: KubernetesCheck(nodes: nodes.map(\.count), denied: await denied).findings)
    }

    private func nodes() async -> Observation<[NodeFacts]> {
        do throws(NodeFault) {
            return .seen(try await NodeAccess.through(kubectl).nodes())
        } catch {
            return .unknown(error.why)
        }
    }

    private func denied() async -> [KubernetesCheck.Denial] {
        await withTaskGroup(of: KubernetesCheck.Denial?.self) { group in
            for permission in KubernetesCheck.Permission.allCases {
                group.addTask { await denial(permission) }
            }
            let denied = await group.reduce(into: [KubernetesCheck.Denial]()) { denied, one in
                if let one { denied.append(one) }
            }
            let order = KubernetesCheck.Permission.allCases
            return order.compactMap { permission in denied.first { $0.permission == permission } }
        }
    }

    /// nil also where the server does not say.
    private func denial(_ permission: KubernetesCheck.Permission) async -> KubernetesCheck.Denial? {
        guard let answer = await kubectl.canI(permission.question), answer.hasPrefix("no") else { return nil }
        let words = permission.question.prefix(2).joined(separator: " ")
        return KubernetesCheck.Denial(permission, said: "kubectl auth can-i \(words): \(answer)")
    }
}

extension Kubectl {
    /// `yes`, or `no` with a reason behind it; nil where there was no answer.
    fileprivate func canI(_ words: [String]) async -> String? {
        let process = BoundedProcess(
            command: [program] + connection + ["auth", "can-i"] + words,
            deadlineSeconds: Self.deadlineSeconds,
            outputBytesMax: 64 << 10)
        guard case .ended(_, let output, _) = await process.run() else { return nil }
        let answer = output.split(whereSeparator: \.isNewline).last.map {
            ForeignText.line($0, charactersMax: 200)
        }
        return answer.flatMap { $0.hasPrefix("yes") || $0.hasPrefix("no") ? $0 : nil }
    }
}

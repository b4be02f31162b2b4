import RolloutModel
import Rollouts
import Settings

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
        async let asked = answers()
        let nodes = await nodes()
        let told = await asked
        let check = KubernetesCheck(
            nodes: nodes.map(\.count), denied: told.compactMap(\.denial),
            untold: told.compactMap(\.untold))
        return Seen(nodes: nodes, findings: check.findings)
    }

    private func nodes() async -> Observation<[NodeFacts]> {
        do throws(NodeFault) {
            return .seen(try await NodeAccess.through(kubectl).nodes())
        } catch {
            return .unknown(error.why)
        }
    }

    /// In the order of the permissions.
    private func answers() async -> [PermissionAnswer] {
        await withTaskGroup(of: PermissionAnswer.self) { group in
            for permission in KubernetesCheck.Permission.allCases {
                group.addTask {
                    let ending = await kubectl.canI(permission.question)
                    return PermissionAnswer(permission, ending)
                }
            }
            let answers = await group.reduce(into: [PermissionAnswer]()) { $0.append($1) }
            let order = KubernetesCheck.Permission.allCases
            return order.flatMap { permission in answers.filter { $0.permission == permission } }
        }
    }
}

extension Kubectl {
    fileprivate func canI(_ words: [String]) async -> BoundedProcess.Ending {
        await BoundedProcess(
            command: [program] + connection + ["auth", "can-i"] + words,
            deadline: Self.deadline,
            outputBytesMax: 64 << 10
        ).run()
    }
}

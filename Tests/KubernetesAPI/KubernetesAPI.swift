import Foundation
import Subprocess
import SystemPackage

/// A stand-in for a Kubernetes API server, over real HTTPS, for the duration of one test. The real kubectl is its
/// client.
public struct KubernetesAPI: Sendable {
    let directory: String

    /// Starts the server, runs `body`, and ends the server.
    public static func with(
        _ scenario: Scenario, on address: String = "127.0.0.1",
        _ body: @Sendable (KubernetesAPI) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("kube-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("scenario.json")
        try JSONEncoder().encode(scenario).write(to: file)
        let api = KubernetesAPI(directory: folder.path)
        _ = try await Subprocess.run(
            .name("python3"), arguments: [Self.program, address, file.path, folder.path], input: .none,
            output: .discarded, error: .discarded
        ) { execution in
            defer { try? execution.send(signal: .kill) }
            try await api.awaitIt()
            try await body(api)
        }
    }

    private static let program =
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path + "/Scripts/practice.d/kube_api.py"

    private func awaitIt() async throws {
        for _ in 0..<600 {
            if FileManager.default.fileExists(atPath: kubeconfig) { return }
            try await Task.sleep(for: .milliseconds(100))
        }
        throw Absent()
    }

    struct Absent: Error {}

    /// An administrator's kubeconfig, with one context, `practice`.
    public var kubeconfig: String { "\(directory)/kubeconfig" }

    /// The kubeconfig of one of the scenario's users.
    public func kubeconfig(of user: String) -> String { "\(kubeconfig)-\(user)" }

    /// `https://ADDRESS:PORT`
    public var url: String {
        get throws {
            let text = try String(contentsOfFile: kubeconfig, encoding: .utf8)
            guard let match = text.firstMatch(of: /"server": "([^"]+)"/) else { throw Absent() }
            return String(match.1)
        }
    }

    /// The changes that the server was asked for, in order.
    public var log: [String] {
        let text = (try? String(contentsOfFile: "\(directory)/log", encoding: .utf8)) ?? ""
        return text.split(separator: "\n").map(String.init)
    }

    public struct Scenario: Encodable, Sendable {
        public var token = "practice-token"
        /// The users who may do what cluster roles let them do.
        public var users: [String]
        /// Nodes whose kubelet the stand-in plays itself.
        public var kubelets: [String]
        public var nodes: [Node]
        public var pods: [Pod]
        public var budgets: [Budget]
        /// True if the server has no eviction API.
        public var lacksEviction: Bool

        public init(
            kubelets: [String] = ["n1", "n2"],
            nodes: [Node] = [Node(name: "n1", machine: "m-a"), Node(name: "n2", machine: "m-b")],
            pods: [Pod] = [], budgets: [Budget] = [], users: [String] = [], lacksEviction: Bool = false
        ) {
            self.users = users
            self.kubelets = kubelets
            self.nodes = nodes
            self.pods = pods
            self.budgets = budgets
            self.lacksEviction = lacksEviction
        }
    }

    public struct Node: Encodable, Sendable {
        var name: String
        var machine: String
        var boot = "x"

        public init(name: String, machine: String) {
            self.name = name
            self.machine = machine
        }
    }

    public struct Pod: Encodable, Sendable {
        var namespace: String
        var name: String
        var node: String
        var labels: [String: String]
        /// The kind of the pod's controller; nil for none.
        var owner: String?
        var mirror: Bool
        var emptydir: Bool

        public init(
            namespace: String = "default", name: String, node: String = "n1", labels: [String: String] = [:],
            owner: String? = "ReplicaSet", mirror: Bool = false, emptydir: Bool = false
        ) {
            self.namespace = namespace
            self.name = name
            self.node = node
            self.labels = labels
            self.owner = owner
            self.mirror = mirror
            self.emptydir = emptydir
        }
    }

    public struct Budget: Encodable, Sendable {
        var namespace = "default"
        var name: String
        var labels: [String: String]
        /// The number of evictions that the budget refuses; -1 for all.
        var refusals: Int

        public init(name: String, labels: [String: String], refusals: Int) {
            self.name = name
            self.labels = labels
            self.refusals = refusals
        }
    }
}

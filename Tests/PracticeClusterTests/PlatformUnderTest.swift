import Foundation
import Subprocess
import SystemPackage

/// A practice cluster with a platform, as its operator and its etcd see it.
struct PlatformUnderTest: Sendable {
    let cluster: PracticeCluster

    init(_ cluster: PracticeCluster) { self.cluster = cluster }

    func deisctl(_ version: String, _ command: String) async throws -> PracticeCluster.Outcome {
        try await cluster.practice(["deisctl", version] + command.split(separator: " ").map(String.init))
    }

    func fault(_ kind: String, _ value: String) async throws {
        let outcome = try await cluster.practice(["fault", "all", kind, value])
        guard outcome.status == 0 else { throw PracticeCluster.Failure(what: "fault \(kind): \(outcome)") }
    }

    func list() async throws -> String { try await deisctl("1.13.4", "list").output }

    /// The practice host that has a unit.
    func machine(of unit: String) async throws -> String {
        let line = try await list().split(separator: "\n").first { $0.hasPrefix(unit) }
        let address = line?.split(separator: "\t").dropFirst().first?.split(separator: "/").last
        guard let address, let index = addresses.firstIndex(of: String(address)) else {
            throw PracticeCluster.Failure(what: "no machine has \(unit)")
        }
        return cluster.names[index]
    }

    // MARK: The network

    var addresses: [String] {
        let path = "\(cluster.directory)/number"
        let number = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
        return (1...cluster.names.count).map {
            "10.213.\(number.trimmingCharacters(in: .whitespacesAndNewlines)).\($0 + 10)"
        }
    }

    static let application = "app-1.practice.test"

    func watch() -> ApplicationWatch { ApplicationWatch(routers: addresses, application: Self.application) }

    func version() async throws -> String? {
        guard let host = try await value("/deis/controller/host") else { return nil }
        let answer = try await curl(["--head", "--request", "GET", "http://\(host):8000/v1/"])
        return answer.split(separator: "\r\n").first { $0.hasPrefix("DEIS_PLATFORM_VERSION: ") }
            .map { String($0.dropFirst("DEIS_PLATFORM_VERSION: ".count)) }
    }

    /// Until the controller says that version, and the application answers through each router.
    func awaitWhole(version: String) async throws {
        try await cluster.until("a controller of \(version)") {
            try await self.version() == version ? () : nil
        }
        try await awaitAllRouters()
    }

    func awaitAllRouters() async throws {
        try await cluster.until("the application behind each router", every: .milliseconds(100)) {
            () -> Void? in
            for router in addresses
            where try await curl([
                "--output", "/dev/null", "--write-out", "%{http_code}", "--header",
                "Host: \(Self.application)",
                "http://\(router)/",
            ]) != "200" { return nil }
            return ()
        }
    }

    private func curl(_ arguments: [String]) async throws -> String {
        try await cluster.run(
            "/usr/bin/curl", ["--silent", "--noproxy", "*", "--max-time", "3"] + arguments
        ).output
    }

    // MARK: etcd

    struct Node: Decodable, Sendable {
        var key: String
        var value: String?
        /// Seconds; nil for a key that stays.
        var ttl: Int?
        var nodes: [Node]?

        var leaves: [Node] { nodes.map { $0.flatMap(\.leaves) } ?? (value == nil ? [] : [self]) }
    }

    private struct Answer: Decodable { var node: Node? }

    func node(_ key: String) async throws -> Node? {
        let url = "http://\(addresses[0]):2379/v2/keys\(key)?recursive=true"
        let text = try await curl([url])
        return try? JSONDecoder().decode(Answer.self, from: Data(text.utf8)).node
    }

    private func value(_ key: String) async throws -> String? { try await node(key)?.value }

    /// The keys of the applications' containers.
    func containers() async throws -> Set<String> {
        Set(try await node("/deis/services")?.leaves.map(\.key) ?? [])
    }

    func setKey(_ key: String, _ value: String, ttl: Int) async throws {
        _ = try await curl([
            "--request", "PUT", "--data", "value=\(value)", "--data", "ttl=\(ttl)",
            "http://\(addresses[0]):2379/v2/keys\(key)",
        ])
    }

    func removeKey(_ key: String) async throws {
        _ = try await curl(["--request", "DELETE", "http://\(addresses[0]):2379/v2/keys\(key)"])
    }

    /// The state of a unit that fleet is asked for.
    func targetState(of unit: String) async throws -> String? {
        try await value("/_coreos.com/fleet/job/\(unit)/target-state")
    }

    // MARK: What was asked for

    /// The commands that change a unit or a setting, as the hosts' deisctl noted them, in their order.
    func commands() async throws -> [DeisctlCommand] {
        var noted: [DeisctlCommand] = []
        for host in cluster.names {
            let log = try await cluster.onHost(host, "journalctl -q -t deisctl -o short-unix --no-pager || :")
            noted += log.split(separator: "\n").compactMap { DeisctlCommand(noted: $0) }
        }
        return noted.sorted { $0.time < $1.time }
    }
}

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The machines that fleet knows, where it keeps them: etcd's v2 keys (facts 5.2).
struct FleetRegistry: Sendable {
    var etcd = PlainHTTP(port: 2379, deadline: .seconds(3))

    private static let machinesPath = "/v2/keys/_coreos.com/fleet/machines"

    func register(_ machine: FleetRecord, ttl: Duration) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let value = String(decoding: try encoder.encode(machine), as: UTF8.self).percentEncoded
        let answer = try etcd.exchange(
            "PUT", "\(Self.machinesPath)/\(machine.id)/object",
            form: "value=\(value)&ttl=\(ttl.components.seconds)")
        guard answer.status == 200 || answer.status == 201 else { throw refusal(answer) }
    }

    func remove(id: String) throws {
        let answer = try etcd.exchange("DELETE", "\(Self.machinesPath)/\(id)/object")
        guard answer.status == 200 || answer.status == 404 else { throw refusal(answer) }
    }

    /// Sorted by id. Read with a quorum: fleet says nothing rather than something stale.
    func machines() throws -> [FleetRecord] {
        let answer = try etcd.exchange("GET", "\(Self.machinesPath)?recursive=true&sorted=true&quorum=true")
        if answer.status == 404 { return [] }
        guard answer.status == 200 else { throw refusal(answer) }
        let directory = try JSONDecoder().decode(Directory.self, from: Data(answer.body))
        // A machine that left keeps its empty directory for ever (facts 0.18).
        return try (directory.node.nodes ?? []).compactMap { machine in
            let object = machine.nodes?.first { $0.key.hasSuffix("/object") }
            return try object?.value.map { try JSONDecoder().decode(FleetRecord.self, from: Data($0.utf8)) }
        }
    }

    private func refusal(_ answer: PlainHTTP.Answer) -> Failure {
        .system(
            operation: "use", subject: "etcd",
            reason: "HTTP \(answer.status): \(String(decoding: answer.body.prefix(200), as: UTF8.self))")
    }

    private struct Directory: Decodable {
        var node: Node
    }

    private struct Node: Decodable {
        var key: String
        var value: String?
        var nodes: [Node]?
    }
}

/// A machine as fleet writes it to etcd.
struct FleetRecord: Codable, Hashable, Sendable {
    var id: String
    var publicIP: String
    var metadata: [String: String]
    var version: String

    enum CodingKeys: String, CodingKey {
        case id = "ID"
        case publicIP = "PublicIP"
        case metadata = "Metadata"
        case version = "Version"
    }
}

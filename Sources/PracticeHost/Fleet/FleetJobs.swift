#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The units that fleet knows, where it keeps them: etcd's v2 keys `job/<unit>/target-state` and
/// `states/<unit>/<machine>`, as fleet 0.11 writes them. No scheduler runs here: the tests write the keys that fleet's
/// engine would write. A unit is global where its key `job/<unit>/object` says so, which fleet reads from the unit's
/// own file.
struct FleetJobs: Sendable {
    struct Job: Hashable, Sendable {
        var unit: String
        /// `launched`, `loaded` or `inactive`.
        var desired: String
    }

    struct State: Hashable, Sendable {
        var unit: String
        var machineID: String
        var load = "loaded"
        var active: String
        var sub: String
    }

    var etcd = LocalHTTP(port: 2379, deadlineSeconds: 3)

    /// Sorted by unit.
    func jobs() throws -> [Job] {
        try nodes(under: "job").compactMap { job in
            let state = job.nodes?.first { $0.key.hasSuffix("/target-state") }
            return state?.value.map { Job(unit: job.name, desired: $0) }
        }
    }

    /// Sorted by unit, then by machine.
    func states() throws -> [State] {
        try nodes(under: "states").flatMap { unit in
            try (unit.nodes ?? []).map { node in
                let state = try JSONDecoder().decode(StateRecord.self, from: Data((node.value ?? "").utf8))
                return State(
                    unit: unit.name, machineID: node.name, load: state.loadState, active: state.activeState,
                    sub: state.subState)
            }
        }
    }

    /// The names of units that are to run on every machine.
    func globalUnits() throws -> [String] {
        try nodes(under: "job").filter { job in
            let values = (job.nodes ?? []).reduce(into: [:]) { $0[$1.name] = $1.value }
            let object = values["object"].flatMap {
                try? JSONDecoder().decode(JobRecord.self, from: Data($0.utf8))
            }
            return values["target-state"] == "launched" && object?.isGlobal == true
        }.map(\.name)
    }

    /// Publishes that a unit runs on a machine.
    func publish(_ unit: String, on machineID: String) throws {
        let value =
            #"{"loadState":"loaded","activeState":"active","subState":"running","machineState":{"ID":"\#(machineID)"}}"#
        try change("PUT", "states/\(unit)/\(machineID)", form: "value=\(value.percentEncoded)")
    }

    /// Erases the states of a unit on all machines.
    func eraseStates(of unit: String) throws { try change("DELETE", "states/\(unit)?recursive=true") }

    private func change(_ method: String, _ key: String, form: String = "") throws {
        let answer = try etcd.exchange(method, "/v2/keys/_coreos.com/fleet/\(key)", form: form)
        guard [200, 201, 404].contains(answer.status) else {
            throw Failure.system(operation: "use", subject: "etcd", reason: "HTTP \(answer.status)")
        }
    }

    private struct JobRecord: Decodable {
        var isGlobal: Bool?

        enum CodingKeys: String, CodingKey {
            case isGlobal = "Global"
        }
    }

    private func nodes(under name: String) throws -> [Node] {
        let answer = try etcd.exchange(
            "GET", "/v2/keys/_coreos.com/fleet/\(name)?recursive=true&sorted=true&quorum=true")
        if answer.status == 404 { return [] }
        guard answer.status == 200 else {
            throw Failure.system(
                operation: "use", subject: "etcd",
                reason: "HTTP \(answer.status): \(String(decoding: answer.body.prefix(200), as: UTF8.self))")
        }
        return try JSONDecoder().decode(Directory.self, from: Data(answer.body)).node.nodes ?? []
    }

    private struct Directory: Decodable { var node: Node }

    private struct Node: Decodable {
        var key: String
        var value: String?
        var nodes: [Node]?

        var name: String { key.split(separator: "/").last.map(String.init) ?? "" }
    }

    private struct StateRecord: Decodable {
        var loadState: String
        var activeState: String
        var subState: String
    }
}

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
        /// The hash of the text, in hexadecimal; nil: the job has none.
        var hash: String?
        /// The machine that runs it.
        var target: String?
        /// True if an object that names no text calls the unit global.
        var isCalledGlobal = false
    }

    struct State: Hashable, Sendable {
        var unit: String
        var machineID: String
        var load = "loaded"
        var active: String
        var sub: String
        var hash = ""
    }

    var etcd = EtcdKeys()

    static let root = "/_coreos.com/fleet"

    /// Sorted by unit.
    func jobs(_ reading: EtcdKeys.Reading = .quorum) throws(EtcdError) -> [Job] {
        try nodes(under: "job", reading).compactMap { job in
            guard let object = job.child("object") else { return nil }
            let record = JobRecord(json: object.value ?? "")
            return Job(
                unit: job.name, desired: job.child("target-state")?.value ?? "inactive",
                hash: record.hashInHex, target: job.child("target")?.value,
                isCalledGlobal: record.isGlobal == true)
        }
    }

    /// Sorted by unit, then by machine.
    func states(_ reading: EtcdKeys.Reading = .quorum) throws(EtcdError) -> [State] {
        try nodes(under: "states", reading).flatMap { unit in
            (unit.nodes ?? []).compactMap { node in
                let record = try? JSONDecoder().decode(StateRecord.self, from: Data((node.value ?? "").utf8))
                return record.map {
                    State(
                        unit: unit.name, machineID: node.name, load: $0.loadState, active: $0.activeState,
                        sub: $0.subState, hash: $0.unitHash ?? "")
                }
            }
        }
    }

    /// The text of a job's unit.
    func text(hash: String) throws(EtcdError) -> String? {
        guard let value = try etcd.value("\(Self.root)/unit/\(hash)") else { return nil }
        return (try? JSONDecoder().decode(TextRecord.self, from: Data(value.utf8)))?.raw
    }

    /// - Throws: `EtcdError`, one that `isAlreadyThere` where there is such a job.
    func create(_ unit: String, _ file: FleetUnitFile) throws(EtcdError) {
        let hash = file.hash.map(String.init).joined(separator: ",")
        let text = TextRecord(raw: file.text).json
        do throws(EtcdError) {
            try etcd.set("\(Self.root)/unit/\(file.hashInHex)", text, if: .isAbsent)
        } catch {
            if !error.isAlreadyThere { throw error }
        }
        try etcd.set(
            "\(Self.root)/job/\(unit)/object", #"{"Name":"\#(unit)","UnitHash":[\#(hash)]}"#, if: .isAbsent)
    }

    /// Sets the target state, also of a unit that fleet does not know, which leaves a key.
    func setTarget(_ unit: String, _ state: String) throws(EtcdError) {
        try etcd.set("\(Self.root)/job/\(unit)/target-state", state)
    }

    func destroy(_ unit: String) throws(EtcdError) {
        try etcd.delete("\(Self.root)/job/\(unit)", recursive: true)
    }

    func schedule(_ unit: String, on machineID: String) throws(EtcdError) {
        try etcd.set("\(Self.root)/job/\(unit)/target", machineID, if: .isAbsent)
    }

    func unschedule(_ unit: String) throws(EtcdError) {
        try etcd.remove("\(Self.root)/job/\(unit)/target")
    }

    /// Publishes what a machine's systemd says of a unit.
    ///
    /// - Parameter ttl: nil for a state that stays until it is erased.
    func publish(_ state: State, ttl: Duration?) throws(EtcdError) {
        let value =
            #"{"loadState":"\#(state.load)","activeState":"\#(state.active)","subState":"\#(state.sub)","machineState":{"ID":"\#(state.machineID)","PublicIP":"","Metadata":null,"Version":""},"unitHash":"\#(state.hash)"}"#
        try etcd.set("\(Self.root)/states/\(state.unit)/\(state.machineID)", value, ttl: ttl)
    }

    /// A machine says that it has loaded a unit.
    func markHeld(_ unit: String, by machineID: String) throws(EtcdError) {
        try etcd.set("\(Self.root)/job/\(unit)/job-state", machineID, if: nil)
    }

    /// Erases the states of a unit on all machines, as fleet does where one machine unloads it.
    func eraseStates(of unit: String) throws(EtcdError) {
        try etcd.remove("\(Self.root)/states/\(unit)", recursive: true)
    }

    private func nodes(
        under name: String, _ reading: EtcdKeys.Reading
    ) throws(EtcdError) -> [EtcdKeys.Node] {
        try etcd.find("\(Self.root)/\(name)", [.recursive, .sorted, reading])?.nodes ?? []
    }
}

private struct JobRecord: Decodable {
    var unitHash: [UInt8]?
    var isGlobal: Bool?

    enum CodingKeys: String, CodingKey {
        case unitHash = "UnitHash"
        case isGlobal = "Global"
    }

    init(json: String) {
        guard let record = try? JSONDecoder().decode(Self.self, from: Data(json.utf8)) else { return }
        self = record
    }

    var hashInHex: String? {
        unitHash.map { $0.map { String($0, radix: 16).leftPadded(to: 2) }.joined() }
    }
}

private struct TextRecord: Codable {
    var raw: String

    enum CodingKeys: String, CodingKey {
        case raw = "Raw"
    }

    var json: String { (try? JSONEncoder().encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "{}" }
}

private struct StateRecord: Decodable {
    var loadState: String
    var activeState: String
    var subState: String
    var unitHash: String?
}

/// A table of `fleetctl list-machines`, `list-units` or `list-unit-files`.
struct FleetListing: Hashable, Sendable {
    /// The columns that a table may show, and those that it shows unless told otherwise.
    struct Kind: Hashable, Sendable {
        var usual: [String]

        static let machines = Kind(usual: ["machine", "ip", "metadata"])
        static let units = Kind(usual: ["unit", "machine", "active", "sub"])
        static let files = Kind(usual: ["unit", "dstate"])
    }

    enum OptionError: Error, Hashable, CustomStringConvertible {
        case noFields
        case unknownField(String)
        case unknownFlag(String)

        var description: String {
            switch self {
            case .noFields: "Must define output format"
            case .unknownField(let name): "Invalid key in output format: \"\(name)\""
            case .unknownFlag(let flag): "unknown flag: \(flag)"
            }
        }
    }

    var fields: [String]
    var legend = true
    var full = false

    init(_ kind: Kind, options: [String]) throws(OptionError) {
        fields = kind.usual
        var rest = options[...]
        while let option = rest.popFirst() {
            let parts = option.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(
                String.init)
            switch parts[0] {
            case "--full", "-full", "-l": full = parts.count < 2 || parts[1] == "true"
            case "--no-legend", "-no-legend": legend = parts.count == 2 && parts[1] == "false"
            case "--fields", "-fields":
                fields = try Self.fields(parts.count == 2 ? parts[1] : rest.popFirst() ?? "", of: kind)
            default: throw .unknownFlag(option)
            }
        }
    }

    private static func fields(_ text: String, of kind: Kind) throws(OptionError) -> [String] {
        guard !text.isEmpty else { throw .noFields }
        let fields = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        if let field = fields.first(where: { !kind.usual.contains($0) }) { throw .unknownField(field) }
        return fields
    }

    func text(_ machines: [FleetRecord]) -> String {
        table(
            machines.map { machine in
                let metadata = machine.metadata.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }
                return [
                    "machine": id(machine.id), "ip": machine.publicIP,
                    "metadata": metadata.joined(separator: ","),
                ]
            })
    }

    func text(_ states: [FleetJobs.State], _ machines: [FleetRecord]) -> String {
        table(
            states.map { state in
                let address = machines.first { $0.id == state.machineID }?.publicIP ?? ""
                return [
                    "unit": state.unit,
                    "machine": id(state.machineID) + (address.isEmpty ? "" : "/" + address),
                    "active": state.active, "sub": state.sub,
                ]
            })
    }

    func text(_ jobs: [FleetJobs.Job]) -> String {
        table(jobs.map { ["unit": $0.unit, "dstate": $0.desired] })
    }

    private func id(_ machine: String) -> String { full ? machine : machine.prefix(8) + "..." }

    /// An empty cell is shown as `-`.
    private func table(_ rows: [[String: String]]) -> String {
        let header = legend ? [fields.map { $0.uppercased() }] : []
        let cells = rows.map { row in fields.map { row[$0].flatMap { $0.isEmpty ? nil : $0 } ?? "-" } }
        return TabTable.text(header + cells)
    }
}

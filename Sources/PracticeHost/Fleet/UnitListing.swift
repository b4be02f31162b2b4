/// The tables of `fleetctl list-units` and `list-unit-files`.
struct UnitListing: Hashable, Sendable {
    /// What a table may show, and what it shows unless told otherwise.
    struct Kind: Hashable, Sendable {
        var known: [String]
        var usual: [String]

        static let units = Kind(
            known: ["active", "machine", "sub", "unit"], usual: ["unit", "machine", "active", "sub"])
        static let files = Kind(known: ["dstate", "unit"], usual: ["unit", "dstate"])
    }

    var fields: [String]
    var legend = true
    var full = false

    init(_ kind: Kind, options: [String]) throws(MachineListing.OptionError) {
        fields = kind.usual
        var rest = options[...]
        while let option = rest.popFirst() {
            let parts = option.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(
                String.init)
            switch parts[0] {
            case "--full", "-full", "-l": full = parts.count < 2 || parts[1] == "true"
            case "--no-legend", "-no-legend": legend = parts.count == 2 && parts[1] == "false"
            case "--fields", "-fields":
                fields = (parts.count == 2 ? parts[1] : rest.popFirst() ?? "").split(separator: ",").map(
                    String.init)
                guard !fields.isEmpty else { throw .noFields }
                if let field = fields.first(where: { !kind.known.contains($0) }) {
                    throw .unknownField(field)
                }
            default: throw .unknownFlag(option)
            }
        }
    }

    func text(of rows: [[String: String]]) -> String {
        let header = legend ? [fields.map { $0.uppercased() }] : []
        return TabTable.text(header + rows.map { row in fields.map { row[$0] ?? "-" } })
    }

    func text(_ states: [FleetJobs.State]) -> String {
        text(
            of: states.map { state in
                [
                    "unit": state.unit, "active": state.active, "sub": state.sub,
                    "machine": full ? state.machineID : state.machineID.prefix(8) + "...",
                ]
            })
    }

    func text(_ jobs: [FleetJobs.Job]) -> String {
        text(of: jobs.map { ["unit": $0.unit, "dstate": $0.desired] })
    }
}

/// The table of `fleetctl list-machines`.
struct MachineListing: Hashable, Sendable {
    var fields: [Field] = Field.allCases
    var legend = true
    var full = false

    enum Field: String, CaseIterable, Hashable, Sendable {
        case machine
        case ip
        case metadata
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

    init(options: [String]) throws(OptionError) {
        var rest = options[...]
        while let option = rest.popFirst() {
            let parts = option.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(
                String.init)
            switch parts[0] {
            case "--full", "-full", "-l": full = parts.count < 2 || parts[1] == "true"
            case "--no-legend", "-no-legend": legend = parts.count == 2 && parts[1] == "false"
            case "--fields", "-fields":
                fields = try Self.fields(parts.count == 2 ? parts[1] : rest.popFirst() ?? "")
            default: throw .unknownFlag(option)
            }
        }
    }

    private static func fields(_ text: String) throws(OptionError) -> [Field] {
        guard !text.isEmpty else { throw .noFields }
        var fields: [Field] = []
        for name in text.split(separator: ",", omittingEmptySubsequences: false).map(String.init) {
            guard let field = Field(rawValue: name) else { throw .unknownField(name) }
            fields.append(field)
        }
        return fields
    }

    func text(_ machines: [FleetRecord]) -> String {
        let header = legend ? [fields.map { $0.rawValue.uppercased() }] : []
        return TabTable.text(header + machines.map { machine in fields.map { cell($0, of: machine) } })
    }

    private func cell(_ field: Field, of machine: FleetRecord) -> String {
        switch field {
        case .machine: full ? machine.id : machine.id.prefix(8) + "..."
        case .ip: machine.publicIP.isEmpty ? "-" : machine.publicIP
        case .metadata:
            machine.metadata.isEmpty
                ? "-"
                : machine.metadata.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }.joined(separator: ",")
        }
    }
}

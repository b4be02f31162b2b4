/// The tables of `list` and `machines`.
enum DeisctlListing {
    /// The units of Deis' among those that fleet knows (facts 9.3).
    static func units(_ states: [FleetJobs.State], _ machines: [FleetRecord]) -> String {
        let prefixes = DeisComponent.allCases.map(\.unitPrefix)
        let rows = states.filter { state in prefixes.contains { state.unit.hasPrefix($0) } }.map { state in
            [state.unit, machine(state.machineID, machines), state.load, state.active, state.sub]
        }
        return TabTable.text([["UNIT", "MACHINE", "LOAD", "ACTIVE", "SUB"]] + rows)
    }

    /// `a85e27b2.../10.231.77.11`
    static func machine(_ id: String, _ machines: [FleetRecord]) -> String {
        guard !id.isEmpty else { return "-" }
        let address = machines.first { $0.id == id }?.publicIP ?? ""
        return id.prefix(8) + "..." + (address.isEmpty ? "" : "/" + address)
    }

    static func machines(_ machines: [FleetRecord]) -> String {
        let rows = machines.map { machine in
            let metadata = machine.metadata.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }
            return [machine.id.prefix(8) + "...", machine.publicIP, metadata.joined(separator: ",")]
                .map { $0.isEmpty ? "-" : $0 }
        }
        return TabTable.text([["MACHINE", "IP", "METADATA"]] + rows)
    }
}

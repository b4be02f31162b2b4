/// `deisctl list` (facts 9.3): of the units that fleet knows, those of Deis'.
struct Deisctl: Sendable {
    private static let prefixes = [
        "builder", "controller", "database", "logger", "logspout", "publisher", "registry", "router",
        "store-admin", "store-daemon", "store-gateway", "store-metadata", "store-monitor", "store-volume",
    ].map { "deis-" + $0 }

    var registry = FleetRegistry()
    var jobs = FleetJobs()

    func run(_ arguments: [String]) -> Int32 {
        guard arguments == ["list"] else {
            StandardOutput.write("Found no matching command, try \"deisctl help\"\n")
            return 1
        }
        do {
            StandardOutput.write(Self.text(try jobs.states(), try registry.machines()))
            return 0
        } catch {
            // Whatever is wrong, and on its standard output (facts 0.26).
            StandardOutput.write("Error: timeout reached\n")
            return 1
        }
    }

    static func text(_ states: [FleetJobs.State], _ machines: [FleetRecord]) -> String {
        let rows = states.filter { state in prefixes.contains { state.unit.hasPrefix($0) } }.map { state in
            let address = machines.first { $0.id == state.machineID }?.publicIP ?? ""
            return [
                state.unit, "\(state.machineID.prefix(8)).../\(address)", state.load, state.active, state.sub,
            ]
        }
        return TabTable.text([["UNIT", "MACHINE", "LOAD", "ACTIVE", "SUB"]] + rows)
    }
}

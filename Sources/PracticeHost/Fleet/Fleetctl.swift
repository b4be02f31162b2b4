/// `fleetctl list-machines` and `list-units` (facts 5.1).
///
/// It asks etcd itself, where the real one asks fleetd, which asks etcd: the answers and the error are fleetd's.
struct Fleetctl: Sendable {
    static let version = "0.11.8"

    var registry = FleetRegistry()

    func run(_ arguments: [String]) -> Int32 {
        // Global flags come before the subcommand; none changes what a practice host answers.
        let words = arguments.drop { $0.hasPrefix("-") && $0 != "--version" && $0 != "-version" }
        guard let subcommand = words.first else {
            StandardOutput.write(
                "fleetctl is a command-line interface to fleet, the cluster-wide CoreOS init system.\n")
            return 0
        }
        let options = Array(words.dropFirst())
        switch subcommand {
        case "list-machines": return listMachines(options)
        case "list-units": return listUnits(options)
        case "--version", "-version", "version":
            StandardOutput.write("fleetctl version \(Self.version)\n")
            return 0
        default:
            StandardError.write(
                "fleetctl: unknown subcommand: \"\(subcommand)\"\nRun 'fleetctl help' for usage.\n")
            return 2
        }
    }

    private func listMachines(_ options: [String]) -> Int32 {
        do {
            let listing = try MachineListing(options: options)
            let machines = try registry.machines()
            StandardOutput.write(listing.text(machines))
            return 0
        } catch let error as MachineListing.OptionError {
            StandardError.write("\(error)\n")
        } catch {
            // Whatever is wrong with etcd, this is what fleetd makes of it.
            StandardError.write(
                "Error retrieving list of active machines: googleapi: Error 503: fleet server unable to communicate with etcd\n"
            )
        }
        return 1
    }

    private func listUnits(_ options: [String]) -> Int32 {
        if !options.contains(where: { $0.hasSuffix("-no-legend") }) {
            StandardOutput.write(TabTable.text([["UNIT", "MACHINE", "ACTIVE", "SUB"]]))
        }
        return 0
    }
}

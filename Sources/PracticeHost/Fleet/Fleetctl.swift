/// `fleetctl list-machines` (facts 5.1), `list-units` and `list-unit-files`.
///
/// The stand-in asks etcd itself, where the real one asks fleetd, which asks etcd. The answers and the error are
/// fleetd's.
struct Fleetctl: Sendable {
    static let version = "0.11.8"

    var registry = FleetRegistry()
    var jobs = FleetJobs()

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
        case "list-machines":
            return list("list of active machines") {
                try FleetListing(.machines, options: options).text(try registry.machines())
            }
        case "list-units":
            return list("list of units from repository") {
                try FleetListing(.units, options: options).text(try jobs.states(), try registry.machines())
            }
        case "list-unit-files":
            return list("list of units from repository") {
                try FleetListing(.files, options: options).text(try jobs.jobs())
            }
        case "--version", "-version", "version":
            StandardOutput.write("fleetctl version \(Self.version)\n")
            return 0
        default:
            StandardError.write(
                "fleetctl: unknown subcommand: \"\(subcommand)\"\nRun 'fleetctl help' for usage.\n")
            return 2
        }
    }

    /// - Parameter what: as fleetctl names what it could not get.
    private func list(_ what: String, _ text: () throws -> String) -> Int32 {
        do {
            StandardOutput.write(try text())
            return 0
        } catch let error as FleetListing.OptionError {
            StandardError.write("\(error)\n")
        } catch {
            // Whatever is wrong with etcd, this is what fleetd makes of it.
            StandardError.write(
                "Error retrieving \(what): googleapi: Error 503: fleet server unable to communicate with etcd\n"
            )
        }
        return 1
    }
}

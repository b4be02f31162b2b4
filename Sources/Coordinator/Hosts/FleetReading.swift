import ClusterAnswers
import RolloutModel
import Rollouts

/// fleet's machines as one host's fleetctl lists them.
struct FleetReading: Sendable {
    var shell: HostShell

    func machines(seenBy host: HostID) async throws(HostFault) -> Set<MachineID> {
        Set(try await list(seenBy: host).machines.map { MachineID($0.id) })
    }

    /// The units that fleet is to run, and those of them that are active, in one command: the two belong to one moment.
    func units(seenBy host: HostID) async throws(HostFault) -> FleetUnits {
        let result = try await shell.run(
            host,
            HostCommand(
                """
                fleetctl list-unit-files --no-legend --fields=unit,dstate && echo @turnstile && \
                fleetctl list-units --no-legend --fields=unit,active
                """))
        let parts = result.outputText.split(separator: "@turnstile\n", omittingEmptySubsequences: false)
        guard result.exitStatus == 0, parts.count == 2 else {
            throw HostFault(host: host, kind: .commandFailed, why: "fleetctl list-units: \(result.ending)")
        }
        do {
            let launched = try FleetUnitList(String(parts[0])).entries.filter { $0.state == "launched" }
            let states = try FleetUnitList(String(parts[1])).entries
            func counted(_ entries: [FleetUnitList.Entry]) -> [String: Int] {
                Dictionary(entries.map { ($0.unit, 1) }, uniquingKeysWith: +)
            }
            return FleetUnits(
                active: counted(states.filter { $0.state == "active" }),
                launched: Set(launched.map(\.unit)), idle: counted(states.filter { $0.state != "active" }))
        } catch {
            throw HostFault(host: host, kind: .answerUnreadable, why: "\(error)")
        }
    }

    func list(seenBy host: HostID) async throws(HostFault) -> FleetMachineList {
        let result = try await shell.run(host, HostCommand("fleetctl list-machines --full --no-legend"))
        guard result.exitStatus == 0 else {
            throw HostFault(host: host, kind: .commandFailed, why: "fleetctl list-machines: \(result.ending)")
        }
        do {
            return try FleetMachineList(result.outputText)
        } catch {
            throw HostFault(host: host, kind: .answerUnreadable, why: "\(error)")
        }
    }
}

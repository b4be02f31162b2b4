import Driving
import HostFiles
import RolloutModel

/// fleet's machines as one host's fleetctl lists them.
struct FleetReading: Sendable {
    var shell: HostShell

    func machines(seenBy host: HostID) async throws(HostFault) -> Set<MachineID> {
        Set(try await list(seenBy: host).machines.map { MachineID($0.id) })
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

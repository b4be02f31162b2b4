import Coordinator
import RolloutModel
import Settings

/// The machines that a cluster lists, as hosts that can be reached.
struct ListedMachines {
    private(set) var hosts: [Configuration.HostAddress] = []
    /// The machines of which the cluster tells no address that this machine can use.
    private(set) var leftOut: [ClusterPicture.Machine] = []

    /// - Parameters:
    ///   - seed: stands for the machine that was asked, which is first where the cluster does not list it.
    ///   - known: stand for machines at their addresses.
    init(
        _ machines: [ClusterPicture.Machine], seed: Configuration.HostAddress,
        known: [Configuration.HostAddress]
    ) {
        if !machines.contains(where: \.isSeed) { hosts.append(seed) }
        for machine in machines {
            guard let host = machine.isSeed ? seed : Self.host(machine, like: seed, known) else {
                leftOut.append(machine)
                continue
            }
            // Two machines at one address are one host to ssh.
            if !hosts.contains(where: { $0.id == host.id }) { hosts.append(host) }
        }
    }

    private static func host(
        _ machine: ClusterPicture.Machine, like seed: Configuration.HostAddress,
        _ known: [Configuration.HostAddress]
    ) -> Configuration.HostAddress? {
        guard let address = machine.address, ConfigurationValue<String>.hostName.read(address) != nil else {
            return nil
        }
        return known.first { ($0.address ?? $0.name) == address }
            ?? Configuration.HostAddress(id: HostID(address), port: seed.port, user: seed.user)
    }
}

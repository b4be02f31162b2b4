import Coordinator
import Reports
import RolloutModel
import Rollouts
import Settings

/// Asks a cluster which hosts it has, through one of them.
struct ClusterDiscovery {
    var source: Source
    /// A host as a person writes it.
    var seed: String

    enum Source: String {
        case fleet
        case etcd
    }

    /// - Parameter overrides: flags that say how the seed is reached.
    func hosts(
        _ files: FileOptions, _ overrides: ConfigurationOverrides
    ) async throws(CommandFailure) -> [Configuration.HostAddress] {
        var asked = overrides
        asked.hosts = [seed]
        // The choice is among the hosts that are found.
        (asked.limit, asked.excluded) = (nil, [])
        let known = try files.load().hosts
        let configuration = try files.load(asked)
        guard let address = configuration.hosts.first else { return [] }
        let shell = HostShell.open(configuration)
        let found = await CheckupProgress.asking("which hosts there are", of: 1) {
            let answer = await self.found(by: address.id, shell, configuration.gates.etcdEndpoint)
            await shell.disconnect(address.id)
            return answer
        }
        let (hosts, leftOut) = try addresses(of: found, seed: address, known: known)
        leftOut.forEach { say("Left out: \($0)") }
        return hosts
    }

    private func found(
        by seed: HostID, _ shell: HostShell, _ etcdEndpoint: EtcdEndpoint
    ) async -> Result<[HostDiscovery.Found], HostFault> {
        let discovery = HostDiscovery(shell: shell, etcdEndpoint: etcdEndpoint)
        do throws(HostFault) {
            return switch source {
            case .fleet: .success(try await discovery.machines(seenBy: seed))
            case .etcd: .success(try await discovery.members(seenBy: seed))
            }
        } catch {
            return .failure(error)
        }
    }

    /// The found hosts with their addresses. A host in the configuration is reached as configured there, others like
    /// the seed. A host listed at a loopback address is left out and named, because that address leads to the
    /// operator's machine.
    ///
    /// - Throws: `CommandFailure` also if the cluster does not tell a host's address. Without an error the remaining
    ///   hosts would look like the whole cluster.
    func addresses(
        of found: Result<[HostDiscovery.Found], HostFault>, seed: Configuration.HostAddress,
        known: [Configuration.HostAddress]
    ) throws(CommandFailure) -> (hosts: [Configuration.HostAddress], leftOut: [String]) {
        let hosts: [HostDiscovery.Found]
        switch found {
        case .failure(let fault):
            throw CommandFailure(
                .failed, "cannot ask \(source) for its hosts through '\(fault.host)': \(fault.why)")
        case .success(let answer): hosts = answer
        }
        guard !hosts.isEmpty else {
            throw CommandFailure(.failed, "\(source) knows of no host, as '\(seed.id)' sees it")
        }
        var addresses: [Configuration.HostAddress] = []
        var leftOut: [String] = []
        for host in hosts {
            if let own = host.ownAddress {
                leftOut.append(
                    "\(source) lists \(host.name.quotedForError) at \(own.quotedForError), where every machine finds itself. "
                        + "Name it yourself, as an argument or with --hosts-file")
                continue
            }
            guard let place = host.address, let specification = HostSpecification(place),
                specification.user == nil, specification.port == nil
            else {
                let what = host.address.map { "the address \($0.quotedForError)" } ?? "no address"
                throw CommandFailure(
                    .failed,
                    "\(source) says of \(host.name.quotedForError) that it has \(what). Name the hosts yourself, as "
                        + "arguments or with --hosts-file")
            }
            let configured = known.first { ($0.address ?? $0.name) == place }
            let address =
                configured ?? Configuration.HostAddress(id: HostID(place), port: seed.port, user: seed.user)
            // Two machines at one address are one host to ssh.
            if !addresses.contains(where: { $0.id == address.id }) { addresses.append(address) }
        }
        guard !addresses.isEmpty else {
            throw CommandFailure(.failed, leftOut.joined(separator: "\n"))
        }
        return (addresses, leftOut)
    }
}

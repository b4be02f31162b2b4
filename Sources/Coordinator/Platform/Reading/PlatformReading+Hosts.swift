public import RolloutModel
import Rollouts

extension PlatformReading {
    /// True if a host says that it runs on Amazon's machines.
    public func isOnAmazon() async -> Bool {
        let (_, said) = await asked { host throws(HostFault) in
            try await shell.run(
                host,
                HostCommand(
                    """
                    cat /sys/hypervisor/uuid /sys/class/dmi/id/sys_vendor /sys/class/dmi/id/bios_version 2>/dev/null; :
                    """))
        }
        let lines = said.value?.outputText.lowercased().split(separator: "\n") ?? []
        return lines.contains { $0.hasPrefix("ec2") || $0.contains("amazon") }
    }

    /// The hosts on which a deisctl that was asked for before still runs. Every host is asked, as a host
    /// that does not answer may have one.
    func commandsAtWork() async -> Observation<[HostID]> {
        await withTaskGroup(of: (HostID, Observation<Bool>).self) { group in
            for host in hosts { group.addTask { (host, await isAtWork(host)) } }
            var busy: [HostID] = []
            var unknown: String?
            for await (host, isAtWork) in group {
                switch isAtWork {
                case .seen(true): busy.append(host)
                case .seen(false): break
                case .unknown(let why): unknown = "through '\(host)': \(why)"
                }
            }
            return unknown.map { .unknown($0) } ?? .seen(busy.sorted())
        }
    }

    private func isAtWork(_ host: HostID) async -> Observation<Bool> {
        do throws(HostFault) {
            let result = try await shell.run(host, HostCommand(DeisctlScript.busy))
            guard result.exitStatus == 0 else { return .unknown(result.ending) }
            return .seen(result.outputText == "busy\n")
        } catch {
            return .unknown(error.why)
        }
    }

    /// The version that a deisctl tells of itself, run on a host of the cluster.
    public func version(of package: DeisctlPackage) async -> Observation<PlatformVersion> {
        let runner = DeisctlRunner(shell: shell, package: package)
        let (_, version) = await asked { host throws(HostFault) in try await runner.version(on: host) }
        switch version {
        case .unknown(let why): return .unknown(why)
        case .seen(let version): return version
        }
    }
}

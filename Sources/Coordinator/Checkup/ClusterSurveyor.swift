import ClusterAnswers
import HostFiles
import RolloutModel
import Rollouts

/// Looks at a cluster through one host, and changes nothing.
public struct ClusterSurveyor: Sendable {
    let shell: HostShell
    /// Told what is asked for.
    let notify: @Sendable (String) -> Void

    public init(shell: HostShell, notify: @escaping @Sendable (String) -> Void = { _ in }) {
        self.shell = shell
        self.notify = notify
    }

    /// - Throws: `HostFault` where no command runs there, or it does not say what it runs.
    public func picture(through seed: HostID) async throws(HostFault) -> ClusterPicture {
        notify("sudo and services")
        let probe = HostProbe(try await shell.run(seed, HostCommand(HostProbe.question)), on: seed)
        notify("versions")
        let audit = try await audit(seed)
        notify("etcd")
        let etcd = await etcd(seed, probe)
        notify("fleet")
        let hosts = await hosts(seed, probe, audit, etcd)
        return ClusterPicture(
            seed: seed, audit: audit, hosts: hosts, fleet: ClusterPicture.Fleet(probe), etcd: etcd,
            hasKubelet: probe.isActive("kubelet"), hasZincati: probe.isActive("zincati"),
            semaphores: await semaphores(seed, etcd))
    }

    private func audit(_ seed: HostID) async throws(HostFault) -> HostAudit {
        let question = AuditQuestion(etcd: .usual, deadline: .seconds(30))
        guard case .success(let command) = question.command else {
            throw HostFault(host: seed, kind: .answerUnreadable, why: "its audit cannot be asked for")
        }
        let audit = AuditAnswer(try await shell.run(seed, command)).audit(of: seed)
        if let fault = audit.fault { throw HostFault(host: seed, kind: .answerUnreadable, why: fault) }
        return audit
    }

    private func etcd(_ seed: HostID, _ probe: HostProbe) async -> ClusterPicture.Etcd {
        if let place = await EtcdSearch(shell: shell).find(on: seed, probe) {
            let reading = EtcdReading(shell: shell, endpoint: EtcdEndpoint(place, credentials: nil))
            guard case .member(_, let server)? = try? await reading.seat(on: seed) else {
                return .answers(place, version: nil)
            }
            return .answers(place, version: server)
        }
        do throws(HostFault) {
            let seat = try await EtcdReading(shell: shell, endpoint: .usual).seat(on: seed)
            if case .ancient(let server) = seat {
                return .unknown(why: "etcd \(server) runs there, which tells no members")
            }
            return .absent
        } catch {
            return .unknown(why: error.why)
        }
    }

    // MARK: Hosts

    private func hosts(
        _ seed: HostID, _ probe: HostProbe, _ audit: HostAudit, _ etcd: ClusterPicture.Etcd
    ) async -> ClusterPicture.Hosts {
        var complaints: [String] = []
        if probe.isActive("fleet") == true {
            do throws(HostFault) {
                let discovery = HostDiscovery(shell: shell, etcdEndpoint: .usual)
                return .found(
                    await machines(try await discovery.machines(seenBy: seed), seed, audit), by: .fleet)
            } catch {
                complaints.append(error.why)
            }
        }
        if case .answers(let place, _) = etcd {
            do throws(HostFault) {
                let endpoint = EtcdEndpoint(place, credentials: nil)
                let discovery = HostDiscovery(shell: shell, etcdEndpoint: endpoint)
                return .found(
                    await machines(try await discovery.members(seenBy: seed), seed, audit), by: .etcd)
            } catch {
                complaints.append(error.why)
            }
        }
        return .unknown(
            why: complaints.isEmpty
                ? "neither fleet nor etcd answers there" : complaints.joined(separator: "; "))
    }

    private func machines(
        _ found: [HostDiscovery.Found], _ seed: HostID, _ audit: HostAudit
    ) async -> [ClusterPicture.Machine] {
        let own = try? await HostAddresses(shell: shell).address(of: seed, for: "gates.etcd.endpoint")
        return found.map { each in
            let isAt =
                own.map { own in each.address.flatMap { IPAddress($0) } == IPAddress(own.text) } ?? false
            return ClusterPicture.Machine(
                name: each.name, address: each.address, isSeed: isAt || each.name == audit.machineID)
        }
    }

    private func semaphores(
        _ seed: HostID, _ etcd: ClusterPicture.Etcd
    ) async -> Observation<[RebootSemaphore]>? {
        guard case .answers(let place, _) = etcd else { return nil }
        let store = SemaphoreStore.etcd(
            shell: shell, hosts: [seed], endpoint: EtcdEndpoint(place, credentials: nil))
        do throws(LockFault) {
            return .seen(try await store.read().map(\.semaphore))
        } catch {
            return .unknown(error.why)
        }
    }
}

extension ClusterPicture.Fleet {
    init(_ probe: HostProbe) {
        switch (probe.has("fleet"), probe.isActive("fleet")) {
        case (nil, _): self = .unknown(why: "systemd told nothing of fleet.service")
        case (false?, _): self = .absent
        case (true?, true?): self = Self.running(probe)
        case (true?, _): self = .unknown(why: "fleet.service is not active")
        }
    }

    private static func running(_ probe: HostProbe) -> ClusterPicture.Fleet {
        if let denial = probe.denial { return .unknown(why: denial.said) }
        return probe.fleetTTL.map { .runs(ttl: $0.ttl, place: $0.place) }
            ?? .unknown(why: "its agent_ttl is no duration")
    }
}

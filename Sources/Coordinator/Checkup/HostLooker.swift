import HostFiles
public import RolloutModel
import Rollouts

/// Looks at hosts, one session each, and changes nothing.
public struct HostLooker: Sendable {
    let shell: HostShell
    let etcd: EtcdEndpoint
    let asksFleet: Bool
    let asksEtcd: Bool
    let now: @Sendable () -> Moment
    /// Told what a host is asked for.
    let notify: @Sendable (HostID, String) -> Void

    public init(
        shell: HostShell, etcd: EtcdEndpoint, asksFleet: Bool, asksEtcd: Bool,
        now: @escaping @Sendable () -> Moment,
        notify: @escaping @Sendable (HostID, String) -> Void = { _, _ in }
    ) {
        self.shell = shell
        self.etcd = etcd
        self.asksFleet = asksFleet
        self.asksEtcd = asksEtcd
        self.now = now
        self.notify = notify
    }

    public func look(at host: HostID) async -> HostLook {
        do throws(HostFault) {
            return try await seen(host)
        } catch {
            return HostLook(host: host, fault: error)
        }
    }

    private func seen(_ host: HostID) async throws(HostFault) -> HostLook {
        notify(host, "connection")
        // The session is open before the clock is read: how long a login takes says nothing about a clock.
        _ = try await shell.run(host, HostCommand("true"))
        var look = HostLook(host: host)
        notify(host, "sudo and clock")
        let asked = now()
        let probe = HostProbe(try await shell.run(host, HostCommand(HostProbe.question)), on: host)
        let answered = now()
        look.probe = probe
        look.clock = probe.clock.map { ClockReading(shown: $0, asked: asked, answered: answered) }
        notify(host, "versions, fleet and etcd")
        async let audit = audit(host)
        async let machines = machines(host, probe)
        async let seat = seat(host)
        look.audit = await audit
        look.machines = await machines
        look.seat = await seat
        if case .unknown? = look.seat {
            notify(host, "its own etcd")
            look.etcdElsewhere = await EtcdSearch(shell: shell, credentials: etcd.credentials).find(
                on: host, probe)
        }
        return look
    }

    /// On the host's one session: an audit's own would ask a person for another password.
    private func audit(_ host: HostID) async -> HostAudit? {
        guard case .success(let command) = AuditQuestion(etcd: etcd, deadline: .seconds(30)).command,
            let result = try? await shell.run(host, command)
        else { return nil }
        return AuditAnswer(result).audit(of: host)
    }

    private func machines(_ host: HostID, _ probe: HostProbe) async -> Observation<Set<MachineID>>? {
        guard asksFleet, probe.has("fleet") != false else { return nil }
        return await observed { () throws(HostFault) in
            try await FleetReading(shell: shell).machines(seenBy: host)
        }
    }

    private func seat(_ host: HostID) async -> Observation<EtcdSeat>? {
        guard asksEtcd else { return nil }
        return await observed { () throws(HostFault) in
            try await EtcdReading(shell: shell, endpoint: etcd).seat(on: host)
        }
    }

    private func observed<Value>(
        _ ask: () async throws(HostFault) -> Value
    ) async -> Observation<Value> {
        do throws(HostFault) {
            return .seen(try await ask())
        } catch {
            return .unknown(error.why)
        }
    }
}

import AgentProtocol
import RolloutModel
import Rollouts

extension HostAccess {
    /// Everything through commands on the hosts.
    public static func live(
        shell: HostShell, etcd endpoint: EtcdEndpoint, lookouts: [Lookout] = []
    ) -> HostAccess {
        @Sendable func agent(_ host: HostID) -> AgentConversation {
            AgentConversation(shell: shell, host: host)
        }
        let fleet = FleetReading(shell: shell)
        let deis = DeisReading(shell: shell)
        let etcd = EtcdReading(shell: shell, endpoint: endpoint)
        return HostAccess(
            report: { host throws(HostFault) in try await agent(host).report() },
            stage: { host, request, onProgress throws(HostFault) in
                try await agent(host).perform(
                    request, deadline: request.deadline + answerTime,
                    onProgress: onProgress)
            },
            arm: { host, request, onProgress throws(HostFault) in
                try await agent(host).perform(
                    request, deadline: request.deadline + answerTime,
                    onProgress: onProgress)
            },
            reboot: { host, request throws(HostFault) in
                try await agent(host).perform(
                    request, deadline: answerTime, onProgress: { _ in })
            },
            commit: { host, request, onProgress throws(HostFault) in
                try await agent(host).perform(
                    request, deadline: request.deadline + answerTime,
                    onProgress: onProgress)
            },
            rollback: { host, request throws(HostFault) in
                try await agent(host).perform(
                    request, deadline: answerTime, onProgress: { _ in })
            },
            abandon: { host, request, onProgress throws(HostFault) in
                try await agent(host).perform(
                    request, deadline: request.deadline + answerTime,
                    onProgress: onProgress)
            },
            claim: { host, request throws(HostFault) in
                try await agent(host).perform(
                    request, deadline: answerTime, onProgress: { _ in })
            },
            release: { host, request throws(HostFault) in
                try await agent(host).perform(
                    request, deadline: answerTime, onProgress: { _ in })
            },
            machines: { host throws(HostFault) in try await fleet.machines(seenBy: host) },
            fleetRegistry: { host throws(HostFault) in try await etcd.fleetRegistry(seenBy: host) },
            units: { host throws(HostFault) in try await fleet.units(seenBy: host) },
            deis: { host throws(HostFault) in try await deis.components(seenBy: host) },
            etcd: { host throws(HostFault) in try await etcd.view(from: host) },
            moveLeader: { host throws(HostFault) in try await etcd.moveLeader(awayFrom: host) },
            seat: { host throws(HostFault) in try await etcd.seat(on: host) },
            disconnect: shell.disconnect, lookouts: lookouts)
    }

    /// The time that an agent gets beyond its own deadline, to bring its host to rest and say so.
    private static let answerTime = Duration.seconds(60)
}

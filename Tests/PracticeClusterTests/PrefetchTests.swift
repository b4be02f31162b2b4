import AgentProtocol
import Foundation
import Testing

/// Hosts whose update was downloaded ahead, and is armed in their turn alone.
extension PracticeClusterTests {
    enum Accident: String, CaseIterable, Sendable {
        case powerCut = "the power goes"
        case reboot = "somebody reboots it"
    }

    /// Back on the old system, committed, and the cluster whole; and then the rollout goes through, without a download.
    @Test(arguments: Accident.allCases)
    func whatWasDownloadedAheadIsInNoBootOrder(accident: Accident) async throws {
        try await PracticeCluster.with { cluster in
            let found = try await HostEvidence.readAll(cluster)
            for host in cluster.names {
                let answer = try await PracticeAgent(cluster: cluster, host: host).prefetch()
                guard case .prefetched(let update)? = answer else {
                    throw PracticeCluster.Failure(what: "\(host): \(String(describing: answer))")
                }
                #expect(update.version == "1409.7.0" && update.evidence.contains(.partition))
                #expect(!update.partitions.other.isBootable && update.partitions.other.priority == 0)
            }
            #expect(try await HostEvidence.readAll(cluster) == found)

            let host = "practice-2"
            switch accident {
            case .powerCut:
                try await cluster.fault(host, "power-cut")
                try await cluster.fault(host, "power-cut", off: true)
                try await PracticeAgent(cluster: cluster, host: host).awaitAnswer()
            case .reboot: try await cluster.reboot(host)
            }
            let report = try await PracticeAgent(cluster: cluster, host: host).awaitRest()
            #expect(report.agent.phase == .prefetched && report.agent.prefetch?.version == "1409.7.0")
            #expect(report.agent.prefetch?.bootID != report.bootID)
            let back = try await HostEvidence.read(cluster, host)
            let old = try #require(found[host])
            #expect(back.version == "1353.8.0" && back.attributes == old.attributes, "\(back)")
            #expect(back.booted == old.booted && back.boots == old.boots + 1, "\(back)")
            #expect(back.engineEnabled == "masked" && back.engineActive == "inactive", "\(back)")
            #expect(back.updateConfiguration == old.updateConfiguration)

            let before = try await HostEvidence.readAll(cluster)
            let upgrade = try await cluster.turnstile(["upgrade", "--yes", "--output", "json"])
            #expect(upgrade.status == 0, "\(upgrade)")
            try await expectUpgradedOnce(cluster, since: before)
            for host in cluster.names {
                let log = try await cluster.onHost(
                    host, "journalctl -u turnstile-agent.service -o cat -q --no-pager")
                #expect(log.contains("verb=arm") && !log.contains("verb=stage"), "\(host): \(log)")
            }
            try await expectFree(cluster)
        }
    }

    /// Whatever was done to the partition meanwhile has a name, and nothing is armed.
    @Test func aPartitionThatWasWrittenToIsNotArmed() async throws {
        try await PracticeCluster.with(["--hosts", "1"]) { cluster in
            let agent = PracticeAgent(cluster: cluster)
            guard case .prefetched(let update)? = try await agent.prefetch() else {
                throw PracticeCluster.Failure(what: "nothing was downloaded ahead")
            }
            // The last bytes of the 64 MiB: its os-release is as it was.
            let device = update.partitions.other.device
            try await cluster.onHost(
                agent.host, "printf x | dd of=\(device) bs=1 seek=67108800 conv=notrunc,fsync")
            let answer = try await agent.arm()
            guard case .prefetchDoubted(let doubted)? = answer else {
                throw PracticeCluster.Failure(what: String(describing: answer))
            }
            #expect(doubted.doubt == .partitionRewritten && doubted.isGivenUp)
            let report = try await agent.report()
            #expect(report.agent.phase == .idle && report.partitions?.other.isBootable == false)
            #expect(try await agent.withHigherToken().arm().refusal?.reason == .phaseUnsuitable)
        }
    }
}

extension PracticeAgent {
    func prefetch(target: String? = nil, seconds: Int = 120) async throws -> AgentMessage? {
        try await ask(
            PrefetchRequest(
                authority: authority, group: nil, server: nil, target: target, acceptsRevert: false,
                engineRest: .masked, deadline: .seconds(seconds))
        ).last
    }

    func arm(_ version: String = "1409.7.0", seconds: Int = 120) async throws -> AgentMessage? {
        try await ask(
            ArmRequest(
                authority: authority, version: version, group: nil, server: nil, engineRest: .masked,
                etcdVersion: nil, deadline: .seconds(seconds))
        ).last
    }
}

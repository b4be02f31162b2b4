import Foundation
import Subprocess
import SystemPackage
import Testing

/// Undoing: `abandon`, and `rollback` before the commit, after it, and where it is too late.
extension PracticeClusterTests {
    // MARK: abandon

    /// The staged update is disarmed, every file is as it was, and the next boot takes the running partition.
    @Test func anAbandonedRolloutLeavesItsHostsAsItFoundThem() async throws {
        try await PracticeCluster.with { cluster in
            let before = try await HostEvidence.readAll(cluster)
            let belongings = try await Belongings.read(cluster, "practice-1")
            try await leaveStaged(cluster, "practice-1")
            #expect(try await Belongings.read(cluster, "practice-1") != belongings)

            let abandon = try await cluster.turnstile(["abandon", "--yes", "--output", "json"])
            #expect(abandon.status == 0, "\(abandon)")
            #expect(abandon.output.contains(#""state" : "abandoned""#), "\(abandon)")
            #expect(abandon.output.contains("1409.7.0 on USR-B is disarmed"), "\(abandon)")
            #expect(abandon.output.contains("update.conf is as it was found"), "\(abandon)")
            #expect(abandon.errors.contains("practice-1"), "\(abandon)")
            try await expectFree(cluster)
            #expect(try await Belongings.read(cluster, "practice-1") == belongings)
            #expect(try await HostEvidence.readAll(cluster) == before)

            let again = try await cluster.turnstile(["resume"])
            #expect(again.status == 64 && again.errors.contains("no rollout is under way"), "\(again)")
            try await cluster.reboot("practice-1")
            let after = try await HostEvidence.read(cluster, "practice-1")
            #expect(after.version == "1353.8.0" && after.booted == before["practice-1"]?.booted)
        }
    }

    /// The journal is gone with the laptop. The hosts know enough, once a person says that its turnstile is dead.
    @Test func hostsAreGivenBackWithoutAJournal() async throws {
        try await PracticeCluster.with { cluster in
            let before = try await HostEvidence.readAll(cluster)
            let belongings = try await Belongings.read(cluster, "practice-1")
            try await leaveStaged(cluster, "practice-1")
            let rollout = try #require(try await LockEvidence.read(cluster).kept?.holder?.rollout)
            try FileManager.default.removeItem(atPath: "\(cluster.directory)/journal")

            let upgrade = try await cluster.turnstile(["upgrade", "--yes"])
            #expect(upgrade.status == 2, "\(upgrade)")
            #expect(
                upgrade.errors.contains(
                    "unlock \(rollout)', then 'turnstile --config \(cluster.configPath) abandon --host practice-1'"
                ),
                "\(upgrade)")
            let early = try await cluster.turnstile(["abandon", "--yes", "--host", "practice-1"])
            #expect(early.status == 2, "\(early)")
            #expect(early.errors.contains(" unlock \(rollout)' frees the cluster"), "\(early)")
            #expect(try await Belongings.read(cluster, "practice-1") != belongings)

            let unlock = try await cluster.turnstile(["unlock", rollout, "--yes"])
            #expect(unlock.status == 0, "\(unlock)")
            let abandon = try await cluster.turnstile(["abandon", "--yes", "--host", "practice-1"])
            #expect(abandon.status == 0, "\(abandon)")
            #expect(try await Belongings.read(cluster, "practice-1") == belongings)
            #expect(try await HostEvidence.readAll(cluster) == before)
            try await expectFree(cluster)
        }
    }

    /// A host is away: the command names it, gives the others back, and goes on when it is repeated.
    @Test func aHostThatIsAwayIsGivenBackLater() async throws {
        try await PracticeCluster.with { cluster in
            let belongings = try await Belongings.read(cluster, "practice-1")
            try await leaveStaged(cluster, "practice-1")
            try await cluster.fault("practice-1", "ssh-down")
            let early = try await cluster.turnstile(["abandon", "--yes"])
            #expect(early.status == 2, "\(early)")
            #expect(early.errors.contains("abandon of host 'practice-1' failed"), "\(early)")
            try await cluster.fault("practice-1", "ssh-down", off: true)
            let abandon = try await cluster.turnstile(["abandon", "--yes"])
            #expect(abandon.status == 0, "\(abandon)")
            #expect(try await Belongings.read(cluster, "practice-1") == belongings)
        }
    }

    /// Leaves a rollout whose turnstile died while its first host downloaded; the host goes on by itself.
    private func leaveStaged(_ cluster: PracticeCluster, _ host: String) async throws {
        let report = { @Sendable in try await cluster.onHost(host, "/opt/bin/turnstile-agent report") }
        try await cluster.fault(host, "engine-stuck", "DOWNLOADING")
        try await killOnce(
            cluster, ["upgrade", "--yes", "--group", "beta"], when: "the download of \(host)"
        ) {
            try await report().contains("UPDATE_STATUS_DOWNLOADING")
        }
        try await cluster.fault(host, "engine-stuck", off: true)
        try await cluster.until("\(host) to be staged", on: host) {
            try await report().contains(#""phase":"staged""#) ? () : nil
        }
    }

    // MARK: rollback

    @Test func aHostThatIsNotCommittedGoesBackAndIsUpgradedOnlyByAWord() async throws {
        try await PracticeCluster.with { cluster in
            let before = try await HostEvidence.readAll(cluster)
            try await cluster.fault("practice-1", "setgood-fail")
            let upgrade = try await cluster.turnstile(["upgrade", "--yes"])
            #expect(
                upgrade.status == 2 && upgrade.errors.contains("commit of host 'practice-1'"), "\(upgrade)")
            #expect(try await HostEvidence.read(cluster, "practice-1").version == "1409.7.0")

            let early = try await cluster.turnstile(["abandon", "--yes"])
            #expect(early.status == 2 && early.errors.contains(" resume r-"), "\(early)")

            let rollback = try await cluster.turnstile(["rollback", "practice-1", "--yes"])
            #expect(rollback.status == 0, "\(rollback)")
            try await expectBack(cluster, "practice-1", before)

            let resume = try await cluster.turnstile(["resume"])
            #expect(
                resume.status == 2 && resume.errors.contains("was rolled back from 1409.7.0"), "\(resume)")
            #expect(try await HostEvidence.read(cluster, "practice-1").version == "1353.8.0")
            try await cluster.fault("practice-1", "setgood-fail", off: true)
            let retry = try await cluster.turnstile(["resume", "--retry-reverted"])
            #expect(retry.status == 0, "\(retry)")
            #expect(try await HostEvidence.readAll(cluster).values.allSatisfy { $0.version == "1409.7.0" })
        }
    }

    /// A single host of three is upgraded and committed: the cluster still has the old etcd, and a rollback is
    /// possible.
    @Test func aCommittedHostGoesBackWhileEtcdAllowsIt() async throws {
        try await PracticeCluster.with { cluster in
            let before = try await HostEvidence.readAll(cluster)
            let upgrade = try await cluster.turnstile(["upgrade", "--yes", "--stop-after", "1"])
            #expect(upgrade.status == 0, "\(upgrade)")
            let rollback = try await cluster.turnstile(["rollback", "practice-1", "--yes"])
            #expect(rollback.status == 0, "\(rollback)")
            #expect(rollback.errors.contains("resume r-"), "\(rollback)")
            try await expectBack(cluster, "practice-1", before)
            #expect(try await HostEvidence.read(cluster, "practice-1").attributes.hasSuffix("/0/1"))

            let abandon = try await cluster.turnstile(["abandon", "--yes"])
            #expect(abandon.status == 0, "\(abandon)")
            try await expectFree(cluster)
            // The host stays on its old partition at every boot, once it was rolled back.
            try await cluster.reboot("practice-1")
            #expect(try await HostEvidence.read(cluster, "practice-1").version == "1353.8.0")
        }
    }

    @Test func afterTheLastMemberThereIsNoWayBackAndItIsSaid() async throws {
        try await PracticeCluster.with { cluster in
            let upgrade = try await cluster.turnstile(["upgrade", "--yes"])
            #expect(upgrade.status == 0, "\(upgrade)")
            try await awaitClusterVersion(cluster, "3.5.0")
            let before = try await HostEvidence.readAll(cluster)
            let rollback = try await cluster.turnstile(["rollback", "practice-2", "--yes"])
            #expect(rollback.status == 2, "\(rollback)")
            #expect(
                rollback.errors.contains(
                    "the cluster version rose to 3.5 when the last member was upgraded; etcd 3.4 of USR-A would not start"
                ), "\(rollback)")
            #expect(try await HostEvidence.readAll(cluster) == before)
        }
    }

    /// fleet does not come back with the new version: the host is rolled back at once, and both reasons are given.
    @Test func onFailureRollbackTakesAHostBackByItself() async throws {
        try await PracticeCluster.with { cluster in
            let before = try await HostEvidence.readAll(cluster)
            try cluster.setTimeout("rejoin", to: "20s")
            // fleet runs until the reboot, and the next boot does not start it.
            try await cluster.onHost("practice-1", "systemctl --quiet disable fleet.service")
            let upgrade = try await cluster.turnstile(["upgrade", "--yes", "--on-failure", "rollback"])
            #expect(upgrade.status == 2, "\(upgrade)")
            #expect(upgrade.errors.contains("missing from fleetctl list-machines"), "\(upgrade)")
            #expect(upgrade.errors.contains("was rolled back from 1409.7.0, and runs 1353.8.0"), "\(upgrade)")
            try await cluster.onHost("practice-1", "systemctl --quiet enable --now fleet.service")
            try await expectBack(cluster, "practice-1", before)
        }
    }

    /// turnstile dies while the host is on its single try: the host goes back by itself after a time, and is named
    /// afterwards.
    @Test func aHostWithADeadManGoesBackByItself() async throws {
        try await PracticeCluster.with { cluster in
            let before = try await HostEvidence.readAll(cluster)
            try cluster.setTimeout("rejoin", to: "20s")
            try cluster.setTimeout("commit", to: "20s")
            try await killWhenJournalled(
                cluster, ["upgrade", "--yes", "--dead-man", "1"], [#""event":{"returned":"#])
            try await cluster.until("practice-1 to go back by itself", on: "practice-1") {
                let version = try? await cluster.onHost("practice-1", ". /etc/os-release; echo $VERSION_ID")
                return version != "1353.8.0" ? nil : try await cluster.isReached("practice-1") ? () : nil
            }
            try await expectBack(cluster, "practice-1", before)
            let resume = try await cluster.turnstile(["resume"])
            #expect(resume.status == 2, "\(resume)")
            #expect(resume.errors.contains("host 'practice-1' reverted"), "\(resume)")
            #expect(resume.errors.contains("--retry-reverted"), "\(resume)")
            try await expectBack(cluster, "practice-1", before)
        }
    }

    /// Checks that the host is on its old partition after two boots, with everything else as it was found.
    private func expectBack(
        _ cluster: PracticeCluster, _ host: String, _ before: [String: HostEvidence]
    ) async throws {
        let (old, new) = (try #require(before[host]), try await HostEvidence.read(cluster, host))
        #expect(new.version == "1353.8.0" && new.booted == old.booted)
        #expect(new.boots == old.boots + 2)
        #expect(new.updateConfiguration == old.updateConfiguration)
        #expect(new.engineEnabled == "masked" && new.engineActive == "inactive")
    }

    private func awaitClusterVersion(_ cluster: PracticeCluster, _ version: String) async throws {
        try await cluster.until("etcd's cluster version to become \(version)") {
            let answer = try await cluster.onHost("practice-1", "curl -s http://127.0.0.1:2379/version")
            return answer.contains(#""etcdcluster":"\#(version)""#) ? () : nil
        }
    }
}

/// The state of a host that Turnstile may change, to the byte.
private struct Belongings: Hashable, Sendable {
    var text: String

    /// Owner, mode and bytes of update.conf; the mask; P/T/S of both partitions; the marker of a pending update.
    static func read(_ cluster: PracticeCluster, _ host: String) async throws -> Belongings {
        Belongings(
            text: try await cluster.onHost(
                host,
                """
                stat -c '%U %G %a' /etc/coreos/update.conf; sha256sum </etc/coreos/update.conf
                systemctl is-enabled update-engine.service || true
                systemctl is-active update-engine.service || true
                p=$(rootdev -s /usr); n=${p##*[!0-9]}; d=${p%p$n}
                for i in 3 4; do
                  echo "$i $(cgpt show -i $i -P $d)/$(cgpt show -i $i -T $d)/$(cgpt show -i $i -S $d)"
                done
                ls /run/update_engine_autoupdate_completed 2>/dev/null || true
                """))
    }
}

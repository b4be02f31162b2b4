import Foundation
import Testing

extension PracticeClusterTests {
    /// A host outside the rollout reboots itself by locksmith's semaphore: it waits until the rollout has ended, and
    /// then reboots. Where another host has the semaphore first, the rollout waits.
    @Test(.timeLimit(.minutes(20))) func whoRebootsByLocksmithWaitsForTheRollout() async throws {
        try await PracticeCluster.with { cluster in
            let other = "practice-3"
            #expect(try await cluster.locksmithHolders(other).isEmpty)
            try await expectHeldBySemaphore(cluster, of: other)

            let laptop = Operator(cluster: cluster, machine: "laptop")
            let before = try await HostEvidence.readAll(cluster)
            try await cluster.applyUpdate(other)
            async let upgrade = laptop.turnstile(["upgrade", "practice-1", "practice-2", "--yes"])
            try await laptop.awaitJournalled(.intent("stage", "practice-1"))
            let rollout = try #require(laptop.rollouts.first)
            #expect(
                JournalMark(words: [#""reserving":{"holder":"\#(rollout)""#]).isReached(in: laptop.journal))
            #expect(try await cluster.locksmithHolders(other) == [rollout])
            #expect(
                try await cluster.onHost(other, "locksmithctl lock me 2>&1 || true")
                    == "Error locking: semaphore is at 0")
            try await cluster.fault(other, "locksmithd", "etcd-lock")

            let outcome = try await upgrade
            #expect(outcome.status == 0, "\(outcome)")
            #expect(
                outcome.errors.contains(
                    "locksmith: no other host reboots itself meanwhile; 1 slot taken as \(rollout)"))
            try await cluster.awaitOtherBoot(of: other, than: try #require(before[other]).bootID)
            try await cluster.until("the semaphore to be free again", on: other) {
                try? await cluster.onHost(other, "locksmithctl status | grep 'Available: 1'")
            }
            let went = try await cluster.lastShutdown(of: other)
            for name in ["practice-1", "practice-2"] {
                let absence = try await Absence.read(cluster, name)
                #expect(absence.until < went, "\(other) went while \(absence) was out")
            }
            let log = try await cluster.onHost(
                other, "journalctl -b -1 -u locksmithd.service -o cat -q --no-pager")
            #expect(log.contains("Failed to acquire lock: semaphore is at 0"), "\(log)")
        }
    }

    /// A semaphore with a maximum of 0, and a group's semaphore with a holder, hold a plan. The remedies name commands
    /// that work.
    @Test(.timeLimit(.minutes(4))) func whatLocksmithctlSaysHoldsAPlan() async throws {
        try await PracticeCluster.with { cluster in
            try await cluster.onHost("practice-2", "locksmithctl set-max 0")
            let closed = try await cluster.turnstile(["plan"])
            #expect(closed.status == 2, "\(closed)")
            #expect(
                closed.errors.contains(
                    "locksmith: locksmith's semaphore has a maximum of 0: somebody set it so that no host may reboot"
                ),
                "\(closed)")
            try await cluster.onHost("practice-2", try Self.command(in: closed))

            try await cluster.onHost("practice-2", "locksmithctl -group='web/servers x' lock me")
            let held = try await cluster.turnstile(["plan"])
            #expect(held.status == 2, "\(held)")
            #expect(held.errors.contains("semaphore of group 'web/servers x' is held by 'me'"), "\(held)")
            try await cluster.onHost("practice-2", try Self.command(in: held))

            let open = try await cluster.turnstile(["plan"])
            #expect(open.status == 0, "\(open)")
            #expect(open.output.contains("also of group web/servers x"), "\(open)")
        }
    }

    /// The command that the hold says to run on a host.
    private static func command(in held: PracticeCluster.Outcome) throws -> String {
        let match = try #require(try /'(locksmithctl .*)' on a host/.firstMatch(in: held.errors), "\(held)")
        return String(match.1)
    }

    /// The hold names the host with the semaphore, and the command that frees it; no host is touched meanwhile.
    private func expectHeldBySemaphore(_ cluster: PracticeCluster, of other: String) async throws {
        let id = try await cluster.onHost(other, "locksmithctl lock && cat /etc/machine-id")
        let upgrade = try await cluster.turnstile(["upgrade", "--yes"])
        #expect(upgrade.status == 2, "\(upgrade)")
        for words in [
            "locksmith's semaphore is held by host '\(other)' (\(id.prefix(8))), seen so for",
            "'locksmithctl unlock \(id)' on a host",
        ] { #expect(upgrade.errors.contains(words), "\(upgrade)") }
        #expect(try await cluster.locksmithHolders(other) == [id])
        try await cluster.onHost(other, "locksmithctl unlock")
    }
}

extension PracticeCluster {
    /// The holders that locksmithctl lists; it makes the semaphore where there is none.
    func locksmithHolders(_ host: String) async throws -> [String] {
        let status = try await onHost(host, "locksmithctl status")
        let lines = status.split(separator: "\n").map(String.init)
        guard let title = lines.firstIndex(of: "MACHINE ID") else { return [] }
        return Array(lines[(title + 1)...])
    }

    /// Applies an update by hand. A locksmithd that begins to run would reboot for it at once.
    fileprivate func applyUpdate(_ host: String) async throws {
        try await onHost(
            host,
            """
            systemctl --quiet enable locksmithd.service
            systemctl --quiet unmask update-engine.service; systemctl start update-engine.service
            update_engine_client -update >/dev/null 2>&1
            """)
    }

    /// The time at which the boot before this one began to end, in microseconds since 1970.
    fileprivate func lastShutdown(of host: String) async throws -> Int64 {
        let text = try await onHost(
            host,
            """
            journalctl -b -1 -o json --output-fields=MESSAGE -q --no-pager | grep 'System is rebooting' | tail -n 1 \
              | sed 's/.*"__REALTIME_TIMESTAMP" *: *"\\([0-9]*\\)".*/\\1/'
            """)
        guard let time = Int64(text) else { throw Failure(what: "\(host) did not log its shutdown: \(text)") }
        return time
    }
}

import Foundation
import Testing

extension PracticeClusterTests {
    /// A real cluster with a fault: `plan` names the fault, and once it is repaired every gate is open again.
    @Test func whatIsWrongIsHeldAndWhatIsMendedPasses() async throws {
        // An entry outlives its host for long enough to be observed on a busy machine.
        try await PracticeCluster.with(["--fleet-ttl", "15s"]) { cluster in
            try await expectOpen(cluster)
            try await expectGates(cluster, status: 0, "3 of 3 members healthy: ", "lists 3 machines")

            // The host's mains are cut: fleet still lists the host, which must not count as alive.
            try await cluster.fault("practice-3", "power-cut")
            let machine = try await machineID(of: "practice-3", in: cluster)
            #expect(try await fleetLists(machine, cluster))
            try await expectHeld(cluster, "'practice-3' could not be read")
            try await cluster.fault("practice-3", "power-cut", off: true)
            try await expectOpen(cluster)

            // The host's network is gone: the others see the host neither in fleet nor in etcd.
            try await cluster.fault("practice-2", "network-down")
            try await expectHeld(cluster, "'practice-2' could not be read")
            try await cluster.fault("practice-2", "network-down", off: true)
            try await expectOpen(cluster)

            // fleetd is killed without a word. The host is well, etcd is well, and the entry stays for its TTL.
            try await cluster.onHost(
                "practice-2", "systemctl mask --runtime fleet && systemctl kill -s KILL fleet")
            #expect(try await fleetLists(try await machineID(of: "practice-2", in: cluster), cluster))
            try await expectHeld(cluster, "'practice-2'", "missing from fleetctl list-machines")
            try await cluster.onHost(
                "practice-2", "systemctl unmask --runtime fleet && systemctl start fleet")
            try await expectOpen(cluster)

            // The host has another etcd of its own, so its fleet gives another list than elsewhere.
            try await cluster.onHost("practice-3", Self.otherEtcd)
            try await expectHeld(
                cluster, "host 'practice-1'", "is missing from fleetctl list-machines on 'practice-3'")
            try await cluster.onHost(
                "practice-3", "systemctl stop other-etcd && systemctl start etcd-member")
            try await expectOpen(cluster)

            // An etcd 0.4 is reported at once, by whichever command, and no rollout is begun.
            try await expectAncientHeld(cluster)

            // A member less: that host's etcd ends, and its fleet cannot answer any more.
            try await cluster.onHost(
                "practice-1",
                "etcdctl member remove $(etcdctl member list | grep \(machine) | cut -d, -f1) >/dev/null")
            try await expectHeld(cluster, "could not be read through 'practice-3'", "etcd")
            try await expectGates(cluster, status: 2, "practice-3")
        }
    }

    /// Every gate is told in one look, whatever holds.
    private func expectGates(_ cluster: PracticeCluster, status: Int32, _ words: String...) async throws {
        let gates = try await cluster.turnstile(["gates"])
        #expect(gates.status == status, "\(gates)")
        for word in words { #expect(gates.output.contains(word), "\(gates)") }
        let heads = gates.output.split(separator: "\n").filter { !$0.hasPrefix(" ") }
        #expect(
            heads.contains { $0.hasPrefix("etcd ") } && heads.contains { $0.hasPrefix("fleet ") }, "\(gates)")
    }

    private static let otherEtcd = """
        systemctl stop etcd-member && systemd-run --quiet --unit=other-etcd --property=Type=notify etcd --name=other \
          --data-dir=/run/other-etcd --enable-v2
        """

    /// Starts an etcd on each host that answers as 0.4 does, on 0.4's own port, beside the etcd that fleet uses.
    private func expectAncientHeld(_ cluster: PracticeCluster) async throws {
        let plain = try String(contentsOfFile: cluster.configPath, encoding: .utf8)
        let config = cluster.directory + "/ancient.yaml"
        try plain.replacing("http://127.0.0.1:2379", with: "http://127.0.0.1:4001").write(
            toFile: config, atomically: true, encoding: .utf8)
        let program = try String(
            contentsOfFile: PracticeCluster.root + "/Scripts/practice.d/etcd-0.4.pl", encoding: .utf8)
        for name in cluster.names {
            try await cluster.onHost(
                name,
                """
                echo \(Data(program.utf8).base64EncodedString()) | base64 -d >/run/etcd-0.4.pl
                systemd-run --quiet --unit=ancient-etcd perl /run/etcd-0.4.pl
                """)
        }
        let before = try await HostEvidence.readAll(cluster)
        for command in [["plan"], ["plan", "--to", "1353.9.0"], ["upgrade", "--yes"]] {
            let outcome = try await cluster.run(
                PracticeCluster.turnstilePath, ["--config", config] + command)
            #expect(outcome.status == 2, "\(command): \(outcome)")
            for words in [
                "etcd 0.4.9 runs on host 'practice-1': it tells neither its members nor their health",
                "move the cluster to etcd 2 first, all members at once",
            ] { #expect(outcome.errors.contains(words), "\(command): \(outcome)") }
        }
        #expect(try await HostEvidence.readAll(cluster) == before)
        for name in cluster.names { try await cluster.onHost(name, "systemctl stop ancient-etcd") }
    }

    /// The host whose member leads hands leadership on before it reboots, when that is asked for. The leader also moves
    /// again and again while hosts are upgraded, which concerns no gate.
    @Test func leadershipIsHandedOnAndMayMoveMeanwhile() async throws {
        try await PracticeCluster.with { cluster in
            let first = try await cluster.onHost("practice-1", Self.ownMember)
            for name in cluster.names {
                _ = try await cluster.onHost(name, "etcdctl move-leader \(first) >/dev/null 2>&1 || true")
            }
            let upgrade = try await cluster.turnstile([
                "upgrade", "--yes", "--move-leader", "--stop-after", "1",
            ])
            #expect(upgrade.status == 0, "\(upgrade)")
            #expect(upgrade.errors.contains("etcd's leadership handed on to"), "\(upgrade)")
            #expect(try await HostEvidence.readAll(cluster)["practice-1"]?.version == "1409.7.0")

            async let resume = cluster.turnstile(["resume", "--yes"])
            let moves = Task {
                var moved = 0
                while !Task.isCancelled {
                    for name in cluster.names where !Task.isCancelled {
                        if (try? await cluster.onHost(name, Self.moveLeaderAway)) == "moved" { moved += 1 }
                        try? await Task.sleep(for: .seconds(2))
                    }
                }
                return moved
            }
            let outcome = try await resume
            moves.cancel()
            #expect(outcome.status == 0, "\(outcome)")
            #expect(await moves.value >= 2)
            #expect(try await HostEvidence.readAll(cluster).values.allSatisfy { $0.version == "1409.7.0" })
        }
    }

    private static let ownMember = """
        printf %x "$(etcdctl endpoint status -w fields | sed -n 's/^"MemberID" : //p')"
        """

    /// Moves leadership from the member here, where it leads, to another that answers.
    private static let moveLeaderAway = """
        own=$(etcdctl endpoint status -w fields | sed -n 's/^"MemberID" : //p')
        leader=$(etcdctl endpoint status -w fields | sed -n 's/^"Leader" : //p')
        [ "$own" = "$leader" ] || exit 0
        other=$(etcdctl member list | cut -d, -f1 | grep -v "$(printf %x "$own")" | shuf -n 1)
        timeout 5 etcdctl move-leader "$other" >/dev/null 2>&1 && echo moved
        """

    private func expectOpen(_ cluster: PracticeCluster) async throws {
        var plan = try await cluster.turnstile(["plan"])
        // A repaired host takes time to come back; the gates are asked for 30 s each time.
        for _ in 1...3 where plan.status != 0 { plan = try await cluster.turnstile(["plan"]) }
        #expect(plan.status == 0 && plan.errors.contains("Every gate is open."), "\(plan)")
    }

    private func expectHeld(_ cluster: PracticeCluster, _ words: String...) async throws {
        let plan = try await cluster.turnstile(["plan"])
        #expect(plan.status == 2, "\(plan)")
        for word in words { #expect(plan.errors.contains(word), "\(plan)") }
    }

    private func machineID(of name: String, in cluster: PracticeCluster) async throws -> String {
        let path = "\(cluster.directory)/hosts/\(name.dropFirst("practice-".count))/machine-id"
        return try String(contentsOfFile: path, encoding: .utf8).trimmingCharacters(in: .newlines)
    }

    /// True if fleet lists the machine. An etcd that lost its leader has another in a moment, and fleet does not answer
    /// until then.
    private func fleetLists(_ machine: String, _ cluster: PracticeCluster) async throws -> Bool {
        let list =
            "for i in 1 2 3 4 5 6 7 8; do fleetctl list-machines --full --no-legend && break; sleep 0.5; done"
        return try await cluster.onHost("practice-1", list).contains(machine)
    }
}

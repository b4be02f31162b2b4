import Foundation
import Testing

extension PracticeClusterTests {
    /// A token too high to have been counted, in a host's record and in etcd; then a rollout's name that is a path. No
    /// command traps on it or acts on it, each says where it stands, and `unlock --reset-tokens` leads out.
    @Test func aPoisonedRecordIsNamedAndSetRight() async throws {
        try await PracticeCluster.with { cluster in
            let poison = SpoiltRecords(cluster: cluster)
            try await poison.tokenLeadsOut()
            try await poison.nameLeadsOut()
        }
    }
}

/// Records on hosts that no turnstile would have had an agent write.
private struct SpoiltRecords {
    let cluster: PracticeCluster

    private static let token = UInt64.max - 1
    private static let name = "../../x"

    // MARK: A token near 2^64

    func tokenLeadsOut() async throws {
        try await write(rollout: "r-poisoned", token: Self.token, on: "practice-2")
        try await cluster.onHost(
            "practice-1", #"etcdctl put /turnstile/lock '{"format":1,"lastToken":\#(UInt64.max)}' >/dev/null"#
        )
        let words = "its agent's record has token \(Self.token) of rollout r-poisoned"
        for command in Self.commands + [["unlock", "r-poisoned", "--yes"]] {
            let outcome = try await run(command)
            guard ["plan", "upgrade", "rollback"].contains(command[0]) else { continue }
            #expect(outcome.errors.contains(words), "\(command): \(outcome)")
            #expect(outcome.errors.contains(resetLine), "\(command): \(outcome)")
            #expect(
                outcome.errors.contains("What to do: find out who wrote /var/lib/turnstile/state.json on"),
                "\(command): \(outcome)")
        }

        let first = try await run(["unlock", "--reset-tokens", "--yes"])
        #expect(first.errors.contains("Set right: practice-2"), "\(first)")
        // etcd's key is set right by the one command that is named.
        #expect(first.status == 2 && first.errors.contains("its last token is \(UInt64.max)"), "\(first)")
        let removal = "ETCDCTL_API=3 etcdctl del /turnstile/lock"
        #expect(first.errors.contains("'\(removal)'"), "\(first)")
        let upgrade = try await run(["upgrade", "--yes"])
        #expect(upgrade.status == 2 && upgrade.errors.contains("'\(removal)'"), "\(upgrade)")
        try await cluster.onHost("practice-1", removal)
        try await expectSetRight("practice-2")
    }

    // MARK: A rollout's name that leads out of the journal's directory

    func nameLeadsOut() async throws {
        try await write(rollout: Self.name, token: 3, on: "practice-3")
        let before = try files()
        for command in Self.commands + [["unlock", Self.name, "--yes"], ["resume", Self.name]] {
            let outcome = try await run(command)
            let told = outcome.output + outcome.errors
            #expect(told.firstMatch(of: /turnstile [^"\n]*\.\.\/\.\.\/x/) == nil, "\(command): \(outcome)")
        }
        #expect(try files() == before)
        let plan = try await run(["plan"])
        #expect(plan.errors.contains("its agent names \"\(Self.name)\", which is no rollout"), "\(plan)")
        #expect(plan.errors.contains(resetLine), "\(plan)")
        let reset = try await run(["unlock", "--reset-tokens", "--yes"])
        #expect(reset.status == 0 && reset.errors.contains("Set right: practice-3"), "\(reset)")
        try await expectSetRight("practice-3")
    }

    private func expectSetRight(_ host: String) async throws {
        let reset = try await run(["unlock", "--reset-tokens", "--yes"])
        #expect(reset.status == 0, "\(reset)")
        // `abandon` takes the cluster, by etcd and by agents, and lets it go.
        let abandon = try await run(["abandon", "--host", host, "--yes"])
        #expect(abandon.status == 0, "\(abandon)")
        let plan = try await run(["plan"])
        #expect(plan.status == 0, "\(plan)")
    }

    private static let commands = [
        ["status"], ["audit"], ["plan"], ["upgrade", "--yes"], ["rollback", "practice-2", "--yes"],
        ["resume", "--from-hosts", "--yes"], ["abandon", "--yes", "--host", "practice-3"],
    ]

    private var resetLine: String { "turnstile --config \(cluster.configPath) unlock --reset-tokens'" }

    /// - Throws: `Failure` where it was ended by a signal, as a trap does.
    private func run(_ command: [String]) async throws -> PracticeCluster.Outcome {
        let outcome = try await cluster.turnstile(command)
        guard outcome.status >= 0 else { throw PracticeCluster.Failure(what: "\(command): \(outcome)") }
        return outcome
    }

    private func write(rollout: String, token: UInt64, on host: String) async throws {
        let authority = #""rollout":"\#(rollout)","token":\#(token)"#
        try await cluster.onHost(
            host,
            """
            install -d -m 0700 /var/lib/turnstile
            echo '{"formatVersion":1,"phase":"idle","authority":{\(authority)},"claim":{\(authority),\
            "holder":"core@bastion","since":"2026-11-25T08:00:00Z"},"highestToken":\(token)}' >/var/lib/turnstile/state.json
            """)
    }

    /// All that is there in the cluster's directory, and beside it what the name would lead to.
    private func files() throws -> [String] {
        let manager = FileManager.default
        let journals = try manager.contentsOfDirectory(atPath: cluster.directory + "/journal")
        let here = try manager.contentsOfDirectory(atPath: cluster.directory)
        let beside = [cluster.directory, (cluster.directory as NSString).deletingLastPathComponent].flatMap {
            directory in
            ((try? manager.contentsOfDirectory(atPath: directory)) ?? []).filter { $0.hasPrefix("x") }
        }
        return (journals + here + beside).sorted()
    }
}

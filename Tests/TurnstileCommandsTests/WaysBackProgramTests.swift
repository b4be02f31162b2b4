import Foundation
import RolloutJournal
import RolloutModel
import SampleValues
import Testing

/// `abandon` and `rollback`, up to the point where a host would be needed.
extension ProgramTests {
    static let deadHosts = configuration(of: deadNames)
    static let deadNames = ["127.0.0.1:1", "127.0.0.1:2"]

    private static func configuration(of hosts: [String]) -> String {
        """
        hosts: [\(hosts.map { "'core@\($0)'" }.joined(separator: ", "))]
        ssh: {config: none, known-hosts: [known_hosts]}
        journal: journals
        gates: {etcd: {enabled: false}, fleet: {enabled: false}}
        timeouts: {gate: 1s}

        """
    }

    /// The files of a configuration and of a rollout of its hosts, whose journal has these events.
    func files(
        _ events: [RolloutMachine.Event], purpose: Plan.Purpose = .upgrade, said word: HookWord? = nil,
        hosts names: [String] = ProgramTests.deadNames
    ) async throws -> [String: String] {
        let hosts = names.map {
            PlannedHost(id: HostID($0), machine: MachineID("m-\($0)"), version: Version("1.0.0"))
        }
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID()).jsonl").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let plan = Plan.sample(
            rollout: RolloutID("r-1"), hosts: hosts, target: .firstOffer, purpose: purpose,
            operatorName: "core@bastion", createdAt: "2026-11-24T00:00:00Z")
        do {
            let journal = try await Journal(beginning: plan, configuration: "", path: path)
            try await journal.append(.attached(token: 1, by: "core@bastion"))
            for event in events { try await journal.append(.event(event)) }
            if let word { try await journal.append(.said(word)) }
        }
        return [
            "turnstile.yaml": Self.configuration(of: names), "known_hosts": "",
            "journals/r-1.jsonl": try String(contentsOfFile: path, encoding: .utf8),
        ]
    }

    static let out: [RolloutMachine.Event] = [
        .began, .gatesOpened(running: Version("1.0.0")),
        .staged(version: Version("2.0.0"), boot: BootID("x"), partition: "USR-B"),
        .gatesOpened(running: Version("1.0.0")), .notReturned(waited: .seconds(60), why: "no route"),
    ]

    @Test func aRolloutWithAHostOutIsNotAbandonedAndSaysWhichCommand() async throws {
        let outcome = try await turnstile(["abandon", "--yes"], files: files(Self.out))
        #expect(outcome.status == 2, "\(outcome)")
        #expect(outcome.errors.contains("host '127.0.0.1:1' does not answer: cannot connect"))
        #expect(outcome.errors.contains("If it never comes back: 'turnstile lose 127.0.0.1:1'."))
        #expect(outcome.errors.hasSuffix("Go on with: turnstile audit 127.0.0.1:1\n"), "\(outcome)")
    }

    @Test func noSecondHostIsRolledBackWhileOneIsOut() async throws {
        let outcome = try await turnstile(["rollback", "127.0.0.1:2", "--yes"], files: files(Self.out))
        #expect(outcome.status == 2, "\(outcome)")
        #expect(outcome.errors.contains("'127.0.0.1:1' is out, in rollout r-1"))
        #expect(outcome.errors.contains("turnstile resume r-1"))
    }

    /// The whole command is named where nobody can be asked, and no host is asked anything.
    @Test(arguments: [
        (["upgrade"], "upgrade --yes"),
        (["upgrade", "--", "127.0.0.1:1"], "upgrade --yes -- 127.0.0.1:1"),
        (["abandon"], "abandon --yes"),
        (["abandon", "--host", "127.0.0.1:3"], "abandon --host 127.0.0.1:3 --yes"),
        (["rollback", "127.0.0.1:1"], "rollback 127.0.0.1:1 --yes"), (["unlock", "r-9"], "unlock r-9 --yes"),
        (["unlock", "--reset-tokens"], "unlock --reset-tokens --yes"),
        (["resume", "--from-hosts"], "resume --from-hosts --yes"),
        (
            ["lose", "127.0.0.1:1", "--because", "it burnt"],
            "lose 127.0.0.1:1 --because 'it burnt' --yes-it-is-lost 127.0.0.1:1"
        ),
    ]) func whereNobodyIsThereNoHostIsAsked(arguments: [String], command: String) async throws {
        let outcome = try await turnstile(arguments, files: files([.began, .holdRequested()]))
        #expect(outcome.status == 64 && outcome.output.isEmpty, "\(outcome)")
        #expect(
            outcome.errors
                == """
                turnstile: nobody is there to ask, and nothing was begun. To go on without being asked: turnstile \(command)

                """, "\(outcome)")
    }

    /// The holder of the cluster cannot be told: no work is begun, and the same command goes on later.
    @Test func hostsThatDoNotAnswerAreNamedAndTheRolloutStaysOpen() async throws {
        let outcome = try await turnstile(
            ["abandon", "r-1", "--yes", "--output", "json"], files: files([.began, .holdRequested()]))
        #expect(outcome.status == 2, "\(outcome)")
        #expect(outcome.errors.contains("0 of 2 agents accepted it"))
        for host in ["127.0.0.1:1", "127.0.0.1:2"] {
            #expect(outcome.errors.contains("'\(host)': cannot connect"))
        }
        #expect(outcome.errors.contains("Then run the same command again"))
    }

    @Test func anEndedRolloutIsNotAbandonedButItsHostsCanBeGivenBack() async throws {
        let old = Version("1.0.0")
        let turn: [RolloutMachine.Event] = [.gatesOpened(running: old), .nothingOffered(running: old)]
        let outcome = try await turnstile(["abandon", "r-1", "--yes"], files: files([.began] + turn + turn))
        #expect(outcome.status == 64, "\(outcome)")
        #expect(outcome.errors.contains("turnstile abandon --host 127.0.0.1:1 127.0.0.1:2"))
    }

    @Test func hostsOfAnOpenRolloutAreAbandonedByItsName() async throws {
        let outcome = try await turnstile(
            ["abandon", "--yes", "--host", "127.0.0.1:1"], files: files([.began, .holdRequested()]))
        #expect(outcome.status == 2, "\(outcome)")
        #expect(outcome.errors.contains("Go on with: turnstile abandon r-1"))
    }

    @Test func fromTheHostsAloneAHostThatDoesNotAnswerIsNamed() async throws {
        let outcome = try await turnstile(
            ["abandon", "--yes", "--host", "127.0.0.1:1"],
            files: ["turnstile.yaml": Self.deadHosts, "known_hosts": ""])
        #expect(outcome.status == 2, "\(outcome)")
        #expect(outcome.errors.contains("'127.0.0.1:1' does not answer"))
    }

    @Test func aHostThatCannotBeReadIsNotRolledBack() async throws {
        let outcome = try await turnstile(
            ["rollback", "127.0.0.1:1", "--yes"], files: files([.began, .holdRequested()]))
        #expect(outcome.status == 2, "\(outcome)")
        #expect(outcome.errors.contains("Nothing was touched now."))
        #expect(outcome.errors.contains("What to do: '127.0.0.1:1' is up, and nothing there takes"))
        #expect(outcome.errors.contains("If it never comes back: 'turnstile lose 127.0.0.1:1'."))
        #expect(outcome.errors.hasSuffix("Go on with: turnstile audit 127.0.0.1:1\n"), "\(outcome)")
    }

    @Test(arguments: [
        (Plan.Purpose.rollback(host: HostID("127.0.0.1:1")), "turnstile rollback 127.0.0.1:1"),
        (.abandon, "turnstile abandon r-1"),
    ])
    func whatWasMadeToUndoIsNotResumedToAnUpgrade(purpose: Plan.Purpose, command: String) async throws {
        let outcome = try await turnstile(["resume"], files: files([], purpose: purpose))
        #expect(outcome.status == 64, "\(outcome)")
        #expect(outcome.errors.contains(command))
        let hold = try await turnstile(["hold"], files: files([], purpose: purpose))
        #expect(hold.status == 2 && hold.errors.contains("Go on with it: \(command)"), "\(hold)")
    }

    /// A host came up on its single try while hosts were given back.
    @Test func aHoldOfHostsThatAreGivenBackNamesTheWayBack() async throws {
        let giving: [RolloutMachine.Event] = [
            .began, .abandonRequested,
            .cameUp(boot: BootID("y"), version: Version("2.0.0"), partition: "USR-B"),
            .abandoned(host: HostID("127.0.0.1:2"), undone: [], left: []),
        ]
        let hold = try await turnstile(["hold"], files: files(giving))
        #expect(hold.status == 2, "\(hold)")
        #expect(hold.errors.contains("Go on with it: turnstile rollback 127.0.0.1:1"), "\(hold)")
    }
}

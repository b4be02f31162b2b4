import Foundation
import RolloutJournal
import RolloutModel
import SampleValues
import Testing

@testable import Rollouts
@testable import TurnstileCommands

@Suite struct JournalProofTests {
    static let plan = Plan.sample(
        rollout: RolloutID("r-1"),
        hosts: [PlannedHost(id: HostID("a"), machine: MachineID("m-a"), version: Version("1"))],
        target: .firstOffer)

    /// Five entries, of which three are left, and what is said of them.
    private func proof(left count: Int, seen: Observation<JournalEnd?>?, by witness: RolloutLock.Witness)
        async throws -> JournalProof
    {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("proof-\(UUID()).jsonl").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        var end: JournalEnd?
        do {
            let journal = try await Journal(beginning: Self.plan, configuration: "", path: path)
            try await journal.append(.attached(token: 1, by: "core@bastion"))
            try await journal.append(.event(.began))
            try await journal.append(
                .event(.gatesHeld(reasons: [.host(.hostUncommitted(host: HostID("a")))])))
            try await journal.append(.event(.resumed(retryReverted: false)))
            end = journal.end
        }
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
        try Data((lines.prefix(count).joined(separator: "\n") + "\n").utf8).write(
            to: URL(fileURLWithPath: path))
        return try JournalProof(
            path, Journal.read(path: path), seen: [.init(witness: witness, end: seen ?? .seen(end))])
    }

    @Test func aWholeJournalIsProvedByWhoSawItsEnd() async throws {
        let proof = try await proof(left: 5, seen: nil, by: .store)
        #expect(proof.doubts.isEmpty)
        #expect(proof.lines == ["Its end is proved up to entry 5, by the cluster's etcd."])
    }

    @Test(arguments: 1...4) func aCutOneIsDoubtedByName(left: Int) async throws {
        let proof = try await proof(left: left, seen: nil, by: .host(HostID("core-2")))
        #expect(proof.doubts == ["host 'core-2' saw entry 5, and it ends with entry \(left)"])
    }

    /// Ends seen of a journal with three entries, and the lines printed about it.
    static let others: [(Observation<JournalEnd?>, doubts: [String], lines: [String])] = [
        (
            .seen(end(2, "a")), ["host 'a' saw another entry 2 than it has"],
            ["Nobody outside saw any entry of it: its end is not proved."]
        ),
        (.seen(end(9, "a", of: "r-2")), [], ["Nobody outside saw any entry of it: its end is not proved."]),
        (.seen(nil), [], ["Nobody outside saw any entry of it: its end is not proved."]),
        (
            .unknown("no route to host"), [],
            [
                "Nobody outside saw any entry of it: its end is not proved.",
                "Not asked: host 'a': no route to host",
            ]
        ),
    ]

    static func end(_ entry: Int, _ digit: String, of rollout: String = "r-1") -> JournalEnd {
        JournalEnd(
            rollout: RolloutID(rollout), token: 1,
            head: JournalHead(entry: entry, sha256: String(repeating: digit, count: 64)))
    }

    @Test(arguments: others.indices) func whatElseOthersSay(index: Int) async throws {
        let (seen, doubts, lines) = Self.others[index]
        let proof = try await proof(left: 3, seen: seen, by: .host(HostID("a")))
        #expect(proof.doubts == doubts)
        #expect(proof.lines == lines)
    }
}

extension ProgramTests {
    /// Hosts that cannot be asked prove nothing, and cast no doubt.
    @Test func verifyingAsksTheHostsWhereItIsTold() async throws {
        let files = try await files(Self.held)
        let asked = try await turnstile(["journal", "verify", "r-1", "--hosts"], files: files)
        #expect(asked.status == 0, "\(asked)")
        #expect(asked.output.contains("its end is not proved"), "\(asked)")
        #expect(asked.output.contains("Not asked: host '127.0.0.1:1'"), "\(asked)")
        let unasked = try await turnstile(["journal", "verify", "r-1"], files: files)
        #expect(unasked.output.contains("--hosts asks who saw it last"), "\(unasked)")
    }
}

import Foundation
import RolloutJournal
import RolloutModel
import Rollouts
import Testing

/// Gates that opened leave what they went by in the journal.
@Suite struct EvidenceTests {
    private let cluster = FakeCluster()

    private func entries() async throws -> [JournalEntry] {
        var entries: [JournalEntry] = []
        try await RolloutDriverTests().withJournalPath { path in
            let ending = try await RolloutDriverTests().run(cluster, path)
            #expect(ending == .finished(.upgraded))
            try Journal.read(path: path) { entries.append($0) }
        }
        return entries
    }

    @Test func everyOpeningHasItsEvidenceAndNothingElseHas() async throws {
        let entries = try await entries()
        let openings = entries.filter { entry in
            if case .event(.gatesOpened) = entry.what { true } else { false }
        }
        // Before the stage, before the reboot, before the commit and after it, for each of three hosts.
        #expect(openings.count == 12)
        for entry in entries { #expect((entry.evidence != nil) == openings.contains(entry), "\(entry)") }
        for entry in openings {
            let evidence = try #require(entry.evidence)
            #expect(evidence.looks >= 3 && evidence.age <= evidence.span, "\(evidence)")
            let gates = Set(evidence.statements.map(\.gate))
            #expect(gates.isSuperset(of: ["host", "etcd", "fleet"]), "\(evidence)")
            #expect(evidence.statements.contains { $0.says.hasPrefix("3 of 3 members healthy: ") })
        }
    }

    /// Partitions as they were before an update, and as they are after it.
    @Test func theHostsPartitionsAreThereBeforeAndAfter() async throws {
        let words = try await entries().compactMap { entry in
            entry.evidence?.statements.first { $0.gate == "host" && $0.by == "a" }?.says
        }
        #expect(words.first?.hasPrefix("runs 1.0.0 in boot a-1, USR-A ") == true, "\(words)")
        #expect(words.contains { $0.hasPrefix("runs 2.0.0 in boot a-2, USR-B ") }, "\(words)")
    }

    /// The pods that were moved are journalled with the drain that moved them.
    @Test func aDrainTellsWhatItMoved() async throws {
        var entries: [JournalEntry] = []
        var phases: [RolloutTimeline.Phase.Kind] = []
        try await RolloutDriverTests().withJournalPath { path in
            _ = try await RolloutDriverTests().runWithNodes(cluster, path)
            try Journal.read(path: path) { entries.append($0) }
            let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
            let timeline = try RolloutTimeline(reading: JournalBlocks([UInt8](bytes)), name: "r-1")
            phases = timeline.evidence.last.map(\.phase)
        }
        let drains = entries.filter { entry in
            if case .event(.evacuated) = entry.what { true } else { false }
        }
        #expect(drains.count == 3)
        for (entry, host) in zip(drains, ["a", "b", "c"]) {
            let evidence = try #require(entry.evidence)
            #expect(evidence.span == .seconds(20))
            #expect(
                evidence.statements == [
                    .init(
                        gate: "kubernetes", by: ["node-\(host)"],
                        says: "2 pods were moved off it: web-0, web-1")
                ])
        }
        // The gates are asked once more after the drain.
        let ofOne: [RolloutTimeline.Phase.Kind] = [.gates, .staged, .draining, .staged, .proving, .settling]
        #expect(phases == ofOne + ofOne + ofOne)
    }

    /// A page that says yes is evidence; the words of hooks have entries of their own.
    @Test func aPageThatSaysYesIsEvidence() async throws {
        var entries: [JournalEntry] = []
        let page = OperatorGates.Page(name: "https://status.example") { nil }
        try await RolloutDriverTests().withJournalPath { path in
            var gates = OperatorGates.none
            gates.pages = [page]
            _ = try await RolloutDriverTests().run(cluster, path, operatorGates: gates)
            try Journal.read(path: path) { entries.append($0) }
        }
        let statements = entries.compactMap(\.evidence).flatMap(\.statements).filter { $0.gate == "http" }
        #expect(!statements.isEmpty)
        #expect(Set(statements) == [.openPage("https://status.example")])
    }

    /// A journal stays small: four openings for each host.
    @Test func evidenceIsSmall() async throws {
        let encoder = JSONEncoder()
        let sizes = try await entries().compactMap(\.evidence).map { try encoder.encode($0).count }
        #expect(sizes.count == 12 && sizes.allSatisfy { $0 < 1500 }, "\(sizes)")
    }
}

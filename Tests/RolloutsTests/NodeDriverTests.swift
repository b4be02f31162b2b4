import Foundation
import RolloutJournal
import RolloutModel
import Rollouts
import Testing

/// Kubernetes on the hosts, in virtual time.
extension RolloutDriverTests {
    static func hostActs(_ host: String) -> [String] {
        ["stage", "cordon", "drain", "reboot", "commit", "uncordon"].map { "\($0) \(host)" }
    }
    static let inOrderWithNodes = ["a", "b", "c"].flatMap(hostActs)

    func runWithNodes(
        _ cluster: FakeCluster, _ path: String, event: RolloutMachine.Event? = nil
    ) async throws -> RolloutDriver.Ending {
        try await run(
            cluster, path, plan: { $0 = cluster.planWithNodes }, event: event, nodes: cluster.nodeAccess)
    }

    @Test func eachNodeIsDrainedBeforeItsHostGoesAndServesAfter() async throws {
        try await withJournalPath { path async throws in
            let cluster = FakeCluster()
            #expect(try await runWithNodes(cluster, path) == .finished(.upgraded))
            #expect(cluster.acts == Self.inOrderWithNodes)
        }
    }

    /// Somebody else's cordon stays; the node is drained all the same.
    @Test func whatSomebodyCordonedStaysCordoned() async throws {
        try await withJournalPath { path async throws in
            let cluster = FakeCluster()
            cluster.changeNode("b") { $0.isCordoned = true }
            #expect(try await runWithNodes(cluster, path) == .finished(.upgraded))
            #expect(
                cluster.acts.filter { $0.hasSuffix("cordon b") }.isEmpty && cluster.acts.contains("drain b"))
            #expect(cluster.node("b").isCordoned && cluster.node("b").cordonedBy == nil)
            #expect(!cluster.node("a").isCordoned)
        }
    }

    /// A drain that is blocked holds with names, and its node serves meanwhile.
    @Test func aDrainThatIsBlockedHolds() async throws {
        try await withJournalPath { path async throws in
            let cluster = FakeCluster()
            cluster.changeNode("a") { $0.blockedDrains = 1 }
            let blocked = HoldReason.nodes(
                .drainBlocked(
                    host: a, node: "node-a", pods: ["default/web-0"], budgets: ["default/web"],
                    said: "timeout"))
            #expect(try await runWithNodes(cluster, path) == .held([blocked]))
            #expect(cluster.acts == ["stage a", "cordon a", "drain a", "uncordon a"])
            #expect(try await runWithNodes(cluster, path) == .finished(.upgraded))
            #expect(Array(cluster.acts.dropFirst(4)) == Array(Self.inOrderWithNodes.dropFirst()))
        }
    }

    /// Somebody writes the node between our reading and our writing, or an answer is lost: it is read again.
    @Test func aWriteThatWasOvertakenOrUnheardIsLookedAtAgain() async throws {
        try await withJournalPath { path async throws in
            let cluster = FakeCluster()
            cluster.changeNode("a") { ($0.racedWrites, $0.answersToLose) = (1, 2) }
            #expect(try await runWithNodes(cluster, path) == .finished(.upgraded))
            #expect(cluster.acts == Self.inOrderWithNodes)
            #expect(!cluster.node("a").isCordoned)
        }
    }

    /// Killed after any question of a rollout, resumed: each node is cordoned and let go again, and no host goes twice.
    @Test func killedAnywhereNoNodeStaysCordoned() async throws {
        var questions = 1
        while try await isKilled(after: questions, withNodes: true) { questions += 3 }
        #expect(questions > 150)
    }

    /// The journal ends with the intent: whether the node was cordoned is for the node to say. Abandoned, it is let go, and
    /// nobody else's.
    @Test func abandonLetsGoWhatWasCordoned() async throws {
        try await withJournalPath { path async throws in
            let cluster = FakeCluster()
            cluster.changeNode("b") { $0.isCordoned = true }
            try await beginEvacuation(cluster, path)
            cluster.changeNode("a") { ($0.isCordoned, $0.cordonedBy) = (true, RolloutID("r-1")) }
            #expect(
                try await runWithNodes(cluster, path, event: .abandonRequested) == .finished(.abandoned))
            #expect(cluster.acts == ["uncordon a"])
            #expect(cluster.node("b").isCordoned)
        }
    }

    /// As a turnstile leaves it that dies right before it cordons the first node.
    private func beginEvacuation(_ cluster: FakeCluster, _ path: String) async throws {
        let journal = try await Journal(beginning: cluster.planWithNodes, configuration: "", path: path)
        let events: [RolloutMachine.Event] = [
            .began, .gatesOpened(running: Version("1.0.0")),
            .staged(version: Version("2.0.0"), boot: BootID("a-1"), partition: "USR-B"),
            .gatesOpened(running: Version("1.0.0")),
        ]
        for event in events { try await journal.append(.event(event)) }
        try await journal.append(.intent(.evacuate(host: a)))
    }

    /// Pods are let onto a drained node by somebody's hand: the host does not go.
    @Test func aNodeThatSomebodyOpensHolds() async throws {
        try await withJournalPath { path async throws in
            let cluster = FakeCluster()
            var access = cluster.nodeAccess
            let drain = access.drain
            access.drain = { name throws(NodeFault) in
                let ending = try await drain(name)
                cluster.changeNode("a") { $0.isCordoned = false }
                return ending
            }
            let ending = try await run(
                cluster, path, plan: { $0 = cluster.planWithNodes }, nodes: access)
            guard case .held(let reasons) = ending else {
                Issue.record("not held: \(ending)")
                return
            }
            #expect(reasons.contains(.nodes(.nodeUncordoned(host: a, node: "node-a"))))
            #expect(!cluster.acts.contains("reboot a"))
        }
    }
}

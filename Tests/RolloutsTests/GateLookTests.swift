import AgentProtocol
import Foundation
import RolloutJournal
import RolloutModel
import Synchronization
import Testing

@testable import Rollouts

/// Every gate at once, without a wait and without a change.
@Suite struct GateLookTests {
    private let cluster = FakeCluster()
    private let store = FakeLockStore()
    private let limit = Duration.seconds(8)

    /// - Parameters:
    ///   - access: asks the hosts; nil for the cluster's own.
    ///   - journals: makes the journals that are there.
    ///   - pass: lets the time of a question pass.
    private func board(
        access: HostAccess? = nil, nodes: NodeAccess? = nil, asksEtcd: Bool = true,
        journals: (JournalDirectory) async throws -> Void = { _ in },
        pass: @escaping @Sendable (Duration) async -> Void = { _ in await untilCancelled() }
    ) async throws -> GateBoard {
        let place = FileManager.default.temporaryDirectory.appendingPathComponent("gates-\(UUID())")
        defer { try? FileManager.default.removeItem(at: place) }
        let directory = JournalDirectory(path: place.path)
        try await journals(directory)
        let before = try directory.rollouts()
        let ports = RolloutPorts(
            cluster: { [cluster, store] hosts in
                ClusterPorts(
                    hosts: hosts, access: access ?? cluster.access, store: store.store, semaphores: nil,
                    nodes: nodes, operatorGates: .none,
                    roll: { await .reports(of: hosts, access: cluster.access) },
                    arrange: { _, _ in .listed(hosts) }, neighbours: { _ in [] }, close: {})
            },
            journals: directory.store, clock: cluster.clock, timeOfDay: { "2026-11-24T07:12:05Z" },
            operatorName: "ann@desk")
        var gates = RolloutDriverTests.settings
        gates.asksForNodes = nodes != nil
        if !asksEtcd { gates.etcd = nil }
        let settings = RolloutSettings(
            gates: gates, interval: .seconds(1), timeouts: RolloutDriverTests.timeouts,
            mark: ConfigurationMark(digest: ""))
        let decider = Decider(requirePresence: {}, allows: { _ in false }, lossReason: { _, _ in "it burnt" })
        let board = try await UseCases(ports: ports, settings: settings, decider: decider, tell: { _ in })
            .gates(
                UseCaseTests.draft(of: cluster.ids), lost: DeclaredLost(in: directory.store),
                by: AnswerDeadline(limit: limit, pass: pass))
        #expect(try directory.rollouts() == before)
        #expect(cluster.acts.isEmpty && store.lock == ClusterLock() && cluster.clock.now() == .start)
        return board
    }

    /// Counts the questions of a kind.
    private final class Questions: Sendable {
        private let asked = Mutex<[HostID]>([])
        var hosts: [HostID] { asked.withLock { $0 } }
        func note(_ host: HostID) { asked.withLock { $0.append(host) } }
    }

    @Test func theGatesAreTheClustersNow() async throws {
        let board = try await board()
        let states = Dictionary(uniqueKeysWithValues: board.rows.map { ($0.gate, $0.state) })
        // The fake registry is never written anew.
        #expect(states.filter { $0.value != .open } == ["fleet": .openSoFar], "\(board)")
        #expect(board["etcd"]?.statements.isEmpty == false)
    }

    @Test func aGateThatHoldsIsToldBesideThoseThatDoNot() async throws {
        cluster.change("c") { $0.memberIsUnhealthy = true }
        #expect(try await board().holding == ["etcd"])
    }

    /// A host that is away is named, and the others are asked all the same.
    @Test func theGatesAreToldWithoutAHostThatIsAway() async throws {
        cluster.change("c") { $0.isUnreachable = true }
        let one = try await board()
        #expect(one["host"]?.state == .holds && one["host"]?.causes.first?.reason.subject == HostID("c"))
        #expect(one["etcd"]?.state == .open, "\(one)")
        for host in ["a", "b"] { cluster.change(host) { $0.isUnreachable = true } }
        let all = try await board()
        #expect(all.rows.allSatisfy { $0.state == .holds } && all.rows.count > 3, "\(all)")
    }

    // MARK: What does not answer in time

    /// The time of a question, which is up once others were answered in theirs.
    private final class TimeAfterOthers: Sendable {
        private let answered = Mutex(0)

        func pass(after others: Int) async {
            while !Task.isCancelled {
                if answered.withLock({ $0 }) >= others { return }
                try? await Task.sleep(for: .milliseconds(1))
            }
            answered.withLock { $0 += 1 }
        }
    }

    /// Asks all hosts, and waits for c in vain.
    private var accessWithoutC: HostAccess {
        var access = cluster.access
        let report = access.report
        access.report = { host throws(HostFault) in
            guard host == HostID("c") else { return try await report(host) }
            await untilCancelled()
            throw HostFault(host: host, kind: .interrupted, why: "nobody waits any more")
        }
        return access
    }

    /// A report that does not come keeps the cluster's gates from nothing.
    @Test(.timeLimit(.minutes(5))) func aHostThatTellsNothingInTimeIsUnknown() async throws {
        let time = TimeAfterOthers()
        let board = try await board(access: accessWithoutC, pass: { _ in await time.pass(after: 2) })
        #expect(board.holding == ["host"], "\(board)")
        let cause = try #require(board["host"]?.causes.first?.reason)
        #expect(cause.subject == HostID("c"))
        #expect(cause.description.contains("it told nothing of itself within 4 s"), "\(cause)")
        #expect(board["etcd"]?.state == .open, "\(board)")
    }

    /// The time of Kubernetes is up once the second look has asked etcd: a look that waited for Kubernetes would never come
    /// to that.
    @Test(.timeLimit(.minutes(5))) func aSilentKubernetesIsUnknownAndDelaysNothing() async throws {
        let (looks, questions) = (Questions(), Questions())
        var access = cluster.access
        let etcd = access.etcd
        access.etcd = { host throws(HostFault) in
            looks.note(host)
            return try await etcd(host)
        }
        var nodes = cluster.nodeAccess
        nodes.nodes = { () throws(NodeFault) in
            questions.note(HostID("kubernetes"))
            await untilCancelled()
            throw NodeFault(.unanswered, why: "nobody waits any more")
        }
        let limit = limit
        let board = try await board(
            access: access, nodes: nodes,
            pass: { span in
                guard span == limit else { return await untilCancelled() }
                while !Task.isCancelled, looks.hosts.count < 2 {
                    try? await Task.sleep(for: .milliseconds(1))
                }
            })
        #expect(board.holding == ["kubernetes"], "\(board)")
        let cause = try #require(board["kubernetes"]?.causes.first?.reason)
        #expect(cause.description.contains("it did not answer within 8 s"), "\(cause)")
        #expect(questions.hosts.count == 1)
    }

    @Test(arguments: [true, false]) func nodesAreAskedForOnce(asksEtcd: Bool) async throws {
        let questions = Questions()
        var nodes = cluster.nodeAccess
        let list = nodes.nodes
        nodes.nodes = { () throws(NodeFault) in
            questions.note(HostID("kubernetes"))
            return try await list()
        }
        let board = try await board(nodes: nodes, asksEtcd: asksEtcd)
        // A single look proves that nodes are ready, and not that their kubelets live.
        #expect(board["kubernetes"]?.state == .openSoFar, "\(board)")
        #expect(board.holding.isEmpty, "\(board)")
        #expect(questions.hosts.count == 1)
    }

    // MARK: Hosts that were declared lost

    private func loseC(in directory: JournalDirectory) async throws {
        try directory.prepare()
        let journal = try await Journal(
            beginning: cluster.plan, configuration: "", path: directory.journalPath(of: RolloutID("r-1")))
        try await journal.append(.event(.began))
        try await journal.append(.event(.lost(host: HostID("c"), why: "it burnt", member: nil)))
    }

    private static let loss = HoldReason.person(.hostLost(host: HostID("c"), why: "it burnt", member: nil))

    /// Asked once, and by no look at the cluster.
    @Test func aLostHostThatIsSilentHoldsAndIsAskedOnce() async throws {
        cluster.change("c") { $0.isUnreachable = true }
        let (reports, looks) = (Questions(), Questions())
        var access = cluster.access
        let (report, machines) = (access.report, access.machines)
        access.report = { host throws(HostFault) in
            reports.note(host)
            return try await report(host)
        }
        access.machines = { host throws(HostFault) in
            looks.note(host)
            return try await machines(host)
        }
        let board = try await board(access: access, journals: loseC)
        #expect(reports.hosts.count { $0 == HostID("c") } == 1, "\(reports.hosts)")
        #expect(!looks.hosts.isEmpty && !looks.hosts.contains(HostID("c")), "\(looks.hosts)")
        #expect(board.holding == ["operator"], "\(board)")
        let cause = try #require(board["operator"]?.causes.first?.reason)
        #expect(cause == Self.loss && cause.description.contains("was declared lost (it burnt)"))
    }

    @Test(.timeLimit(.minutes(5))) func aLostHostThatTellsNothingInTimeIsSilent() async throws {
        let time = TimeAfterOthers()
        let board = try await board(
            access: accessWithoutC, journals: loseC, pass: { _ in await time.pass(after: 2) })
        #expect(board.holding == ["operator"], "\(board)")
        #expect(board["operator"]?.causes.map(\.reason) == [Self.loss])
    }

    /// Its agent has the rollout that lost it still: held by that, or freed since.
    @Test(arguments: [true, false]) func aLostHostThatWokeIsToldWithItsWay(isHeld: Bool) async throws {
        let rollout = RolloutID("r-1")
        cluster.change("c") { host in
            host.token = 1
            host.rollout = "r-1"
            host.claim =
                isHeld
                ? Claim(rollout: "r-1", token: 1, holder: "ann@desk", since: "2026-11-24T07:12:05Z") : nil
        }
        let board = try await board(journals: loseC)
        let cause = try #require(board["operator"]?.causes.first?.reason, "\(board)")
        #expect(cause == .person(.declaredLost(host: HostID("c"), rollout: rollout, why: "it burnt")))
        #expect(cause.remedy.text().contains("turnstile unlock r-1"))
        #expect(!board.rows.flatMap(\.causes).map(\.reason).contains(Self.loss), "\(board)")
        #expect(board["etcd"]?.state == .open && board["fleet"]?.state == .openSoFar, "\(board)")
    }

    /// Given back since, or installed anew.
    @Test func aLostHostThatKnowsNothingOfThatRolloutIsAHostAsAnyOther() async throws {
        let board = try await board(journals: loseC)
        #expect(board.holding.isEmpty && board["operator"] == nil, "\(board)")
        cluster.change("c") { $0.memberIsUnhealthy = true }
        #expect(try await self.board(journals: loseC).holding == ["etcd"])
    }

    /// The host is up, and so not silent.
    @Test func aLostHostWithoutAnAgentIsNamedAsOneThatCannotBeRead() async throws {
        var access = cluster.access
        let report = access.report
        access.report = { host throws(HostFault) in
            guard host == HostID("c") else { return try await report(host) }
            throw HostFault(host: host, kind: .agentMissing, why: "no such file")
        }
        let board = try await board(access: access, journals: loseC)
        #expect(board.holding == ["host"], "\(board)")
        let cause = try #require(board["host"]?.causes.first?.reason)
        #expect(cause.subject == HostID("c") && cause.description.contains("no such file"), "\(cause)")
    }

    /// A host answered for the plan that it is in.
    @Test func aHostOfANewerRolloutIsAskedAgain() async throws {
        let board = try await board(journals: { directory in
            try await loseC(in: directory)
            var plan = cluster.plan
            plan.rollout = RolloutID("r-2")
            _ = try await Journal(
                beginning: plan, configuration: "", path: directory.journalPath(of: plan.rollout))
        })
        #expect(board.holding.isEmpty && board["operator"] == nil, "\(board)")
    }

    @Test func withoutAHostThatIsNotLostNoGateIsOpen() async throws {
        for host in cluster.ids { cluster.change(host.rawValue) { $0.isUnreachable = true } }
        let board = try await board(journals: { directory in
            try directory.prepare()
            let journal = try await Journal(
                beginning: cluster.plan, configuration: "",
                path: directory.journalPath(of: RolloutID("r-1")))
            try await journal.append(.event(.began))
            for host in cluster.ids {
                try await journal.append(.event(.lost(host: host, why: "it burnt", member: nil)))
            }
        })
        #expect(board.rows.allSatisfy { $0.state == .holds } && board.rows.count > 3, "\(board)")
    }
}

/// Waits until nobody waits for it.
private func untilCancelled() async {
    while !Task.isCancelled { try? await Task.sleep(for: .seconds(86_400)) }
}

extension GateBoard {
    fileprivate subscript(gate: String) -> Row? { rows.first { $0.gate == gate } }

    fileprivate var holding: [String] { rows.filter { $0.state == .holds }.map(\.gate) }
}

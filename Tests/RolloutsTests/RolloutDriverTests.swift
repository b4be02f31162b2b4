import AgentProtocol
import Foundation
import RolloutJournal
import RolloutModel
import Rollouts
import SampleValues
import Synchronization
import Testing

@Suite struct RolloutDriverTests {
    static let settings = GateSettings(fleet: .init(ttl: .seconds(6)), etcd: .init(samples: 3))
    /// The stage timeout is long, since observations during a stage advance the clock, too.
    static let timeouts = RolloutTimeouts(
        gate: .seconds(30), stage: .seconds(100_000), reboot: .seconds(60), rejoin: .seconds(60),
        commit: .seconds(60), settle: .zero)
    static let inOrder = [
        "stage a", "reboot a", "commit a", "stage b", "reboot b", "commit b", "stage c", "reboot c",
        "commit c",
    ]
    let a = HostID("a")
    let b = HostID("b")

    func withJournalPath(_ body: (String) async throws -> Void) async throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("driver-\(UUID())")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        try await body(directory.appendingPathComponent("r-1.jsonl").path)
    }

    /// Begins a rollout, or goes on with the one whose journal is at `path`.
    func run(
        _ cluster: FakeCluster, _ path: String, hold: HoldSwitch = HoldSwitch(), retryReverted: Bool = false,
        plan change: (inout Plan) -> Void = { _ in }, event: RolloutMachine.Event? = nil,
        access: HostAccess? = nil, nodes: NodeAccess? = nil, operatorGates: OperatorGates = .none,
        callInterval: Duration? = nil,
        notify: @escaping @Sendable (RolloutNotice) -> Void = { _ in }
    ) async throws -> RolloutDriver.Ending {
        let isNew = !FileManager.default.fileExists(atPath: path)
        var plan = cluster.plan
        change(&plan)
        let journal =
            isNew
            ? try await Journal(beginning: plan, configuration: "", path: path)
            : try await Journal(resuming: path)
        let token = try #require(journal.record.token.next)
        try await journal.append(.attached(token: token, by: "test"))
        var settings = Self.settings
        settings.asksForNodes = nodes != nil
        let driver = RolloutDriver(
            watch: GateWatch(
                plan: journal.record.machine.remaining, settings: settings, access: access ?? cluster.access,
                nodes: nodes, clock: cluster.clock, callInterval: callInterval),
            token: token, timeouts: Self.timeouts, hold: hold, operatorGates: operatorGates, notify: notify)
        return try await driver.run(
            journal, from: event ?? Self.start(of: journal.record.machine.state, retryReverted))
    }

    static func start(of state: RolloutMachine.State, _ retryReverted: Bool) -> RolloutMachine.Event? {
        switch state.top {
        case .planned: .began
        case .hold: .resumed(retryReverted: retryReverted)
        default: nil
        }
    }

    @Test func threeHostsOneAfterAnother() async throws {
        try await withJournalPath { path async throws in
            let cluster = FakeCluster()
            #expect(try await run(cluster, path) == .finished(.upgraded))
            #expect(cluster.acts == Self.inOrder)
            #expect(cluster.versions == ["2.0.0", "2.0.0", "2.0.0"])
            #expect(try Journal.read(path: path).machine.outcome == .upgraded)
        }
    }

    @Test(
        "a host that is away is called at short steps; one whose key changed is not",
        arguments: [false, true])
    func aHostThatIsAwayIsCalledAtShortSteps(changesKey: Bool) async throws {
        try await withJournalPath { path async throws in
            let cluster = FakeCluster()
            cluster.change("a") { $0.changesKey = changesKey }
            let calls = Mutex<[Moment]>([])
            var access = cluster.access
            let report = access.report
            access.report = { host throws(HostFault) in
                do throws(HostFault) {
                    return try await report(host)
                } catch {
                    calls.withLock { $0.append(cluster.clock.now()) }
                    throw error
                }
            }
            let ending = try await run(cluster, path, access: access, callInterval: .milliseconds(100))
            #expect((ending == .finished(.upgraded)) == !changesKey)
            // Three hosts are away for 5 s; or the first, and then its key is not trusted for 15 s.
            let count = calls.withLock { $0.count }
            #expect(changesKey ? (55...75).contains(count) : (140...160).contains(count), "\(count)")
        }
    }

    @Test func nothingOfferedTouchesNothing() async throws {
        try await withJournalPath { path async throws in
            let cluster = FakeCluster()
            for host in ["a", "b", "c"] { cluster.change(host) { $0.offer = nil } }
            #expect(try await run(cluster, path) == .finished(.nothingOffered))
            #expect(cluster.acts.isEmpty)
        }
    }

    static let faults: [(String, @Sendable (inout FakeCluster.Host) -> Void)] = [
        ("unreachable", { $0.isUnreachable = true }),
        ("missing from fleet", { $0.isMissingFromFleet = true }),
        ("unhealthy", { $0.memberIsUnhealthy = true }), ("uncommitted", { $0.committed = false }),
    ]

    @Test(arguments: faults.indices) func aFaultBeforehandHoldsWithNothingTouched(index: Int) async throws {
        try await withJournalPath { path async throws in
            let cluster = FakeCluster()
            cluster.change("b", Self.faults[index].1)
            guard case .held(let reasons) = try await run(cluster, path) else {
                Issue.record("not held by \(Self.faults[index].0)")
                return
            }
            #expect(!reasons.isEmpty)
            #expect(cluster.acts.isEmpty)
        }
    }

    @Test func anotherOfferHoldsAfterTheFirstHost() async throws {
        try await withJournalPath { path async throws in
            let cluster = FakeCluster()
            cluster.change("b") { $0.offer = "3.0.0" }
            #expect(
                try await run(cluster, path)
                    == .held([
                        .offer(.offerDiffers(host: b, offered: Version("3.0.0"), target: Version("2.0.0")))
                    ]))
            #expect(cluster.acts == ["stage a", "reboot a", "commit a"])
            cluster.change("b") { $0.offer = "2.0.0" }
            #expect(try await run(cluster, path) == .finished(.upgraded))
            #expect(cluster.acts == Self.inOrder)
        }
    }

    @Test func aRevertedHostHoldsAndIsNotRetried() async throws {
        try await withJournalPath { path async throws in
            let cluster = FakeCluster()
            cluster.change("a") { $0.reverts = true }
            let reverted = RolloutDriver.Ending.held([
                .step(.reverted(host: a, running: Version("1.0.0"), target: Version("2.0.0")))
            ])
            #expect(try await run(cluster, path) == reverted)
            #expect(try await run(cluster, path) == reverted)
            #expect(cluster.acts == ["stage a", "reboot a"])
        }
    }

    /// The rollout holds long before the wait for the reboot is over, and goes on once the key is trusted.
    @Test func aHostWithAnotherKeyAfterItsRebootHoldsAsThat() async throws {
        try await withJournalPath { path async throws in
            let cluster = FakeCluster()
            cluster.change("a") { $0.changesKey = true }
            let mistrusted = RolloutDriver.Ending.held([
                .host(.hostUnreadable(host: a, why: "another key", trouble: .hostKey))
            ])
            #expect(try await run(cluster, path) == mistrusted)
            #expect(cluster.state.withLock { $0.now } < 40)
            cluster.change("a") { $0.changesKey = false }
            #expect(try await run(cluster, path) == .finished(.upgraded))
            #expect(cluster.acts == Self.inOrder)
        }
    }

    /// A host that answers in some way has power, and its hold says what is to be mended there.
    @Test(
        arguments: [
            (
                .refused,
                .step(
                    .notReturned(
                        host: HostID("a"), waited: timeouts.reboot, why: "it said no", trouble: .refused))
            ),
            (
                .loginRefused,
                .host(.hostUnreadable(host: HostID("a"), why: "it said no", trouble: .loginRefused))
            ),
            (
                .unreachable,
                .step(.notReturned(host: HostID("a"), waited: timeouts.reboot, why: "it said no"))
            ),
            (
                .interrupted,
                .step(.notReturned(host: HostID("a"), waited: timeouts.reboot, why: "it said no"))
            ),
        ] as [(HostTrouble, HoldReason)])
    func aHostThatIsUpIsNoDeadOne(trouble: HostTrouble, reason: HoldReason) async throws {
        try await withJournalPath { path async throws in
            let cluster = FakeCluster()
            cluster.change("a") { $0.troubleSinceReboot = trouble }
            #expect(try await run(cluster, path) == .held([reason]))
            cluster.change("a") { $0.troubleSinceReboot = nil }
            #expect(try await run(cluster, path) == .finished(.upgraded))
        }
    }

    @Test func anOperatorsHoldStopsBetweenHosts() async throws {
        try await withJournalPath { path async throws in
            let cluster = FakeCluster()
            let hold = HoldSwitch()
            hold.ask(by: .closedTerminal)
            // The first one counts: ^C after it asks for nothing more.
            hold.ask(by: .keyboard)
            #expect(
                try await run(cluster, path, hold: hold)
                    == .held([.person(.operatorHold(by: .closedTerminal))]))
            #expect(cluster.acts.isEmpty)
            #expect(try await run(cluster, path) == .finished(.upgraded))
        }
    }

    @Test(arguments: [AgentVerb.stage, .reboot, .commit]) func aLostReplyChangesNothing(verb: AgentVerb)
        async throws
    {
        try await withJournalPath { path async throws in
            let cluster = FakeCluster()
            cluster.state.withLock { $0.repliesToLose = [verb] }
            #expect(try await run(cluster, path) == .finished(.upgraded))
            #expect(cluster.acts == Self.inOrder)
        }
    }

    /// The journal of a whole rollout is cut after every entry, with the hosts as they were at the end: whatever the
    /// journal says, no act is done twice.
    @Test func aJournalCutAnywhereNeverRebootsAHostTwice() async throws {
        try await withJournalPath { path async throws in
            let cluster = FakeCluster()
            _ = try await run(cluster, path)
            let lines = try Data(contentsOf: URL(fileURLWithPath: path)).split(separator: UInt8(ascii: "\n"))
            for count in 1...lines.count {
                try Data(lines.prefix(count).map { $0 + [UInt8(ascii: "\n")] }.joined())
                    .write(to: URL(fileURLWithPath: path))
                _ = try await run(cluster, path)
                #expect(cluster.acts == Self.inOrder, "cut after entry \(count)")
            }
        }
    }

    /// The coordinator dies as it asks its n-th question, and gets no answer. The next coordinator goes on from the
    /// journal as it is then.
    @Test func killedAnywhereARolloutResumesToTheSameEnd() async throws {
        var questions = 1
        while try await isKilled(after: questions) { questions += 7 }
        #expect(questions > 100)
    }

    /// - Returns: true if the rollout was still going on after that many questions.
    func isKilled(after questions: Int, withNodes: Bool = false) async throws -> Bool {
        let cluster = FakeCluster()
        func go(_ path: String) async throws -> RolloutDriver.Ending {
            withNodes ? try await runWithNodes(cluster, path) : try await run(cluster, path)
        }
        try await withJournalPath { path async throws in
            let survivor = path + ".survivor"
            cluster.state.withLock { state in
                state.callsLeft = questions
                state.onDeath = { try? FileManager.default.copyItem(atPath: path, toPath: survivor) }
            }
            do {
                _ = try await go(path)
            } catch is CancellationError {
            }
            guard FileManager.default.fileExists(atPath: survivor) else { return }
            cluster.state.withLock { $0.callsLeft = nil }
            #expect(try await go(survivor) == .finished(.upgraded), "killed after \(questions)")
        }
        // A drain that was cut off is begun again.
        let once = cluster.acts.filter { !$0.hasPrefix("drain") }
        let expected = withNodes ? Self.inOrderWithNodes.filter { !$0.hasPrefix("drain") } : Self.inOrder
        #expect(once == expected, "killed after \(questions) questions")
        #expect(cluster.versions == ["2.0.0", "2.0.0", "2.0.0"])
        return cluster.state.withLock { $0.callsLeft == nil }
    }
}

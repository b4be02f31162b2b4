import RolloutModel
import SampleValues
import Testing

/// Every gate in one look: open, or what holds it, with what it goes by.
@Suite struct GateBoardTests {
    static let a = Samples.a
    static let b = Samples.b
    static let c = Samples.c

    /// Two looks at three hosts that are whole, with fleet's entries written anew in between, and then one change.
    static func board(
        _ plan: Plan = Samples.plan(), unread: [HoldReason] = [], woken: [WokenHost] = [],
        pages: [GateBoard.Page] = [],
        _ change: (inout Inventory, inout GateSettings) -> Void = { _, _ in }
    ) -> GateBoard {
        var settings = GatesTests.settings
        var looks = [GatesTests.whole(at: 0), GatesTests.whole(at: 1)]
        for index in looks.indices {
            looks[index].registry = GatesTests.registry(
                plan.hosts.map { ($0.machine.rawValue, UInt64(index)) })
            looks[index].membership[a] = looks[index].membership[b]
            for host in [a, b, c] {
                looks[index].seats[host] = .seen(.member(EtcdMemberID(host.rawValue), server: "3.4.23"))
            }
            change(&looks[index], &settings)
        }
        return GateBoard(
            Gates(plan: plan, settings: settings), history: plan.hosts.isEmpty ? [] : looks, unread: unread,
            woken: woken, pages: pages)
    }

    private func row(_ gate: String, in board: GateBoard) throws -> GateBoard.Row {
        let row = board.rows.first { $0.gate == gate }
        return try #require(row)
    }

    @Test func aWholeClusterIsOpenAtOnce() throws {
        let board = Self.board()
        #expect(board.rows.map(\.gate) == ["host", "lock", "etcd", "fleet", "space"])
        #expect(board.rows.allSatisfy { $0.state == .open && $0.causes.isEmpty }, "\(board)")
        #expect(!board.holds)
        #expect(
            try row("etcd", in: board).statements == [
                .init(
                    gate: "etcd", by: ["b"],
                    says:
                        "3 of 3 members healthy: 3.4.23 on a, b, c; the cluster's version is 3.4.0"
                )
            ])
        #expect(
            try row("fleet", in: board).statements == [
                .init(gate: "fleet", by: ["a", "b", "c"], says: "lists 3 machines"),
                .init(gate: "fleet", by: ["its registry"], says: "3 entries, the first lapses in 20 s"),
            ])
    }

    struct Flaw: Sendable, CustomTestStringConvertible {
        var testDescription: String
        /// The gates that hold, and no other does.
        var holding: [String]
        var change: @Sendable (inout Inventory, inout GateSettings) -> Void
    }

    static let flaws = [
        Flaw(testDescription: "a dead etcd", holding: ["etcd"]) { seen, _ in
            seen.etcd[b] = .seen(GatesTests.view(unhealthy: ["c"]))
        },
        Flaw(testDescription: "fleet misses a host", holding: ["fleet"]) { seen, _ in
            seen.membership[b] = .seen([MachineID("m-a"), MachineID("m-b")])
        },
        Flaw(testDescription: "a window that is shut", holding: ["window"]) { seen, settings in
            settings.windows = GateSettings.Windows(
                open: [MaintenanceWindow("Sat 22:00-04:00")].compactMap(\.self), minutesPerHost: 30)
            seen.localTime = LocalTime(weekday: .monday, minute: 600)
        },
        Flaw(testDescription: "Kubernetes that does not answer", holding: ["kubernetes"]) { seen, settings in
            settings.asksForNodes = true
            seen.nodes = .unknown("no answer")
        },
        Flaw(testDescription: "another rollout", holding: ["lock"]) { seen, _ in
            seen.lock = .seen(
                LockHolder(
                    rollout: RolloutID("r-other"), token: 3, operatorName: "ann@desk",
                    since: "2026-11-24T07:12:05Z"))
        },
    ]

    @Test(arguments: flaws) func aGateThatHoldsIsNamedAndTheOthersAreOpen(_ flaw: Flaw) {
        let board = Self.board { flaw.change(&$0, &$1) }
        #expect(board.rows.filter { $0.state == .holds }.map(\.gate) == flaw.holding, "\(board)")
        #expect(board.rows.allSatisfy { ($0.state == .holds) == !$0.causes.isEmpty }, "\(board)")
    }

    /// A single look proves that fleet lists a machine, and not that the machine lives.
    @Test func whatTimeAloneMendsIsOpenSoFar() throws {
        let board = Self.board { seen, _ in
            seen.registry = GatesTests.registry([("m-a", 1), ("m-b", 1), ("m-c", 1)])
        }
        #expect(try row("fleet", in: board).state == .openSoFar)
        #expect(!board.holds)
    }

    /// Hosts take turns as the witness, and what one of them saw counts where the next one saw nothing.
    @Test func anEtcdThatTheFirstWitnessSawIllIsOpenSoFar() throws {
        let board = Self.board { seen, _ in
            guard seen.takenAt == .start else { return }
            seen.etcd[Self.b] = .seen(GatesTests.view(unhealthy: ["c"]))
        }
        #expect(board.rows.filter { $0.state != .open }.map(\.gate) == ["etcd"], "\(board)")
        #expect(try row("etcd", in: board).state == .openSoFar)
    }

    /// Time alone opens nothing behind what cannot be told.
    @Test func whatFollowsFromWhatIsUnknownIsNotOpenSoFar() throws {
        var plan = Samples.plan()
        plan.units = FleetUnits(active: ["web.service": 1], launched: ["web.service"])
        let board = Self.board(plan) { seen, _ in
            seen.registry = GatesTests.registry([("m-a", 1), ("m-b", 1), ("m-c", 1)])
            seen.units = [Self.b: .unknown("503")]
        }
        let fleet = try row("fleet", in: board)
        #expect(fleet.causes.contains { $0.reason.description.contains("cannot be told") }, "\(fleet)")
        #expect(fleet.state == .holds)
    }

    /// Hosts that could not be read were not asked, and do not say no.
    @Test func anUnreadHostIsNoWitnessThatSaysNo() throws {
        let unread = [Self.b, Self.c].map {
            HoldReason.host(.hostUnreadable(host: $0, why: "its key", trouble: .hostKey))
        }
        let all = Samples.plan().hosts
        var plan = Samples.plan()
        plan.hosts = [all[0]]
        let fleet = try row("fleet", in: Self.board(plan, unread: unread))
        #expect(fleet.state == .holds)
        #expect(Set(fleet.causes.map(\.reason)) == Set(unread), "\(fleet)")
        let alone = try row("fleet", in: Self.board(plan))
        #expect(alone.causes.map(\.reason) == [.fleet(.noWitness(host: Self.a))])
    }

    @Test func aHostThatWasLeftOutHolds() throws {
        let unread = HoldReason.host(
            .hostUnreadable(host: HostID("d"), why: "no route", trouble: .unreachable))
        let board = Self.board(unread: [unread])
        #expect(try row("host", in: board).causes.map(\.reason) == [unread])
        #expect(try row("etcd", in: board).state == .open)
    }

    /// The advice to finish its rollout, which has ended, would lead nowhere.
    @Test(arguments: [true, false]) func aLostHostThatWokeUpIsToldWithItsWay(isHeld: Bool) throws {
        let rollout = RolloutID("r-9")
        let woken = WokenHost(host: Self.c, rollout: rollout, why: "it burnt", hasEnded: true, isHeld: isHeld)
        let board = Self.board(woken: [woken]) { seen, _ in
            guard isHeld else { return }
            seen.hosts[Self.c] = seen.hosts[Self.c]?.map { facts in
                var facts = facts
                facts.claimedBy = rollout
                facts.committed = false
                return facts
            }
            seen.lock = .seen(
                LockHolder(
                    rollout: rollout, token: 3, operatorName: "ann@desk", since: "2026-11-24T07:12:05Z"))
        }
        #expect(board.rows.filter { $0.state != .open }.map(\.gate) == ["operator"], "\(board)")
        #expect(try row("operator", in: board).causes.map(\.reason) == [woken.reason])
    }

    @Test func withNoHostAtAllNoGateOfTheClusterIsOpen() {
        let unread = HoldReason.host(.hostUnreadable(host: Self.a, why: "no route", trouble: .unreachable))
        let board = Self.board(Samples.plan([]), unread: [unread])
        #expect(
            board.rows.allSatisfy { $0.state == .holds && $0.causes.map(\.reason) == [unread] }, "\(board)")
    }

    /// No verdict is asked for without a host, and so none of the window. Pages are asked by themselves.
    @Test func withNoHostAtAllAPageAloneIsOpen() throws {
        let unread = HoldReason.host(.hostUnreadable(host: Self.a, why: "no route", trouble: .unreachable))
        let board = Self.board(
            Samples.plan([]), unread: [unread], pages: [.init(name: "http://x", why: nil)]
        ) { _, settings in
            settings.windows = GateSettings.Windows(
                open: [MaintenanceWindow("Sat 22:00-04:00")].compactMap(\.self), minutesPerHost: 30)
        }
        let (window, http) = (try row("window", in: board), try row("http", in: board))
        #expect(window.state == .holds && window.causes.map(\.reason) == [unread])
        #expect(http.state == .open && http.causes.isEmpty)
    }

    @Test func pagesAreGates() throws {
        let board = Self.board(pages: [
            .init(name: "http://x", why: nil), .init(name: "http://y", why: "it is red"),
        ])
        let http = try row("http", in: board)
        #expect(http.state == .holds && http.causes.count == 1)
        #expect(http.statements == [.init(gate: "http", by: ["http://x"], says: "says yes")])
    }

    /// A plan's gates answered already: none is judged again, and time is over for those that wait.
    @Test func ofAPlanEachGateHasItsAnswer() throws {
        var plan = Samples.plan()
        plan.overrides = [GateOverride(gate: .space, reason: "it is small")]
        let gates = Gates(plan: plan, settings: GatesTests.settings)
        let looks = [GatesTests.whole(at: 0)]
        let soon = HoldReason.fleet(.membershipUnsteady(seen: .zero, needed: .seconds(31)))
        let open = GateBoard(gates, answered: [], in: looks[0])
        #expect(open.rows.map(\.gate) == ["host", "lock", "etcd", "fleet"])
        #expect(!open.holds && open.rows.allSatisfy { $0.state == .open })
        #expect(try row("host", in: open).statements.map(\.by) == ["a", "b, c"])
        let held = GateBoard(gates, answered: [soon], in: looks[0])
        #expect(held.rows.filter { $0.state == .holds }.map(\.gate) == ["fleet"])
        #expect(try row("fleet", in: held).causes.map(\.reason) == [soon])
    }

    /// However many hosts and however long their words, evidence is bounded.
    @Test func evidenceIsBounded() throws {
        let names = (1...500).map { "host-\($0)-\u{1B}[31m" + String(repeating: "x", count: 300) }
        let statement = GateEvidence.Statement(gate: "etcd", by: names, says: names.joined())
        #expect(statement.by.count <= 241 && statement.says.count <= 241)
        #expect(!statement.by.contains("\u{1B}") && !statement.says.contains("\u{1B}"))
    }
}

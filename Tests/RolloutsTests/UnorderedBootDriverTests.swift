import AgentProtocol
import RolloutJournal
import RolloutModel
import Rollouts
import SampleValues
import Testing

/// Hosts whose power fails at the wrong moment, or for good.
extension RolloutDriverTests {
    /// The host's power fails while it is staged: it comes up on the new partition, uncommitted and without a request.
    private func losePower(_ cluster: FakeCluster, _ host: String) {
        cluster.change(host) { host in
            guard let staged = host.staged else { return }
            host.boots += 1
            host.staged = nil
            host.otherVersion = host.version
            host.version = staged
            host.booted = "USR-B"
            host.committed = false
        }
    }

    /// Runs the rollout until it is held with its first host staged.
    private func staged(_ cluster: FakeCluster, _ path: String) async throws {
        _ = try await run(
            cluster, path,
            notify: { notice in
                guard case .entered(let machine) = notice, case .rebootCheck? = machine.state.upgrade?.stage
                else {
                    return
                }
                cluster.change("c") { $0.memberIsUnhealthy = true }
            })
        #expect(cluster.acts == ["stage a"])
        cluster.change("c") { $0.memberIsUnhealthy = false }
    }

    @Test func powerLostWhileStagedIsGoneOnWithByResume() async throws {
        try await withJournalPath { path async throws in
            let cluster = FakeCluster()
            try await staged(cluster, path)
            losePower(cluster, "a")
            #expect(try await run(cluster, path) == .finished(.upgraded))
            #expect(cluster.acts == Self.inOrder.filter { $0 != "reboot a" })
            let events = try journalEntries(path).map(\.what)
            #expect(
                events.contains(
                    .event(.cameUp(boot: BootID("a-2"), version: Self.new, partition: "USR-B"))))
        }
    }

    @Test func powerLostWhileStagedIsTakenBackByRollback() async throws {
        try await withJournalPath { path async throws in
            let cluster = FakeCluster()
            try await staged(cluster, path)
            losePower(cluster, "a")
            let back = try await run(cluster, path, event: try rollbackRequest(cluster, a))
            #expect(back == .held([.step(.rolledBack(host: a, running: Self.old, from: Self.new))]))
            #expect(cluster.acts == ["stage a", "rollback a"])
            #expect(try await run(cluster, path, event: .abandonRequested) == .finished(.abandoned))
        }
    }

    /// The agent's answer was lost when the host's power failed: the gates then judge the boot that the host is on.
    @Test func powerLostAfterACommitThatNobodyHeardOfIsGoneOnWithByResume() async throws {
        try await withJournalPath { path async throws in
            let cluster = FakeCluster()
            let held = try await run(
                cluster, path,
                notify: { notice in
                    guard case .entered(let machine) = notice, machine.state.upgrade?.host == HostID("a"),
                        case .committing? = machine.state.upgrade?.stage
                    else { return }
                    cluster.change("a") { host in
                        host.committed = true
                        host.phase = .committed
                        host.boots += 1
                    }
                })
            guard case .held(let reasons) = held, case .step(.stepFailed(_, .commit, _))? = reasons.first
            else {
                Issue.record("\(held)")
                return
            }
            #expect(try await run(cluster, path) == .finished(.upgraded))
            #expect(cluster.acts == Self.inOrder.filter { $0 != "commit a" })
        }
    }

    @Test func aHostThatRebootsAgainAndAgainIsHeld() async throws {
        try await withJournalPath { path async throws in
            let cluster = FakeCluster()
            let held = try await run(
                cluster, path,
                notify: { notice in
                    guard case .entered(let machine) = notice, machine.state.upgrade?.host == HostID("a"),
                        case .healthCheck? = machine.state.upgrade?.stage
                    else { return }
                    cluster.change("a") { $0.boots += 1 }
                })
            guard case .held(let reasons) = held,
                case .step(.stepFailed(HostID("a"), .commit, let why))? = reasons.first
            else {
                Issue.record("\(held)")
                return
            }
            #expect(why.contains("4 times"))
            #expect(cluster.acts == ["stage a", "reboot a"])
        }
    }

    /// The host's hardware is gone after it was told to reboot.
    @Test func aHostThatIsDeclaredLostIsWaitedForNoMore() async throws {
        try await withJournalPath { path async throws in
            let cluster = FakeCluster(["a", "b", "c", "d", "e"])
            _ = try await run(
                cluster, path,
                notify: { notice in
                    guard case .entered(let machine) = notice, case .rebooting? = machine.state.upgrade?.stage
                    else {
                        return
                    }
                    cluster.change("a") { host in
                        host.isUnreachable = true
                        host.memberIsUnhealthy = true
                        host.isMissingFromFleet = true
                    }
                })
            guard case .held = try await run(cluster, path) else {
                Issue.record("not held")
                return
            }
            let seats = await cluster.access.seats(of: ["b", "c", "d", "e"].map { HostID($0) })
            let view = try await cluster.access.etcd(b)
            let member = try #require(view.lostMember(others: Array(seats.values)).value ?? nil)
            #expect(member.id == EtcdMemberID("e-a"))
            do {
                let journal = try await Journal(resuming: path)
                try await journal.append(.event(.lost(host: a, why: "it burnt", member: member)))
            }
            #expect(try await run(cluster, path) == .finished(.upgraded))
            let machine = try Journal.read(path: path).machine
            #expect(machine.results[a] == .lost)
            #expect(machine.results[b] == .upgraded && machine.results[HostID("e")] == .upgraded)
        }
    }

    // MARK: Where a host is, by its report

    @Test func aReportTellsWhereItsHostIs() async throws {
        let cluster = FakeCluster()
        cluster.change("a") { host in
            host.phase = .staged
            host.committed = false
        }
        #expect(HostPlace(.seen(try await cluster.access.report(a))) == .onItsTry)
        #expect(HostPlace(.seen(try await cluster.access.report(b))) == .atRest)
        #expect(HostPlace(.unknown("no route")) == .silent)
        // A host that refuses a login is not away, so declaring it lost is not offered.
        #expect(HostPlace(.unknown("no route"), trouble: .unreachable) == .silent)
        #expect(HostPlace(.unknown("refused"), trouble: .loginRefused) == .unreadable)
        var report = try await cluster.access.report(b)
        report.unreadable = [Unreadable(subject: AgentState.recordPath, reason: "damaged")]
        #expect(HostPlace(.seen(report)) == .unreadable)
    }
}

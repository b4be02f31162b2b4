import Foundation
import RolloutJournal
import RolloutModel
import SampleValues
import Testing

@testable import Reports

@Suite struct RolloutSummaryTests {
    static let plan = Plan.sample(
        rollout: RolloutID("r-1"),
        hosts: [
            PlannedHost(id: HostID("a"), machine: MachineID("m-a"), version: Version("1.0.0")),
            PlannedHost(id: HostID("b"), machine: MachineID("m-b"), version: Version("1.0.0")),
        ], target: .firstOffer, operatorName: "core@bastion", createdAt: "2026-11-24T00:00:00Z")

    /// The summary of a journal with these events.
    func summary(
        _ events: [RolloutMachine.Event], isDriven: Bool = true, isLetGo: Bool = false,
        invocation: Invocation = Invocation()
    ) async throws -> RolloutSummary {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID()).jsonl").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let journal = try await Journal(beginning: Self.plan, configuration: "", path: path)
        for event in events { try await journal.append(.event(event)) }
        if isLetGo { try await journal.append(.letGo(token: 0)) }
        return RolloutSummary(
            journal.record, path: path, attendance: isDriven ? .driving : .nobody, invocation: invocation)
    }

    static func line(of value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    /// The steps of a remedy are typed, so that a page can make buttons of them.
    @Test func theActsOfARemedyAreTyped() async throws {
        let summary = try await summary([
            .began,
            .gatesHeld(reasons: [
                .preflight(.engineBusy(host: HostID("b"), operation: "X")),
                .deis(.deisUnknown(why: "503")),
                .window(.windowTooShort(host: HostID("b"), leftMinutes: 5, neededMinutes: 9)),
                .step(.wrongVersion(host: HostID("b"), running: Version("3"), target: Version("2"))),
            ]),
        ])
        func hold(_ name: String) throws -> HoldReport {
            try #require(summary.holds.first { $0.name == name })
        }
        let busy = try hold("engineBusy").remedy.flatMap(\.acts)
        #expect(busy.map(\.kind) == [.wait, .command])
        #expect(busy[1].host == "b" && busy[1].needsRoot == true && busy[1].place == .host)
        #expect(busy[1].line == "systemctl stop update-engine")
        let deis = try hold("deisUnknown").remedy.flatMap(\.acts)
        #expect(deis.map(\.kind) == [.command, .setting, .override])
        #expect(deis[0].place == .anyHost && deis[1].key == "gates.deis.enabled" && deis[1].value == "false")
        #expect(deis[2].key == "deis")
        let window = try hold("windowTooShort").patience
        #expect(window.clearedBy == .time && window.least == .seconds(240))
        let stray = try hold("wrongVersion")
        #expect(stray.patience.clearedBy == .word && stray.patience.word == "--retry-reverted")
        let next = stray.remedy.flatMap(\.acts).first { $0.kind == .next }
        #expect(next?.arguments == ["rollback", "b"] && next?.line == summary.next)
    }

    @Test func aRunningRolloutSaysWhoIsAtWork() async throws {
        let summary = try await summary([.began, .gatesOpened(running: Version("1.0.0"))])
        #expect(summary.state == "running")
        #expect(summary.hosts.map(\.result) == ["staging", "waiting"])
        #expect(summary.next == nil)
    }

    @Test func aRolloutNobodyDrivesSaysHowToGoOn() async throws {
        let summary = try await summary([.began], isDriven: false)
        #expect(summary.state == "cut-off")
        #expect(summary.title(now: .now) == "Rollout r-1: stopped before 'a'")
        #expect(summary.hosts.map(\.result) == ["waiting", "waiting"])
        #expect(summary.next == "turnstile resume r-1")
    }

    @Test func aHeldRolloutSaysWhyAndWhatToDo() async throws {
        let summary = try await summary([
            .began,
            .gatesHeld(reasons: [.host(.hostUnreadable(host: HostID("b"), why: "refused", trouble: .refused))]
            ),
        ])
        #expect(summary.state == "held")
        #expect(
            try Self.line(of: summary.holds) == #"""
                [{"also":[],"gate":"host","hosts":["b"],"name":"hostUnreadable","patience":{"clearedBy":"mending"},\#
                "remedy":[{"acts":[{"host":"b","kind":"command","line":"systemctl status sshd.socket sshd",\#
                "needsRoot":false,"place":"host"}],"text":"'b' is up, and nothing there takes ssh's call: on its console, \#
                see 'systemctl status sshd.socket sshd', and start what is not active; or name the port that it listens on"},\#
                {"acts":[{"arguments":["audit","b"],"kind":"look","line":"turnstile audit b"}],\#
                "text":"'turnstile audit b' answers once it is there"}],\#
                "says":"host 'b' could not be read: refused"}]
                """#)
        #expect(summary.next == "turnstile resume r-1")
    }

    /// A refused login on one host is one hold. An earlier version reported four, three of them with useless remedies.
    @Test func oneCauseIsOneReasonWithWhatFollows() async throws {
        let b = HostID("b")
        let summary = try await summary([
            .began,
            .gatesHeld(reasons: [
                .fleet(.membershipUnknown(witness: b, why: "refused")),
                .fleet(.unitsUnknown(why: "refused", through: b)),
                .etcd(.etcdUnknown(why: "refused", through: b)),
                .host(.hostUnreadable(host: b, why: "refused", trouble: .refused)),
            ]),
        ])
        #expect(summary.holds.map(\.hosts) == [["b"]])
        #expect(
            summary.holds[0].also == [
                "etcd could not be read on 'b'", "fleet cannot be asked on 'b'",
                "what fleet runs cannot be told on 'b'",
            ])
        let lines = summary.lines(on: PresentationTests.plain)
        #expect(lines.count { $0.hasPrefix("    What to do: ") } == 1)
        #expect(!lines.contains { $0.contains("--override") || $0.contains("back to health") })
        #expect(
            lines.contains(
                "    Also: etcd could not be read on 'b'; fleet cannot be asked on 'b'; what fleet runs cannot be told on 'b'."
            ))
    }

    /// Every command in the summary can be pasted.
    @Test func commandsAreThoseOfThisOperator() async throws {
        let hold = HoldReason.fleet(.unitsDown(units: ["web.service"], seenBy: HostID("b")))
        let summary = try await summary(
            [
                .began,
                .gatesHeld(reasons: [
                    .host(.hostUnreadable(host: HostID("b"), why: "refused", trouble: .refused)), hold,
                ]),
            ],
            invocation: Invocation(config: "it's/t.yaml", journal: "/j"))
        let options = #"--config 'it'\''s/t.yaml' --journal /j"#
        #expect(summary.holds[0].remedy[1].text.hasPrefix("'turnstile \(options) audit b' answers"))
        #expect(summary.holds[1].remedy.last?.text == "or pass it over, with --override units='why'")
        #expect(summary.next == "turnstile \(options) resume r-1")
        let entry = summary.lastEntryAt
        #expect(summary.heldSince == entry)
        let now = try Date(entry, strategy: .iso8601)
        let lines = summary.lines(on: PresentationTests.plain, now: now)
        let clock = try #require(RolloutText.clock(entry))
        #expect(
            lines.first
                == "Rollout r-1: held since \(clock) (0 s ago): host 'b' could not be read: nothing takes ssh's call, and 1 more"
        )
        #expect(
            lines.contains(
                "Target not known yet, since 2026-11-24T00:00:00Z, last entry \(entry) (0 s ago)"))
        #expect(lines.contains("  - host: host 'b' could not be read: refused."))
    }

    /// Another target needs another rollout.
    @Test func whatNeedsAnotherTargetIsAbandoned() async throws {
        let jump = HoldReason.release(
            .etcdJump(
                host: HostID("a"), from: "2.0", to: "2.2", target: Version("835.9.0"),
                rule: .minClusterVersion,
                through: Version("766.5.0")))
        let summary = try await summary([.began, .gatesHeld(reasons: [jump])])
        #expect(
            summary.holds.map { $0.remedy.map(\.text) } == [
                [
                    "go through 766.5.0 first: --to 766.5.0",
                    "a rollout keeps its target: end this one with 'turnstile abandon r-1', then begin the other",
                ]
            ])
        #expect(summary.next == "turnstile abandon r-1")
        #expect(RolloutText.reasons([jump])[1] == "    What to do: go through 766.5.0 first: --to 766.5.0.")
    }

    /// The host's own report tells its place.
    @Test(
        arguments: [
            (
                [.returned(boot: BootID("y"), version: Version("1.0.0"), partition: "USR-A")],
                "reverted to 1.0.0", "held: host 'a' reverted: it rebooted towards 2.0.0 and runs 1.0.0 again"
            ),
            (
                [.returned(boot: BootID("y"), version: Version("1.5.0"), partition: "USR-B")],
                "on 1.5.0, which is not the target",
                "held: host 'a' came back on 1.5.0, and the target is 2.0.0"
            ),
            (
                [.returned(boot: BootID("y"), version: Version("2.0.0"), partition: "USR-B")],
                "on 2.0.0, not committed", nil
            ),
            ([], "rebooting into 2.0.0", nil),
        ] as [([RolloutMachine.Event], String, String?)])
    func aHostSaysWhereItIs(events: [RolloutMachine.Event], result: String, doing: String?) async throws {
        let old = Version("1.0.0")
        let begun: [RolloutMachine.Event] = [
            .began, .gatesOpened(running: old),
            .staged(version: Version("2.0.0"), boot: BootID("x"), partition: "USR-B"),
            .gatesOpened(running: old),
        ]
        let summary = try await summary(begun + events)
        if let doing {
            #expect(summary.hosts.map(\.result) == [result, "waiting"])
            #expect(summary.doing == doing)
            return
        }
        let clock = try #require(summary.hosts[0].outSince.flatMap(RolloutText.clock))
        #expect(summary.hosts.map(\.result) == ["OUT since \(clock): \(result)", "waiting"])
        let cutOff = try await self.summary(begun + events, isDriven: false)
        let since = try #require(cutOff.hosts[0].outSince.flatMap(RolloutText.clock))
        #expect(cutOff.hosts[0].result == "OUT since \(since): stopped in mid-step: \(result)")
        #expect(
            cutOff.title(now: .now)
                == "Rollout r-1: stopped in mid-step: 'a' may run its new, unconfirmed system. Leave it alone"
        )
    }

    @Test func aHostThatIsAwaySaysSinceWhen() async throws {
        let machine = RolloutMachine(plan: Self.plan)
        let standing = HostStanding(machine: machine, outSince: nil, isDriven: true)
        #expect(standing.told(of: HostID("a")) == HostStanding.Told(words: "waiting", outSince: nil))
        let old = Version("1.0.0")
        let summary = try await summary([
            .began, .gatesOpened(running: old),
            .staged(version: Version("2.0.0"), boot: BootID("x"), partition: "USR-B"),
            .gatesOpened(running: old), .notReturned(waited: .zero, why: "no route"),
        ])
        let since = try #require(summary.hosts[0].outSince.flatMap(RolloutText.clock))
        #expect(summary.hosts[0].result == "OUT since \(since): no answer")
        #expect(summary.doing == "held: 'a' has not come back from its reboot")
        let unread = try await self.summary([
            .began, .gatesOpened(running: old),
            .staged(version: Version("2.0.0"), boot: BootID("x"), partition: "USR-B"),
            .gatesOpened(running: old), .notReturned(waited: .zero, why: "no route", trouble: .hostKey),
        ])
        let unreadSince = try #require(unread.hosts[0].outSince.flatMap(RolloutText.clock))
        #expect(unread.hosts[0].result == "OUT since \(unreadSince): its host key is not trusted")
    }

    @Test func aStopSaysWhatIsUntouched() throws {
        var machine = RolloutMachine(plan: Self.plan)
        _ = try machine.handle(.began)
        #expect(
            RolloutText.stopped(after: 1, machine)
                == "Stopped after 1 of 2 hosts, as asked. Untouched: a, b.")
        #expect(
            RolloutText.doing(.gating(HostID("b")).holding([.person(.stoppedAfter(hosts: 1))]))
                == "held before 'b': stopped after 1 host, as asked")
    }

    /// A reader of the status need not be the one who asked, and a terminal that closed is nobody's word.
    @Test(
        arguments: [
            (nil, "a hold was asked for"),
            (.keyboard, "a hold was asked for by ^C where it was driven"),
            (.closedTerminal, "the terminal where it was driven was closed"),
            (.termination, "the turnstile that drove it was told to end (SIGTERM)"),
            (.command(by: "bob@desk"), "bob@desk asked to hold"),
            (.command(by: "bob\nRollout r-1: upgraded"), "bob Rollout r-1: upgraded asked to hold"),
        ] as [(HoldAsker?, String)])
    func aHoldSaysWhoseWishItWas(by asker: HoldAsker?, words: String) {
        let reason = HoldReason.person(.operatorHold(by: asker))
        #expect(
            RolloutText.doing(.gating(HostID("b")).holding([reason])) == "held before 'b': \(words)")
        #expect(!reason.description.contains("you"))
    }

    @Test func aRevertedHostNeedsItsWord() async throws {
        let old = Version("1.0.0")
        let summary = try await summary([
            .began, .gatesOpened(running: old),
            .staged(version: Version("2.0.0"), boot: BootID("x"), partition: "USR-B"),
            .gatesOpened(running: old),
            .returned(boot: BootID("y"), version: old, partition: "USR-A"),
        ])
        #expect(summary.next == "turnstile resume r-1 --retry-reverted")
        #expect(
            summary.lines(on: PresentationTests.plain).last
                == "Go on with: turnstile resume r-1 --retry-reverted")
    }

    @Test func anAbandonedRolloutSaysWhatWasGivenBackAndWhatWasLeft() async throws {
        let summary = try await summary([
            .began, .abandonRequested,
            .abandoned(host: HostID("a"), undone: ["update.conf restored"], left: ["the mask"]),
            .abandoned(host: HostID("b"), undone: [], left: []),
        ])
        #expect(summary.state == "abandoned" && summary.next == nil)
        #expect(summary.hosts.map(\.result) == ["given back", "given back"])
        let lines = summary.lines(on: PresentationTests.plain)
        for line in [
            "  a: undone: update.conf restored", "  a: left: the mask", "  b: nothing of ours was left",
        ] {
            #expect(lines.contains(line))
        }
    }

    @Test func aHostThatWasNotGivenBackHoldsIt() async throws {
        let summary = try await summary([
            .began, .abandonRequested, .stepFailed(why: "no route"),
            .abandoned(host: HostID("b"), undone: [], left: []),
        ])
        #expect(summary.state == "held" && summary.next == "turnstile abandon r-1")
        #expect(summary.hosts.map(\.result) == ["not given back", "given back"])
        #expect(summary.holds.map(\.says) == ["abandon of host 'a' failed: no route"])
    }

    @Test func aHostThatWasRolledBackNeedsItsWord() async throws {
        let (old, new) = (Version("1.0.0"), Version("2.0.0"))
        let summary = try await summary([
            .began, .gatesOpened(running: old), .staged(version: new, boot: BootID("x"), partition: "USR-B"),
            .gatesOpened(running: old), .returned(boot: BootID("y"), version: new, partition: "USR-B"),
            .rollbackRequested(
                host: HostID("a"), boot: BootID("y"), version: new, partition: "USR-B"),
            .gatesOpened(running: new), .returned(boot: BootID("z"), version: old, partition: "USR-A"),
            .gatesOpened(running: old),
        ])
        #expect(summary.state == "held")
        #expect(summary.holds.map(\.says) == ["host 'a' was rolled back from 2.0.0, and runs 1.0.0"])
        #expect(summary.next == "turnstile resume r-1 --retry-reverted")
    }

    @Test func anEndedRolloutHasNothingNext() async throws {
        let turn: [RolloutMachine.Event] = [
            .gatesOpened(running: Version("1.0.0")), .nothingOffered(running: Version("1.0.0")),
        ]
        let summary = try await summary([.began] + turn + turn)
        #expect(summary.state == "nothing-offered" && summary.next == nil)
        #expect(!summary.mayHoldCluster)
        #expect(summary.hosts.map(\.result) == ["offered nothing", "offered nothing"])
    }

    /// The turnstile died between its last entry and releasing the cluster lock.
    @Test func anEndedRolloutMayHaveTheClusterStill() async throws {
        let turn: [RolloutMachine.Event] = [
            .gatesOpened(running: Version("1.0.0")), .nothingOffered(running: Version("1.0.0")),
        ]
        let died = try await summary([.began] + turn + turn, isDriven: false)
        #expect(died.mayHoldCluster && died.next == "turnstile resume r-1")
        #expect(
            died.lines(on: PresentationTests.plain).suffix(2) == [
                "It may have the cluster still: nothing says that its turnstile let it go.",
                "Go on with: turnstile resume r-1",
            ])
        let letGo = try await summary([.began] + turn + turn, isDriven: false, isLetGo: true)
        #expect(!letGo.mayHoldCluster && letGo.next == nil)
    }
}

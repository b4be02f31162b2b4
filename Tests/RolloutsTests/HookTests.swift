import RolloutJournal
import RolloutModel
import Rollouts
import Synchronization
import Testing

/// The operator's hooks, in virtual time.
extension RolloutDriverTests {
    /// Gives configured answers to hooks, and records the calls among the acts of the hosts.
    private final class Operator: Sendable {
        let calls = Mutex<[String]>([])
        let ranOn = Mutex<[HostID?]>([])
        let cluster: FakeCluster
        let answer: @Sendable (HookCall, _ before: Int) -> HookAnswer

        init(
            _ cluster: FakeCluster,
            answer: @escaping @Sendable (HookCall, _ before: Int) -> HookAnswer = { _, _ in
                .proceed(output: "")
            }
        ) {
            self.cluster = cluster
            self.answer = answer
        }

        func hooks(_ set: Set<Hook>, _ place: HookPlace = .operatorsMachine) -> OperatorGates {
            let places = Dictionary(uniqueKeysWithValues: set.map { ($0, place) })
            return OperatorGates(hooks: places) { [self] call, on in
                ranOn.withLock { $0.append(on) }
                let line = "\(call.hook) \(call.host?.rawValue ?? "-")"
                let before = calls.withLock { calls in
                    defer { calls.append(line) }
                    return calls.count { $0 == line }
                }
                cluster.state.withLock { $0.acts.append(line) }
                return answer(call, before)
            }
        }
    }

    @Test func everyHookIsAskedAtItsPlace() async throws {
        try await withJournalPath { path async throws in
            let cluster = FakeCluster()
            let hooks = Operator(cluster).hooks(Set(Hook.allCases))
            #expect(try await run(cluster, path, operatorGates: hooks) == .finished(.upgraded))
            #expect(
                cluster.acts.prefix(18) == [
                    "before-rollout -", "before-host a", "gate a", "stage a", "gate a", "reboot a", "gate a",
                    "commit a", "after-host a", "gate a", "before-host b", "gate b", "stage b", "gate b",
                    "reboot b", "gate b", "commit b", "after-host b",
                ])
            #expect(cluster.acts.count { $0.hasPrefix("before-rollout") } == 1)
        }
    }

    /// A hook that says "not now" is asked again, and the host is not touched meanwhile.
    @Test func whoHoldsIsAskedAgain() async throws {
        try await withJournalPath { path async throws in
            let cluster = FakeCluster()
            let patient = Operator(cluster) { _, before in
                before < 2 ? .hold(output: "backup runs") : .proceed(output: "")
            }
            #expect(
                try await run(cluster, path, operatorGates: patient.hooks([.beforeRollout]))
                    == .finished(.upgraded))
            #expect(
                cluster.acts
                    == [String](repeating: "before-rollout -", count: 3) + Self.inOrder)
        }
    }

    @Test func whoHoldsForeverHoldsTheRollout() async throws {
        try await withJournalPath { path async throws in
            let cluster = FakeCluster()
            let never = Operator(cluster) { _, _ in .hold(output: "backup runs") }
            let ending = try await run(cluster, path, operatorGates: never.hooks([.beforeHost]))
            #expect(ending == .held([.operatorGate(.hookHolds(.beforeHost, output: "backup runs"))]))
            #expect(!cluster.acts.contains("stage a"))
            #expect(try await run(cluster, path) == .finished(.upgraded))
        }
    }

    /// A hook runs in its configured place: on the host it is about, or on a named host.
    @Test(
        arguments: [
            (HookPlace.operatorsMachine, [nil, nil, nil]), (.hostConcerned, ["a", "b", "c"]),
            (.host(HostID("bastion")), ["bastion", "bastion", "bastion"]),
        ] as [(HookPlace, [String?])])
    func aHookRunsInItsPlace(place: HookPlace, hosts: [String?]) async throws {
        try await withJournalPath { path async throws in
            let cluster = FakeCluster()
            let willing = Operator(cluster)
            #expect(
                try await run(cluster, path, operatorGates: willing.hooks([.beforeHost], place))
                    == .finished(.upgraded))
            #expect(willing.ranOn.withLock { $0 } == hosts.map { $0.map { HostID($0) } })
        }
    }

    /// A host that cannot be reached has given no refusal: the hook is asked again, and the rollout holds at last.
    @Test func aHookThatIsNotHeardIsAskedAgain() async throws {
        try await withJournalPath { path async throws in
            let cluster = FakeCluster()
            let silent = Operator(cluster) { _, before in
                before < 2 ? .unheard(why: "no route to host") : .proceed(output: "")
            }
            #expect(
                try await run(cluster, path, operatorGates: silent.hooks([.beforeHost], .hostConcerned))
                    == .finished(.upgraded))
            #expect(silent.calls.withLock { $0.count { $0 == "before-host a" } } == 3)
            #expect(try words(path).count == 3)
        }
        try await withJournalPath { path async throws in
            let mute = Operator(FakeCluster()) { _, _ in .unheard(why: "no route to host") }
            #expect(
                try await run(mute.cluster, path, operatorGates: mute.hooks([.beforeHost], .hostConcerned))
                    == .held([.operatorGate(.hookUnheard(.beforeHost, on: a, why: "no route to host"))]))
            #expect(try words(path).isEmpty)
        }
    }

    /// A hook's output is in the journal whatever the hook decided, before the entries that follow from it.
    @Test(
        arguments: [
            (HookAnswer.proceed(output: "line 1\nline 2"), HookWord.Verdict.proceed),
            (.hold(output: "line 1\nline 2"), .hold),
            (.failed(why: "it ended with 3", output: "line 1\nline 2"), .fail),
        ] as [(HookAnswer, HookWord.Verdict)])
    func theWordsOfAHookAreEvidence(answer: HookAnswer, verdict: HookWord.Verdict) async throws {
        try await withJournalPath { path async throws in
            let cluster = FakeCluster()
            let talking = Operator(cluster) { _, _ in answer }
            _ = try await run(
                cluster, path, operatorGates: talking.hooks([.beforeRollout], .host(HostID("b"))))
            #expect(
                try words(path) == [
                    HookWord(
                        hook: .beforeRollout, on: HostID("b"), host: nil, checkpoint: nil,
                        verdict: verdict, output: "line 1\nline 2")
                ])
            let entries = try journalEntries(path)
            let index = try #require(entries.firstIndex { if case .said = $0.what { true } else { false } })
            switch entries[index + 1].what {
            case .event(.gatesOpened): #expect(verdict == .proceed)
            case .event(.gatesHeld(let reasons)):
                #expect(verdict != .proceed && reasons.contains { $0.description.hasSuffix(": line 2") })
            default: Issue.record("\(entries[index + 1])")
            }
        }
    }

    private func words(_ path: String) throws -> [HookWord] {
        try journalEntries(path).compactMap {
            if case .said(let word) = $0.what { word } else { nil }
        }
    }

    /// The output of a hook that lets through is shown.
    @Test func theWordsOfAHookAreShown() async throws {
        try await withJournalPath { path async throws in
            let cluster = FakeCluster()
            let talking = Operator(cluster) { _, _ in .proceed(output: "backup of 12 GB") }
            let shown = Mutex<[String]>([])
            _ = try await run(cluster, path, operatorGates: talking.hooks([.beforeRollout])) { notice in
                if case .progress(_, let message, _) = notice { shown.withLock { $0.append(message) } }
            }
            #expect(shown.withLock { $0.first } == "for your hook 'before-rollout': backup of 12 GB")
        }
    }

    /// A failure between stage and reboot leaves the host staged and up.
    @Test func oneFailureIsEnough() async throws {
        try await withJournalPath { path async throws in
            let cluster = FakeCluster()
            let failing = Operator(cluster) { call, _ in
                call.checkpoint == .beforeReboot
                    ? .failed(why: "it ended with 3", output: "pager is silent") : .proceed(output: "")
            }
            let ending = try await run(cluster, path, operatorGates: failing.hooks([.gate]))
            #expect(
                ending
                    == .held([
                        .operatorGate(.hookFailed(.gate, why: "it ended with 3", output: "pager is silent"))
                    ]))
            #expect(cluster.acts == ["gate a", "stage a", "gate a"])
        }
    }

    /// Observations from before a hook ran do not count after it.
    @Test func theGatesAreAskedAgainAfterAHook() async throws {
        try await withJournalPath { path async throws in
            let cluster = FakeCluster()
            let breaking = Operator(cluster) { [cluster] call, _ in
                if call.checkpoint == .beforeReboot { cluster.change("b") { $0.memberIsUnhealthy = true } }
                return .proceed(output: "")
            }
            guard case .held = try await run(cluster, path, operatorGates: breaking.hooks([.gate])) else {
                Issue.record("not held")
                return
            }
            #expect(cluster.acts == ["gate a", "stage a", "gate a"])
        }
    }

    /// Leadership is handed on before the last observation by the gates. A failure to do so is no reason to hold.
    @Test func leadershipIsHandedOnBeforeEachReboot() async throws {
        try await withJournalPath { path async throws in
            let cluster = FakeCluster()
            #expect(try await run(cluster, path, plan: { $0.movesLeader = true }) == .finished(.upgraded))
            let expected = ["a", "b", "c"].flatMap {
                ["stage \($0)", "move leader \($0)", "reboot \($0)", "commit \($0)"]
            }
            #expect(cluster.acts == expected)
        }
    }

    /// A rollback is for a cluster in trouble, so no hook is asked.
    @Test func aWayBackAsksNone() async throws {
        try await withJournalPath { path async throws in
            let cluster = FakeCluster()
            _ = try await failing(cluster, path)
            let none = Operator(cluster) { _, _ in .failed(why: "asked", output: "") }
            _ = try await run(
                cluster, path, event: rollbackRequest(cluster, a),
                operatorGates: none.hooks(Set(Hook.allCases)))
            #expect(cluster.acts.contains("rollback a"))
            #expect(none.calls.withLock { $0.isEmpty })
        }
    }

    /// A page is asked wherever the hook `gate` is, until it says yes or the time is up.
    @Test func aPageThatSaysNoIsAskedAgain() async throws {
        try await withJournalPath { path async throws in
            let cluster = FakeCluster()
            let asked = Mutex(0)
            let page = OperatorGates.Page(name: "https://status.example") {
                asked.withLock { count in
                    count += 1
                    return count < 3 ? "it answered 503, not 200" : nil
                }
            }
            var gates = OperatorGates.none
            gates.pages = [page]
            #expect(try await run(cluster, path, operatorGates: gates) == .finished(.upgraded))
            #expect(asked.withLock { $0 } == 2 + 4 * 3)
        }
    }

    @Test func whatIsPassedOverIsNotAsked() async throws {
        try await withJournalPath { path async throws in
            let cluster = FakeCluster()
            let never = Operator(cluster) { _, _ in .failed(why: "asked", output: "") }
            var gates = never.hooks(Set(Hook.allCases))
            gates.pages = [.init(name: "https://status.example", ask: { "it answered 503, not 200" })]
            let words = [OverridableGate.hooks, .http].map { GateOverride(gate: $0, reason: "broken itself") }
            #expect(
                try await run(cluster, path, plan: { $0.overrides = words }, operatorGates: gates)
                    == .finished(.upgraded))
            #expect(never.calls.withLock { $0.isEmpty })
        }
    }

    @Test func aPageThatNeverSaysYesHolds() async throws {
        try await withJournalPath { path async throws in
            let cluster = FakeCluster()
            var gates = OperatorGates.none
            gates.pages = [.init(name: "https://status.example", ask: { "it answered 503, not 200" })]
            #expect(
                try await run(cluster, path, operatorGates: gates)
                    == .held([
                        .operatorGate(
                            .pageShut(url: "https://status.example", why: "it answered 503, not 200"))
                    ]))
            #expect(cluster.acts.isEmpty)
        }
    }
}

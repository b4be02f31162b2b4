import RolloutModel
import SampleValues
import Testing

@Suite struct GatesTests {
    static let settings = GateSettings(fleet: .init(ttl: .seconds(30)), etcd: .init(samples: 3))
    static let gates = Gates(plan: Samples.plan(), settings: settings)
    let a = Samples.a
    let b = Samples.b
    let c = Samples.c

    /// A healthy cluster, seen at `moment` by every host but `a`.
    static func whole(at moment: Moment) -> Inventory {
        let hosts = Samples.plan().hosts
        let machines = Set(hosts.map(\.machine))
        return Inventory(
            takenAt: moment,
            hosts: Dictionary(
                uniqueKeysWithValues: hosts.map {
                    (
                        $0.id,
                        .seen(
                            HostFacts.sample(
                                machine: $0.machine, boot: BootID("x"), version: Samples.old, committed: true)
                        )
                    )
                }),
            membership: [Samples.b: .seen(machines), Samples.c: .seen(machines)],
            registry: registry(hosts.map { ($0.machine.rawValue, 1) }),
            etcd: [Samples.b: .seen(view())],
            seats: [Samples.a: .seen(.member(EtcdMemberID("a"), server: "3.4.23"))])
    }

    /// Entries that were written this often, with seconds left.
    static func registry(
        _ entries: [(String, UInt64)], timeLeft: Duration? = .seconds(20)
    ) -> Observation<[MachineID: FleetEntry]> {
        .seen(
            Dictionary(
                uniqueKeysWithValues: entries.map {
                    (MachineID($0), FleetEntry(index: $1, timeLeft: timeLeft))
                }))
    }

    static func view(
        unhealthy: Set<String> = [], learners: Set<String> = [], names: [String] = ["a", "b", "c"]
    )
        -> EtcdView
    {
        EtcdView(
            members: names.map {
                .init(
                    id: EtcdMemberID($0), name: $0, isLearner: learners.contains($0),
                    health: unhealthy.contains($0) ? .unhealthy("503") : .healthy, version: "3.4.23")
            }, clusterVersion: "3.4.0")
    }

    /// A cluster that is healthy for forty seconds, observed every ten: longer than the TTL, and in more samples than
    /// needed.
    static var steady: [Inventory] { [0, 10, 20, 30, 40].map { whole(at: $0) } }

    func verdict(_ checkpoint: Checkpoint = .beforeStage, _ change: (inout [Inventory]) -> Void) -> Verdict {
        var history = Self.steady
        change(&history)
        return Self.gates.verdict(checkpoint, of: a, history: history)
    }

    /// The registry at two moments five seconds apart, and true if all three hosts are alive then.
    static let renewals: [([String: UInt64], [String: UInt64], Bool)] = [
        (["a": 1, "b": 2, "c": 3], ["a": 7, "b": 8, "c": 9], true),
        // An entry that was not written again: its host may be dead.
        (["a": 1, "b": 2, "c": 3], ["a": 7, "b": 8, "c": 3], false),
        (["a": 1, "b": 2, "c": 3], ["a": 7, "b": 8], false),
        (["a": 1, "b": 2], ["a": 7, "b": 8, "c": 9], false),
        (["a": 7, "b": 8, "c": 9], ["a": 1, "b": 2, "c": 3], false),
    ]

    /// An entry that was written again is proof at once, without waiting for a TTL.
    @Test(arguments: renewals)
    func freshnessIsProvedByRenewal(first: [String: UInt64], last: [String: UInt64], isProved: Bool) {
        func named(_ indices: [String: UInt64]) -> Observation<[MachineID: FleetEntry]> {
            Self.registry(indices.map { ("m-\($0.key)", $0.value) })
        }
        var history = [0, 3, 5].map { Self.whole(at: $0) }
        history[0].registry = named(first)
        history[1].registry = nil
        history[2].registry = named(last)
        let verdict = Self.gates.verdict(.beforeStage, of: a, history: history)
        #expect(
            verdict
                == (isProved
                    ? .proceed
                    : .hold([.fleet(.membershipUnsteady(seen: .seconds(5), needed: .seconds(30)))])))
    }

    /// A gap between observations: a reading before the gap proves nothing about later.
    @Test func aRenewalAcrossAGapIsNoProof() {
        var history = [0, 3, 5].map { Self.whole(at: $0) }
        history[2].registry = Self.registry([("m-a", 2), ("m-b", 2), ("m-c", 2)])
        history[1].membership[b] = .seen([])
        #expect(
            Self.gates.verdict(.beforeStage, of: a, history: history)
                == .hold([.fleet(.membershipUnsteady(seen: .zero, needed: .seconds(30)))]))
    }

    /// The seconds left of fleet's entries, and the TTL that they show where 40 s of observation are not enough; nil
    /// where they are.
    static let ttls: [(left: [Double?], needed: Double?)] = [
        ([20, 20, 20], nil), ([30, 30, 30], nil), ([39, 12, 1], nil), ([0, 0, 0], nil),
        // A dead host may be listed for as long as the longest entry has left.
        ([41, 20, 20], 41), ([20, 60, 20], 60), ([20, 20, 3600], 3600),
    ]

    /// The configuration says 30 s, and the hosts' fleet.conf has another value.
    @Test(arguments: ttls)
    func timeProvesNothingBeforeFleetsOwnTTLHasPassed(left: [Double?], needed: Double?) {
        let entries = zip(["m-a", "m-b", "m-c"], left).map {
            (MachineID($0), FleetEntry(index: 1, timeLeft: $1.map { .seconds($0) }))
        }
        let verdict = verdict { history in
            // Later observations show less time left for the same entries.
            history[0].registry = .seen(Dictionary(uniqueKeysWithValues: entries))
        }
        guard let needed else { return #expect(verdict == .proceed) }
        #expect(
            verdict
                == .hold([
                    .fleet(.membershipUnsteady(seen: .seconds(40), needed: .seconds(needed))),
                    .fleet(.fleetTTLDiffers(listed: .seconds(needed), configured: .seconds(30))),
                ]))
        #expect(!verdict.reasons.contains { $0.patience != .soon })
    }

    /// Registries that cannot be read completely, and the reason in the hold.
    static let unread: [(Observation<[MachineID: FleetEntry]>?, String)] = [
        (.unknown("through 'b': answered 404"), "through 'b': answered 404"), (nil, "not asked"),
        (.seen([:]), "the entry of 'a' (m-a) tells none"),
        (registry([("m-a", 1), ("m-b", 1)]), "the entry of 'c' (m-c) tells none"),
        (
            registry([("m-a", 1), ("m-b", 1), ("m-c", 1)], timeLeft: nil),
            "the entry of 'a' (m-a) tells none"
        ),
    ]

    /// Where fleet's TTL is unknown, only a person's override makes the configured TTL enough.
    @Test(arguments: unread)
    func whereFleetDoesNotTellItsTTLTheConfigurationIsNotBelieved(
        registry: Observation<[MachineID: FleetEntry]>?, why: String
    ) {
        let unread = Self.steady.map { inventory in
            var inventory = inventory
            inventory.registry = registry
            return inventory
        }
        #expect(
            Self.gates.verdict(.beforeStage, of: a, history: unread)
                == .hold([.fleet(.fleetTTLUnknown(why: why))]))
        var word = Self.gates
        word.overridden = [.fleetTTL]
        #expect(word.verdict(.beforeStage, of: a, history: unread) == .proceed)
        #expect(
            word.verdict(.beforeStage, of: a, history: Array(unread.suffix(3)))
                == .hold([.fleet(.membershipUnsteady(seen: .seconds(20), needed: .seconds(30)))]))
    }

    @Test(arguments: [Checkpoint.beforeStage, .beforeReboot, .beforeCommit, .afterCommit, .afterRollback])
    func aWholeAndSteadyClusterLetsThrough(checkpoint: Checkpoint) {
        #expect(verdict(checkpoint) { _ in } == .proceed)
    }

    @Test func nothingSeenIsNotAPass() {
        #expect(verdict { $0 = [] } == .hold([.etcd(.etcdUnknown(why: "nothing was observed yet"))]))
    }

    @Test func anUnreadableHostHolds() {
        #expect(
            verdict { $0[4].hosts[b] = .unknown("no route") }
                == .hold([.host(.hostUnreadable(host: b, why: "no route"))]))
        #expect(
            verdict { $0[4].hosts[b] = nil } == .hold([.host(.hostUnreadable(host: b, why: "not asked"))]))
    }

    @Test func aMissingMachineHoldsAndNamesWhoMissesIt() {
        #expect(
            verdict { $0[4].membership[c] = .seen([MachineID("m-a"), MachineID("m-c")]) }
                == .hold([.fleet(.memberMissing(host: b, machine: MachineID("m-b"), witness: c))]))
    }

    @Test func aWitnessThatCannotTellHolds() {
        #expect(
            verdict { $0[4].membership[c] = .unknown("exit status 1") }
                == .hold([.fleet(.membershipUnknown(witness: c, why: "exit status 1"))]))
    }

    @Test func aStaleEntryIsNotBelievedUntilItWouldBeGone() {
        #expect(
            verdict { $0 = [0, 10, 20, 30].map(Self.whole(at:)) }
                == .hold([.fleet(.membershipUnsteady(seen: .seconds(30), needed: .seconds(30)))]))
        #expect(
            verdict { $0[2].membership[b] = .seen([]) }
                == .hold([.fleet(.membershipUnsteady(seen: .seconds(10), needed: .seconds(30)))]))
    }

    @Test func withoutAnyOtherHostThereIsNoWitness() {
        let lonely = Gates(plan: Samples.plan([a]), settings: Self.settings)
        #expect(
            lonely.verdict(.beforeStage, of: a, history: Self.steady).reasons.contains(
                .fleet(.noWitness(host: a))))
    }

    @Test func anUnhealthyMemberHolds() {
        #expect(
            verdict { $0[4].etcd[b] = .seen(Self.view(unhealthy: ["c"])) }
                == .hold([.etcd(.etcdMemberUnhealthy(member: "c", seenBy: Samples.b, why: "503"))]))
    }

    @Test func oneHealthySampleDecidesNothing() {
        #expect(
            verdict { $0[2].etcd[b] = .seen(Self.view(unhealthy: ["c"])) }
                == .hold([.etcd(.etcdUnsteady(samples: 2, needed: 3))]))
    }

    @Test func etcdThatWasNotReadHolds() {
        #expect(verdict { $0[4].etcd = [:] } == .hold([.etcd(.etcdUnknown(why: "no host was asked"))]))
        #expect(
            verdict { $0[4].etcd = [c: .unknown("refused")] }
                == .hold([.etcd(.etcdUnknown(why: "refused", through: c))]))
    }

    /// A learner has no vote, so an unhealthy one holds no host.
    @Test func aLearnerThatIsNotHealthyHoldsNobody() {
        let view = Self.view(unhealthy: ["d"], learners: ["d"], names: ["a", "b", "c", "d"])
        #expect(
            verdict { history in
                for index in history.indices { history[index].etcd = [Samples.b: .seen(view)] }
            } == .proceed)
    }

    private static func quorumBreaks(leaving healthy: Int, of voters: Int, needed votes: Int) -> Verdict {
        .hold([
            .etcd(
                .quorumWouldBreak(
                    host: Samples.a, healthyWithout: healthy, votesNeeded: votes, voters: voters,
                    seenBy: Samples.b))
        ])
    }

    /// The voters, the learners among them, the seat, and the quorum's reason when that host goes.
    @Test(
        arguments: [
            (["a", "b", "c"], [], Verdict.proceed),
            (["a", "b"], [], quorumBreaks(leaving: 1, of: 2, needed: 2)),
            (["a"], [], quorumBreaks(leaving: 0, of: 1, needed: 1)),
            (["a", "b", "c"], ["c"], quorumBreaks(leaving: 1, of: 2, needed: 2)),
            (["a", "b", "c"], ["a"], .proceed),
            (
                ["b", "c"], [],
                .hold([
                    .etcd(.etcdSeatUnknown(host: Samples.a, why: "its member a is not among those listed"))
                ])
            ),
        ] as [([String], Set<String>, Verdict)])
    func quorumIsCountedWithoutTheHost(names: [String], learners: Set<String>, expected: Verdict) {
        let view = Self.view(learners: learners, names: names)
        #expect(
            verdict { history in
                for index in history.indices { history[index].etcd[b] = .seen(view) }
            } == expected)
    }

    @Test func aHostWithoutASeatMayGo() {
        #expect(
            verdict { history in
                history[4].seats[a] = .seen(.none)
                for index in history.indices { history[index].etcd[b] = .seen(Self.view(names: ["b", "c"])) }
            } == .proceed)
    }

    @Test func anUnknownSeatHolds() {
        #expect(
            verdict { $0[4].seats = [:] } == .hold([.etcd(.etcdSeatUnknown(host: a, why: "not asked"))]))
    }

    func with(_ host: HostID, _ change: @escaping (inout HostFacts) -> Void) -> (inout [Inventory]) -> Void {
        { history in
            guard case .seen(var facts) = history[4].hosts[host] else { return }
            change(&facts)
            history[4].hosts[host] = .seen(facts)
        }
    }

    @Test func onlyTheHostAtWorkMayRunAnUncommittedPartition() {
        let uncommitted = { (facts: inout HostFacts) in facts.committed = false }
        #expect(verdict(.beforeCommit, with(a, uncommitted)) == .proceed)
        #expect(verdict(.beforeStage, with(a, uncommitted)) == .hold([.host(.hostUncommitted(host: a))]))
        #expect(verdict(.afterCommit, with(a, uncommitted)) == .hold([.host(.hostUncommitted(host: a))]))
        #expect(verdict(.beforeCommit, with(b, uncommitted)) == .hold([.host(.hostUncommitted(host: b))]))
    }

    @Test func partitionsThatCannotBeReadHold() {
        #expect(
            verdict(.beforeStage, with(b) { $0.committed = nil })
                == .hold([.host(.partitionsUnreadable(host: b))]))
    }

    @Test func aHostInAnotherRolloutHolds() {
        #expect(
            verdict(.beforeStage, with(c) { $0.claimedBy = RolloutID("r-0") })
                == .hold([.host(.claimedByAnother(host: c, rollout: RolloutID("r-0")))]))
        #expect(verdict(.beforeStage, with(a) { $0.claimedBy = RolloutID("r-1") }) == .proceed)
    }

    @Test func somebodyElsesPendingUpdateHolds() {
        let pending = { (facts: inout HostFacts) in facts.updatePending = true }
        #expect(verdict(.beforeStage, with(a, pending)) == .hold([.host(.updateAlreadyPending(host: a))]))
        #expect(verdict(.beforeReboot, with(a, pending)) == .proceed)
    }

    @Test func anotherMachineUnderTheSameNameHoldsUntilTheRightOneAnswers() {
        let verdict = self.verdict(.beforeStage, with(b) { $0.machine = MachineID("m-z") })
        #expect(
            verdict
                == .hold([.host(.machineChanged(host: b, planned: MachineID("m-b"), found: MachineID("m-z")))]
                ))
        #expect(verdict.reasons.allSatisfy { $0.patience == .mending })
    }

    @Test func allReasonsAreGivenNotTheFirst() {
        let verdict = self.verdict { history in
            history[4].hosts[c] = .unknown("down")
            history[4].membership[b] = .unknown("503")
            history[4].etcd = [:]
        }
        #expect(verdict.reasons.count == 3)
    }

    @Test(arguments: [(1, 1, 0), (2, 2, 0), (3, 2, 1), (4, 3, 1), (5, 3, 2), (6, 4, 2), (7, 4, 3)])
    func quorumOfEverySize(voters: Int, votes: Int, tolerates: Int) {
        #expect(Quorum(voters: voters).votes == votes)
        #expect(Quorum(voters: voters).tolerates == tolerates)
    }
}

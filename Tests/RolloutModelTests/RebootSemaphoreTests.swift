import RolloutModel
import SampleValues
import Testing

@Suite struct RebootSemaphoreTests {
    static let own = RolloutID("r-1")

    /// The semaphore before and after it is taken; nil where no slot is free.
    static let takings: [(before: RebootSemaphore, after: [String]?)] = [
        (RebootSemaphore(), ["r-1"]),
        (RebootSemaphore(holders: ["r-1"]), nil),
        (RebootSemaphore(holders: ["m-b"]), nil),
        (RebootSemaphore(max: 3), ["r-1", "r-1#2", "r-1#3"]),
        // Other holders keep their slots; the free slots are taken.
        (RebootSemaphore(max: 2, holders: ["m-b"]), ["m-b", "r-1"]),
        (RebootSemaphore(max: 2, holders: ["r-1"]), ["r-1", "r-1#2"]),
        (RebootSemaphore(max: 2, holders: ["r-1#2"]), ["r-1", "r-1#2"]),
        (RebootSemaphore(max: 2, holders: ["a", "r-1#2"]), nil),
        // set-max went below the holders.
        (RebootSemaphore(max: 1, holders: ["a", "b"]), nil),
        // The holder is another rollout, whose id begins like ours.
        (RebootSemaphore(max: 2, holders: ["r-12"]), ["r-1", "r-12"]),
    ]

    @Test(arguments: takings.indices) func everyFreeSlotIsTakenAndNoOther(index: Int) {
        let (before, after) = Self.takings[index]
        let taken = before.reserved(for: Self.own)
        #expect(taken?.holders == after)
        #expect(taken?.max == before.max || taken == nil)
        #expect(taken?.reserved(for: Self.own) == nil, "twice is as good as once")
    }

    @Test(arguments: takings.indices) func whatWasTakenIsGivenBack(index: Int) {
        let before = Self.takings[index].before
        let others = before.others(than: Self.own)
        let taken = before.reserved(for: Self.own) ?? before
        let released = taken.released(by: Self.own) ?? taken
        #expect(released.holders == others && released.max == before.max)
        #expect(released.released(by: Self.own) == nil)
    }

    @Test(arguments: [
        (RebootSemaphore(holders: ["r-1"]), true), (RebootSemaphore(), false),
        (RebootSemaphore(max: 2, holders: ["r-1"]), false),
        (RebootSemaphore(max: 2, holders: ["m-b", "r-1"]), false),
        (RebootSemaphore(max: 2, holders: ["r-1", "r-1#2"]), true),
    ])
    func onlyAllOfItKeepsOthersFromRebooting(semaphore: RebootSemaphore, isReserved: Bool) {
        #expect(semaphore.isReserved(for: Self.own) == isReserved)
    }
}

@Suite struct SemaphoreGatesTests {
    static let ours = RebootSemaphore(holders: ["r-1"])
    static let foreign = RebootSemaphore(holders: ["m-b"])

    /// - Parameter seen: the semaphore at each of six observations; the last five are enough for every other gate.
    func reasons(
        _ checkpoint: Checkpoint = .beforeReboot, token: Token? = 1,
        _ seen: [Observation<[RebootSemaphore]>?]
    ) -> [HoldReason] {
        var history = [GatesTests.whole(at: -10)] + GatesTests.steady
        for index in history.indices {
            history[index].semaphores = seen[min(index, seen.count - 1)]
            history[index].lock = .seen(
                LockHolder(rollout: RolloutID("r-1"), token: 1, operatorName: "", since: ""))
        }
        let gates = Gates(plan: Samples.plan(), settings: GatesTests.settings, token: token)
        return gates.verdict(checkpoint, of: Samples.a, history: history).reasons
    }

    static let heldByB = HoldReason.semaphore(
        .semaphoreHeld(
            group: nil, by: [SemaphoreHolder(id: "m-b", host: Samples.b)], seen: .seconds(50)))

    static let answers: [(seen: Observation<[RebootSemaphore]>?, token: Token?, reason: HoldReason?)] = [
        (nil, 1, nil), (.seen([]), 1, nil), (.seen([ours]), 1, nil),
        (.seen([RebootSemaphore()]), 1, .semaphore(.semaphoreFree(group: nil, slots: 1))),
        // Before the rollout begins, a free semaphore is as good as our own.
        (.seen([RebootSemaphore()]), nil, nil),
        (.seen([foreign]), 1, heldByB), (.seen([foreign]), nil, heldByB),
        (.seen([RebootSemaphore(max: 2, holders: ["m-b", "r-1"])]), 1, heldByB),
        (
            .seen([ours, RebootSemaphore(group: "workers", holders: ["someone"])]), 1,
            .semaphore(
                .semaphoreHeld(group: "workers", by: [SemaphoreHolder(id: "someone")], seen: .seconds(50)))
        ),
        (
            .seen([RebootSemaphore(group: "web%2Fservers+x", holders: ["someone"])]), 1,
            .semaphore(
                .semaphoreHeld(
                    group: "web/servers x", by: [SemaphoreHolder(id: "someone")], seen: .seconds(50)))
        ),
        // With a maximum of 0 no host may reboot, whether or not the rollout has the semaphore.
        (.seen([RebootSemaphore(max: 0)]), nil, .semaphore(.semaphoreClosed(group: nil, max: 0))),
        (.seen([RebootSemaphore(max: 0)]), 1, .semaphore(.semaphoreClosed(group: nil, max: 0))),
        (
            .seen([RebootSemaphore(max: 0, holders: ["r-1"])]), 1,
            .semaphore(.semaphoreClosed(group: nil, max: 0))
        ),
        (
            .seen([ours, RebootSemaphore(group: "db", max: -1)]), 1,
            .semaphore(.semaphoreClosed(group: "db", max: -1))
        ),
        (.unknown("no answer"), 1, .semaphore(.semaphoreUnknown(why: "no answer"))),
    ]

    @Test(arguments: answers.indices) func noHostGoesUnlessTheSemaphoreIsOurs(index: Int) {
        let (seen, token, reason) = Self.answers[index]
        for checkpoint in [Checkpoint.beforeStage, .beforeReboot] {
            #expect(reasons(checkpoint, token: token, [seen]).first { $0.isOfLocksmith } == reason)
        }
    }

    /// A host that is out comes back, whoever may reboot.
    @Test(arguments: [Checkpoint.beforeCommit, .afterCommit, .afterRollback], answers.indices)
    func whatBringsAHostInDoesNotWaitForIt(checkpoint: Checkpoint, index: Int) {
        #expect(!reasons(checkpoint, [Self.answers[index].seen]).contains { $0.isOfLocksmith })
    }

    /// Group names as locksmithctl takes them; a name that would not be plain text stays escaped.
    @Test(arguments: [
        ("workers", "workers"), ("web%2Fservers%2Bx", "web/servers+x"), ("a+b", "a b"), ("100%25", "100%"),
        ("%C3%A4", "ä"), ("%c3%a4", "ä"), ("a%0Ab", "a%0Ab"), ("%E2%80%AEx", "%E2%80%AEx"), ("%ff", "%ff"),
        ("%2", "%2"), ("%zz", "%zz"), ("", ""),
    ])
    func groupsAreNamedAsLocksmithctlWantsThem(escaped: String, name: String) {
        #expect(RebootSemaphore(group: escaped).groupName == name)
    }

    @Test func aWayBackDoesNotWaitUntilSomebodyAllowsReboots() {
        #expect(!reasons(.beforeRollback, [.seen([RebootSemaphore(max: 0)])]).contains { $0.isOfLocksmith })
    }

    @Test func aWayBackWaitsForOthersButNotForEtcd() {
        #expect(reasons(.beforeRollback, [.seen([Self.foreign])]).contains(Self.heldByB))
        #expect(!reasons(.beforeRollback, [.unknown("no answer")]).contains { $0.isOfLocksmith })
    }

    /// Another rollout that has the cluster is named only once.
    @Test func anotherRolloutIsNotNamedTwice() {
        let other = LockHolder(rollout: RolloutID("r-2"), token: 2, operatorName: "ann", since: "now")
        var latest = GatesTests.whole(at: 0)
        latest.lock = .seen(other)
        latest.semaphores = .seen([RebootSemaphore(holders: ["r-2"])])
        let gates = Gates(plan: Samples.plan(), settings: GateSettings(fleet: nil, etcd: nil))
        #expect(
            gates.verdict(.beforeStage, of: Samples.a, history: [latest])
                == .hold([.lock(.lockHeld(by: other))]))
        latest.semaphores = .seen([RebootSemaphore(max: 2, holders: ["ann", "r-2"])])
        #expect(gates.verdict(.beforeStage, of: Samples.a, history: [latest]).reasons.count == 2)
    }

    /// Observations from while another host could reboot prove nothing; of the six, only those after that count.
    @Test(
        arguments: [
            ([.seen([ours])], true),
            ([.seen([foreign]), .seen([ours])], true),
            ([.seen([RebootSemaphore()]), .seen([ours])], true),
            ([.seen([ours]), .seen([ours]), .seen([ours]), .seen([foreign]), .seen([ours])], false),
            (
                [.seen([ours]), .seen([ours]), .seen([ours]), .seen([RebootSemaphore()]), .seen([ours])],
                false
            ),
            ([.seen([ours]), .seen([ours]), .unknown("no answer"), .seen([ours])], true),
        ] as [([Observation<[RebootSemaphore]>?], Bool)])
    func evidenceBeginsWhenItIsOurs(seen: [Observation<[RebootSemaphore]>?], isEnough: Bool) {
        let reasons = reasons(.beforeReboot, seen)
        #expect(reasons.isEmpty == isEnough, "\(reasons)")
        #expect(isEnough || reasons.contains { if case .etcd(.etcdUnsteady) = $0 { true } else { false } })
    }

    @Test func sinceWhenItIsHeldIsSaid() {
        let reasons = reasons(.beforeReboot, [.seen([Self.ours]), .seen([Self.ours]), .seen([Self.foreign])])
        let host = SemaphoreHolder(id: "m-b", host: Samples.b)
        #expect(reasons.first == .semaphore(.semaphoreHeld(group: nil, by: [host], seen: .seconds(30))))
    }

    @Test func theTextNamesHostAndCommand() {
        let holders = [
            SemaphoreHolder(id: "0123456789abcdef", host: HostID("core-2")), SemaphoreHolder(id: "ann"),
            SemaphoreHolder(id: "r-7#2"), SemaphoreHolder(id: "r-'; reboot"),
        ]
        let reason = HoldReason.semaphore(.semaphoreHeld(group: "workers", by: holders, seen: .seconds(61)))
        #expect(
            reason.description == """
                locksmith's semaphore of group 'workers' is held by host 'core-2' (01234567), 'ann', 'r-7#2', \
                'r-'; reboot', seen so for \
                61 s: who holds it may reboot a host at any moment
                """)
        #expect(
            reason.remedy.text() == """
                wait until it is let go, which a host does by itself once it is back; where nobody is behind \
                host 'core-2' (01234567) any more: 'locksmithctl -group=workers unlock 0123456789abcdef' on a host; \
                where nobody is behind 'ann' any more: 'locksmithctl -group=workers unlock ann' on a host; \
                where nobody is behind 'r-7#2' any more: 'turnstile unlock r-7'; \
                where nobody is behind 'r-'; reboot' any more: \
                'locksmithctl -group=workers unlock 'r-'\\''; reboot'' on a host
                """)
    }
}

extension HoldReason {
    fileprivate var isOfLocksmith: Bool {
        switch self {
        case .semaphore(.semaphoreHeld), .semaphore(.semaphoreFree), .semaphore(.semaphoreClosed),
            .semaphore(.semaphoreUnknown):
            true
        default: false
        }
    }
}

import RolloutModel
import SampleValues
import Testing

/// A cause is one hold, with its consequences under it.
@Suite struct HoldCauseTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var name: String
        var reasons: [HoldReason]
        /// The causes by their words, with the number of consequences.
        var causes: [String: Int]
        /// The cause that is printed first.
        var first: String

        var testDescription: String { name }
    }

    static let (a, b, c) = (HostID("a"), HostID("b"), HostID("c"))

    static func unread(_ host: HostID, _ trouble: HostTrouble?) -> HoldReason {
        .host(.hostUnreadable(host: host, why: "said so", trouble: trouble))
    }

    static func missed(_ host: HostID, by witness: HostID = a) -> HoldReason {
        .fleet(.memberMissing(host: host, machine: MachineID("m-\(host)"), witness: witness))
    }

    static func sick(_ host: HostID?, by witness: HostID = a, member: String = "m") -> HoldReason {
        .etcd(
            .etcdMemberUnhealthy(
                member: host.map { "m-\($0)" } ?? member, seenBy: witness, why: "no answer", on: host))
    }

    static func unlisted(_ host: HostID) -> HoldReason {
        .fleet(.membershipUnknown(witness: host, why: "exit status 1, 503"))
    }

    static let seat: HoldReason = .etcd(.etcdSeatUnknown(host: b, why: "no answer"))
    static let units: HoldReason = .fleet(.unitsDown(units: ["web.service"], seenBy: a))
    static let deis: HoldReason = .deis(.deisDown(components: ["deis-router@1"], seenBy: a))
    static let window: HoldReason = .window(.windowUnknown)

    static let cases: [Case] = [
        Case(
            name: "ssh refused on one host",
            reasons: [
                unlisted(b), .fleet(.unitsUnknown(why: "refused", through: b)),
                .etcd(.etcdUnknown(why: "refused", through: b)), unread(b, .refused),
            ],
            causes: ["host 'b' could not be read: nothing takes ssh's call": 3],
            first: "host 'b' could not be read: nothing takes ssh's call"),
        Case(
            name: "a host that is down, as all the others see it",
            reasons: [
                units, deis, missed(b), missed(b, by: c), sick(b), sick(b, by: c), unread(b, .unreachable),
                unlisted(b), seat, .nodes(.nodeNotReady(host: b, node: "b", why: "gone")),
                .operatorGate(.hookUnheard(.beforeHost, on: b, why: "no route")),
            ],
            causes: ["host 'b' could not be read: no connection": 10],
            first: "host 'b' could not be read: no connection"),
        Case(
            name: "kubelets of hosts that are down, and of one that is not",
            reasons: [
                unread(a, .unreachable), unread(b, .unreachable), .nodes(.kubeletsSilent(hosts: [a, b])),
                .nodes(.nodeNotReady(host: c, node: "c", why: "x")),
            ],
            causes: [
                "host 'a' could not be read: no connection": 1,
                "host 'b' could not be read: no connection": 0, "the node of 'c' is not ready": 0,
            ], first: "host 'a' could not be read: no connection"),
        Case(
            name: "a login that is refused says nothing of the host's etcd, which others find dead",
            reasons: [unread(b, .loginRefused), unlisted(b), sick(b)],
            causes: [
                "host 'b' could not be read: the login was refused": 1, "etcd on 'b' is not healthy": 0,
            ], first: "host 'b' could not be read: the login was refused"),
        Case(
            name: "an agent that is missing hides neither fleet nor etcd",
            reasons: [unread(b, .agentMissing), missed(b), sick(b)],
            causes: [
                "host 'b' could not be read: it has no agent": 0, "etcd on 'b' is not healthy": 1,
            ], first: "host 'b' could not be read: it has no agent"),
        Case(
            name: "one host's etcd, on a host that answers",
            reasons: [
                unlisted(b), missed(b), seat, sick(b),
                .etcd(
                    .quorumWouldBreak(
                        host: a, healthyWithout: 1, votesNeeded: 2, voters: 3, seenBy: c)),
            ],
            causes: ["etcd on 'b' is not healthy": 4], first: "etcd on 'b' is not healthy"),
        Case(
            name: "etcd without a quorum",
            reasons: [
                .lock(.lockUnknown(why: "503")), .semaphore(.semaphoreUnknown(why: "503")), unlisted(a),
                unlisted(b),
                unlisted(c),
                .fleet(.unitsUnknown(why: "503", through: a)), .etcd(.etcdUnknown(why: "503", through: a)),
            ], causes: ["etcd could not be read on 'a'": 6], first: "etcd could not be read on 'a'"),
        Case(
            name: "two hosts down: etcd has no quorum, and fleet cannot be asked on the third",
            reasons: [
                unread(a, .unreachable), unread(b, .unreachable), unlisted(a), unlisted(b), unlisted(c),
                .lock(.lockUnknown(why: "503")), .etcd(.etcdUnknown(why: "503", through: c)),
            ],
            causes: [
                "host 'a' could not be read: no connection": 1,
                "host 'b' could not be read: no connection": 1,
                "etcd could not be read on 'c'": 2,
            ], first: "host 'a' could not be read: no connection"),
        Case(
            name: "fleetd is dead on the witness",
            reasons: [
                missed(b), missed(b, by: c), .fleet(.unitsUnknown(why: "refused", through: b)), units,
                unlisted(b),
                .deis(.deisUnknown(why: "refused", through: b)),
            ], causes: ["fleet cannot be asked on 'b'": 5], first: "fleet cannot be asked on 'b'"),
        Case(
            name: "two fleetds, each for itself",
            reasons: [missed(b), missed(c, by: b), missed(c)],
            causes: [
                "host 'b' is missing from fleetctl list-machines": 0,
                "host 'c' is missing from fleetctl list-machines": 1,
            ], first: "host 'b' is missing from fleetctl list-machines"),
        Case(
            name: "a window that is closed is a cause of its own",
            reasons: [window, unread(b, .unreachable), units],
            causes: [
                "host 'b' could not be read: no connection": 0,
                "units of fleet are down: web.service": 0, window.brief: 0,
            ], first: "host 'b' could not be read: no connection"),
        Case(
            name: "another host's units, though fleet misses nobody",
            reasons: [unread(b, .refused), units],
            causes: [
                "host 'b' could not be read: nothing takes ssh's call": 0,
                "units of fleet are down: web.service": 0,
            ], first: "host 'b' could not be read: nothing takes ssh's call"),
        Case(
            name: "what one agent cannot tell, for one reason",
            reasons: [
                .host(.untold(host: b, .engine, why: "D-Bus is gone")),
                .host(.untold(host: b, .pendingUpdate, why: "D-Bus is gone")),
                .host(.untold(host: b, .clock, why: "no calendar")),
            ],
            causes: [
                "what update-engine does of host 'b' cannot be told": 1,
                "the time of host 'b' cannot be told": 0,
            ], first: "what update-engine does of host 'b' cannot be told"),
        Case(
            name: "etcd that fails elsewhere is nearer to the lock than a login",
            reasons: [
                unread(b, .loginRefused), .lock(.lockUnknown(why: "503")),
                .etcd(.etcdUnknown(why: "503", through: a)),
            ],
            causes: [
                "host 'b' could not be read: the login was refused": 0, "etcd could not be read on 'a'": 1,
            ], first: "host 'b' could not be read: the login was refused"),
        Case(
            name: "agents that cannot be asked who has the cluster",
            reasons: [.lock(.lockUnknown(why: "1 of 2 agents")), unread(b, .hostKey)],
            causes: ["host 'b' could not be read: its host key is not trusted": 1],
            first: "host 'b' could not be read: its host key is not trusted"),
        Case(
            name: "a journal of before troubles were told apart",
            reasons: [unlisted(b), unread(b, nil), missed(b)],
            causes: ["host 'b' could not be read": 2], first: "host 'b' could not be read"),
        Case(
            name: "a member that no host is known for",
            reasons: [sick(nil, by: a), sick(nil, by: c), sick(nil, by: a, member: "other")],
            causes: ["etcd member 'm' is not healthy": 1, "etcd member 'other' is not healthy": 0],
            first: "etcd member 'm' is not healthy"),
    ]

    @Test(arguments: cases)
    func whatFollowsIsFoldedUnderItsCause(_ one: Case) {
        let causes = one.reasons.causes
        let told = Dictionary(
            causes.map { ($0.reason.brief, $0.consequences.count) }, uniquingKeysWith: { $0 + 100 + $1 })
        #expect(told == one.causes)
        #expect(causes.first?.reason.brief == one.first)
    }

    /// Folding changes only the texts: no reason is lost, and none is added.
    @Test(arguments: cases)
    func everyReasonIsThereOnce(_ one: Case) {
        let all = one.reasons.causes.flatMap { [$0.reason] + $0.consequences }
        #expect(all.count == one.reasons.count)
        #expect(Set(all) == Set(one.reasons))
    }

    /// The causes do not depend on the order in which gates find them.
    @Test(arguments: cases)
    func theCausesDoNotDependOnTheOrder(_ one: Case) {
        func places(_ reasons: [HoldReason]) -> Set<[String]> {
            Set(reasons.causes.map { [$0.reason.gate, $0.reason.subject?.rawValue ?? ""] })
        }
        #expect(places(one.reasons.reversed()) == places(one.reasons))
        #expect(Array(one.reasons.reversed()).causes.count == one.reasons.causes.count)
    }

    @Test func whatTimeMendsIsNotToldBesideWhatNeedsAPerson() {
        let unsteady: HoldReason = .etcd(.etcdUnsteady(samples: 1, needed: 3))
        #expect([unsteady, Self.window].causes.pressing.map(\.reason) == [Self.window])
        #expect([unsteady].causes.pressing.map(\.reason) == [unsteady])
    }

    @Test func aRevertFoldedOrNotNeedsItsWord() {
        let reverted: HoldReason = .step(.reverted(host: Self.a, running: Samples.old, target: Samples.new))
        #expect([reverted].causes.map(\.patience) == [.word(.retryReverted)])
        #expect([Self.window].causes.map(\.patience) == [.mending])
    }

    static func behind(_ host: HostID, _ name: String, _ why: String) -> HoldReason {
        .host(
            .hostUnreadable(
                host: host, why: "cannot reach '\(host)': \(why)", trouble: .bastion,
                bastion: ShutBastion(name: name, why: why)))
    }

    /// The bastion is named once, with the same words, whichever host was heard first.
    @Test func hostsBehindOneBastionAreOneCauseInAnyOrder() {
        let other = behindOther
        let reasons = [
            Self.behind(Self.b, "jump", "no answer within 9 s"), Self.unlisted(Self.c), other,
            Self.behind(Self.c, "jump", "no answer within 10 s"),
            Self.behind(Self.a, "jump", "no answer within 8 s"),
        ]
        for turn in reasons.indices {
            for order in [reasons, Array(reasons.reversed())] {
                let causes = Array(order[turn...] + order[..<turn]).causes
                #expect(
                    Set(causes.map(\.description)) == [
                        "hosts 'a', 'b', 'c' could not be read: the way to them ends at 'jump': no answer within 10 s",
                        other.description,
                    ])
                let shut = causes.first { $0.hosts.count > 1 }
                #expect(shut?.hosts == [Self.a, Self.b, Self.c] && shut?.untold == [Self.unlisted(Self.c)])
                #expect(shut?.reason.subject == Self.a && shut?.patience == .mending)
                #expect(shut?.reason.remedy.text().hasPrefix("mend 'jump', or the way to it: ") == true)
            }
        }
    }

    private var behindOther: HoldReason { Self.behind(HostID("d"), "other", "refused") }

    /// Pairs of reasons, and true if they are of one kind: numbers, witnesses and messages do not matter.
    @Test func aKindHasNoNumbersAndNoWitness() {
        let pairs: [(HoldReason, HoldReason, Bool)] = [
            (Self.sick(Self.b, by: Self.a), Self.sick(Self.b, by: Self.c), true),
            (Self.sick(Self.b), Self.sick(Self.c), false),
            (
                .fleet(.membershipUnsteady(seen: .seconds(1), needed: .seconds(30))),
                .fleet(.membershipUnsteady(seen: .seconds(29), needed: .seconds(30))), true
            ),
            (
                .etcd(.etcdUnsteady(samples: 1, needed: 3)),
                .fleet(.membershipUnsteady(seen: .seconds(1), needed: .seconds(3))),
                false
            ),
            (
                .semaphore(.semaphoreHeld(group: nil, by: [.init(id: "x", host: nil)], seen: .seconds(1))),
                .semaphore(.semaphoreHeld(group: nil, by: [.init(id: "x", host: nil)], seen: .seconds(61))),
                true
            ),
            (Self.unread(Self.b, .refused), Self.unread(Self.b, .hostKey), false),
            (Self.unlisted(Self.b), Self.missed(Self.b), false),
        ]
        for (one, two, isSame) in pairs { #expect((one.kind == two.kind) == isSame, "\(one) \(two)") }
    }
}

@Suite struct WitnessRoundTests {
    static let (a, b) = (HostID("a"), HostID("b"))
    static let sick: HoldReason = .etcd(
        .etcdMemberUnhealthy(member: "c", seenBy: b, why: "silent", on: HostID("c")))

    /// An inventory that asked this one witness.
    static func look(_ witness: HostID) -> Inventory {
        Inventory(
            takenAt: 0, units: [witness: .unknown("x")], deis: [witness: .unknown("x")],
            etcd: [witness: .unknown("x")])
    }

    @Test func aReasonStaysUntilItsOwnWitnessAnswersAgain() {
        var round = WitnessRound()
        let down: HoldReason = .fleet(.unitsDown(units: ["web"], seenBy: Self.b))
        #expect(round.merge([Self.sick, down], of: Self.look(Self.b)) == [Self.sick, down])
        let unsteady: HoldReason = .etcd(.etcdUnsteady(samples: 1, needed: 3))
        #expect(round.merge([unsteady], of: Self.look(Self.a)) == [unsteady, Self.sick, down])
        // The reason is kept for more than one turn.
        #expect(round.merge([], of: Self.look(Self.a)) == [Self.sick, down])
        #expect(round.merge([unsteady], of: Self.look(Self.b)) == [unsteady])
    }

    @Test func whatNoWitnessSaidIsAsOfThisLook() {
        var round = WitnessRound()
        _ = round.merge([.lock(.lockLost), .window(.windowUnknown)], of: Self.look(Self.b))
        #expect(round.merge([], of: Self.look(Self.a)).isEmpty)
    }

    /// A gate that was not asked at all withdraws no reason.
    @Test func anotherGatesAnswerIsNone() {
        var round = WitnessRound()
        _ = round.merge([Self.sick], of: Self.look(Self.b))
        let onlyUnits = Inventory(takenAt: 1, units: [Self.b: .unknown("x")])
        #expect(round.merge([], of: onlyUnits) == [Self.sick])
    }
}

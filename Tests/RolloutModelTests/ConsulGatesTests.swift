import RolloutModel
import SampleValues
import Testing

/// Three hosts, each with a server of Consul, as each of their agents sees them.
@Suite struct ConsulGatesTests {
    static let hosts = [Samples.a, Samples.b, Samples.c]
    static let (a, b, c) = (Samples.a, Samples.b, Samples.c)
    static let settings = GateSettings(
        fleet: nil, etcd: nil, consul: .init(steady: .seconds(10), stabilization: .seconds(60)))

    static func node(_ host: HostID) -> ConsulNodeID { ConsulNodeID("node-\(host)") }

    static func view(of host: HostID) -> ConsulView {
        ConsulView(
            own: ConsulNode(id: node(host), name: "consul-\(host)"), datacenter: "dc1", hasLeader: true,
            members: hosts.map {
                ConsulMember(id: node($0), name: "consul-\($0)", isServer: true, presence: .alive)
            },
            servers: hosts.map {
                ConsulServer(
                    id: node($0), name: "consul-\($0)", isVoter: true, presence: .alive, isHealthy: true)
            })
    }

    typealias Sights = [HostID: Observation<ConsulSight>]

    static var whole: Sights {
        Dictionary(uniqueKeysWithValues: hosts.map { ($0, .seen(.agent(view(of: $0)))) })
    }

    /// All views with the same change.
    static func all(but left: [HostID] = [], _ change: (inout ConsulView) -> Void) -> Sights {
        var sights = whole
        for host in hosts where !left.contains(host) { sights.change(host, change) }
        return sights
    }

    static func plan(_ role: ConsulSeat.Role? = .voter) -> Plan {
        var plan = Samples.plan()
        for index in plan.hosts.indices {
            plan.hosts[index].consul = role.map { ConsulSeat(node: node(plan.hosts[index].id), role: $0) }
        }
        return plan
    }

    /// - Parameter looks: five seconds apart.
    static func reasons(
        _ checkpoint: Checkpoint = .beforeReboot, looks: [Sights], plan: Plan = plan()
    ) -> [HoldReason] {
        let history = looks.enumerated().map { index, sights in
            var inventory = GatesTests.whole(at: .start + .seconds(index * 5))
            for host in hosts {
                inventory.hosts[host] = .seen(
                    .sample(
                        machine: MachineID("m-\(host)"), boot: BootID("x"), version: Samples.old,
                        committed: true))
            }
            inventory.consul = sights
            return inventory
        }
        return Gates(plan: plan, settings: settings).verdict(checkpoint, of: a, history: history).reasons
    }

    static func reasons(_ checkpoint: Checkpoint = .beforeReboot, steady sights: Sights) -> [HoldReason] {
        reasons(checkpoint, looks: [sights, sights, sights])
    }

    @Test(arguments: [
        Checkpoint.beforeStage, .beforeReboot, .beforeCommit, .afterCommit, .beforeRollback, .afterRollback,
    ])
    func aWholeConsulLetsThrough(checkpoint: Checkpoint) {
        #expect(Self.reasons(checkpoint, steady: Self.whole) == [])
    }

    @Test func oneLookProvesNothing() {
        #expect(
            Self.reasons(looks: [Self.whole]) == [
                .consul(.consulUnsteady(seen: .zero, needed: .seconds(10)))
            ])
        let broken = Self.all { $0.hasLeader = false }
        #expect(
            Self.reasons(looks: [Self.whole, broken, Self.whole, Self.whole]) == [
                .consul(.consulUnsteady(seen: .seconds(5), needed: .seconds(10)))
            ])
        #expect(Self.reasons(looks: [broken, Self.whole, Self.whole, Self.whole]) == [])
    }

    static let faults: [(Sights, [ConsulHold])] = [
        ([:], hosts.map { .consulUnknown(host: $0, why: "not asked") }),
        (whole.with(b, .unknown("403")), [.consulUnknown(host: b, why: "403")]),
        (whole.with(b, .seen(.none)), [.consulGone(host: b)]),
        // Two hosts with one agent: what either heard may be the other's.
        (
            whole.with(b, .seen(.agent(view(of: a)))),
            [.consulNodeShared(hosts: [a, b], node: node(a))]
        ),
        (
            all(but: [a, c]) { $0.datacenter = "dc2" },
            [.consulDatacentersDiffer(host: a, datacenter: "dc1", other: b, otherDatacenter: "dc2")]
        ),
        (all(but: [a, c]) { $0.hasLeader = false }, [.consulLeaderless(seenBy: [b])]),
        // A server that is down is one hold, whichever hosts see it.
        (
            all { $0.servers[2].presence = .failed },
            [.consulServerDown(server: "consul-c", seenBy: hosts, why: "it has failed", on: c)]
        ),
        (
            all(but: [a, c]) { $0.servers[2].presence = .leaving },
            [.consulServerDown(server: "consul-c", seenBy: [b], why: "it is leaving", on: c)]
        ),
        (
            all { $0.servers[1].isHealthy = false },
            [
                .consulServerDown(
                    server: "consul-b", seenBy: hosts, why: "autopilot does not call it healthy", on: b)
            ]
        ),
        // raft counts a vote of which gossip knows nothing.
        (
            all {
                $0.servers.append(
                    .init(id: nil, name: "(unknown)", isVoter: true, presence: nil, isHealthy: false))
            },
            [
                .consulServerDown(
                    server: "(unknown)", seenBy: hosts, why: "raft has it, and gossip does not know it")
            ]
        ),
        // Removed from raft, and dead: it is missing all the same.
        (
            all { $0.members.append(.init(id: nil, name: "old", isServer: true, presence: .failed)) },
            [.consulServerDown(server: "old", seenBy: hosts, why: "it has failed")]
        ),
        (all { $0.members.append(.init(id: nil, name: "old", isServer: true, presence: .left)) }, []),
        (all { $0.members.append(.init(id: nil, name: "app", isServer: false, presence: .failed)) }, []),
        (
            all(but: [a]) { $0.members[0].presence = .failed },
            [.consulMemberMissing(host: a, seenBy: [b, c], why: "it has failed")]
        ),
        (
            all(but: [a, b]) { $0.members.removeFirst() },
            [.consulMemberMissing(host: a, seenBy: [c], why: "gossip does not know it")]
        ),
        // Under its old name, too.
        (
            all { $0.members.insert(.init(id: node(a), name: "x", isServer: true, presence: .left), at: 0) },
            []
        ),
    ]

    @Test(arguments: faults.indices, [Checkpoint.beforeStage, .beforeReboot, .beforeCommit, .afterCommit])
    func whatIsNotWholeHolds(index: Int, checkpoint: Checkpoint) {
        let (sights, holds) = Self.faults[index]
        #expect(Self.reasons(checkpoint, steady: sights) == holds.map(HoldReason.consul))
    }

    /// Voters, those of them that are well, and whether two of the hosts may go on without the third.
    @Test(arguments: [(1, false), (2, false), (3, true), (4, true), (5, true)])
    func theQuorumIsCountedWithoutTheHost(voters: Int, isOpen: Bool) {
        let sights = Self.all { view in
            view.servers = (0..<voters).map { number in
                let host = Self.hosts.indices.contains(number) ? Self.hosts[number] : HostID("x\(number)")
                return .init(
                    id: Self.node(host), name: "consul-\(host)", isVoter: true, presence: .alive,
                    isHealthy: true)
            }
        }
        let reason = HoldReason.consul(
            .consulQuorumWouldBreak(
                host: Self.a, healthyWithout: voters - 1, votesNeeded: voters / 2 + 1, voters: voters,
                seenBy: Self.a))
        for checkpoint in [Checkpoint.beforeStage, .beforeReboot, .beforeRollback] {
            #expect(Self.reasons(checkpoint, steady: sights) == (isOpen ? [] : [reason]))
        }
        #expect(Self.reasons(.afterCommit, steady: sights) == [])
    }

    /// A server without a vote, or a client, takes none away; raft counts, and not gossip.
    @Test func onlyAVoterTakesAVoteAway() {
        let sights = Self.all { view in
            view.servers[0].isVoter = false
        }
        #expect(Self.reasons(steady: sights) == [])
        let twoVote = Self.all { $0.servers[2].isVoter = false }
        #expect(
            Self.reasons(steady: twoVote) == [
                .consul(
                    .consulQuorumWouldBreak(
                        host: Self.a, healthyWithout: 1, votesNeeded: 2, voters: 2, seenBy: Self.a))
            ])
    }

    /// autopilot gives the vote back after a while: that is waited for, and then named.
    @Test func aServerThatIsBackHasItsVoteAgain() {
        let without = Self.all { $0.servers[0].isVoter = false }
        let gone = Self.all(but: [Self.a]) { $0.members[0].presence = .failed }
        #expect(
            Self.reasons(.beforeCommit, looks: [gone, without, without]) == [
                .consul(.consulVoteAwaited(host: Self.a, seen: .seconds(5), usual: .seconds(60)))
            ])
        let long = [Sights](repeating: without, count: 13)
        #expect(
            Self.reasons(.beforeCommit, looks: [gone] + long) == [
                .consul(.consulVoteLost(host: Self.a, seen: .seconds(60)))
            ])
        #expect(Self.reasons(.beforeCommit, looks: long + [Self.whole]) == [])
        // The server's own word for its vote is not enough.
        var boast = Self.all(but: [Self.a]) { $0.servers[0].isVoter = false }
        #expect(Self.reasons(.beforeCommit, steady: boast).map(\.patience) == [.soon])
        boast = Self.all(but: [Self.c]) { _ in }
        #expect(Self.reasons(.beforeCommit, steady: boast) == [])
        for role in [ConsulSeat.Role.client, .server, nil] as [ConsulSeat.Role?] {
            #expect(
                Self.reasons(.beforeCommit, looks: [without, without, without], plan: Self.plan(role)) == [])
        }
    }

    /// The host that goes back may be the broken one: the others are whole without it.
    @Test func aHostThatBrokeConsulGoesBack() {
        let silent = Self.all(but: [Self.a]) { view in
            view.members[0].presence = .failed
            view.servers[0].presence = .failed
        }.with(Self.a, .unknown("connection refused"))
        #expect(Self.reasons(.beforeRollback, steady: silent) == [])
        #expect(Self.reasons(.beforeRollback, steady: silent.with(Self.a, .seen(.none))) == [])
        #expect(!Self.reasons(.afterRollback, steady: silent).isEmpty)
        var worse = silent
        worse.change(Self.b) { $0.servers[2].presence = .failed }
        #expect(
            Self.reasons(.beforeRollback, steady: worse) == [
                .consul(
                    .consulServerDown(server: "consul-c", seenBy: [Self.b], why: "it has failed", on: Self.c))
            ])
    }

    @Test func nobodyElseCanTellOfTheOnlyAgent() {
        let alone: Sights = [
            Self.a: .seen(.agent(Self.view(of: Self.a))), Self.b: .seen(.none), Self.c: .seen(.none),
        ]
        var plan = Self.plan(nil)
        plan.hosts[0].consul = ConsulSeat(node: Self.node(Self.a), role: .client)
        #expect(
            Self.reasons(.beforeStage, looks: [alone, alone, alone], plan: plan) == [
                .consul(.consulNoWitness(host: Self.a))
            ])
    }

    @Test func hostsWithoutConsulAreNamed() {
        let none: Sights = [Self.a: .seen(.none), Self.b: .seen(.none), Self.c: .seen(.none)]
        #expect(
            Self.reasons(.beforeStage, looks: [none, none, none], plan: Self.plan(nil)) == [
                .consul(.consulNowhere(hosts: Self.hosts))
            ])
        // A host that never had an agent is no trouble beside those that have.
        let bare = Self.whole.with(Self.a, .seen(.none))
        var plan = Self.plan()
        plan.hosts[0].consul = nil
        #expect(Self.reasons(.beforeReboot, looks: [bare, bare, bare], plan: plan) == [])
    }

    /// A host that takes no command is named for itself, and its server is missed for that.
    @Test func whatFollowsFromASilentHostIsFolded() {
        let sights = Self.all { $0.servers[1].presence = .failed }.with(Self.b, .unknown("no route"))
        let silent = HoldReason.host(
            .hostUnreadable(host: Self.b, why: "no route", trouble: .unreachable))
        let causes = ([silent] + Self.reasons(steady: sights)).causes
        #expect(causes.map(\.reason) == [silent])
        #expect(causes.first?.consequences.count == 2)
    }

    // MARK: The plan

    @Test func thePlanNotesEachPlace() {
        var plan = Self.plan(nil)
        var view = Self.view(of: Self.b)
        view.servers[1].isVoter = false
        var client = Self.view(of: Self.c)
        client.servers.removeLast()
        client.members[2].isServer = false
        for (host, seen) in [(Self.a, Self.view(of: Self.a)), (Self.b, view), (Self.c, client)] {
            #expect(plan.noteConsul(.seen(.agent(seen)), of: host) == nil)
        }
        #expect(plan.hosts.map(\.consul?.role) == [.voter, .server, .client])
        #expect(plan.hosts.map(\.consul?.node) == Self.hosts.map(Self.node))
        var leaderless = Self.view(of: Self.a)
        leaderless.hasLeader = false
        #expect(
            plan.noteConsul(.seen(.agent(leaderless)), of: Self.a)
                == .consul(.consulLeaderless(seenBy: [Self.a])))
        #expect(
            plan.noteConsul(.unknown("403"), of: Self.a)
                == .consul(.consulUnknown(host: Self.a, why: "403")))
        var bare = Self.plan(nil)
        #expect(bare.noteConsul(.seen(.none), of: Self.a) == nil && bare.hosts[0].consul == nil)
    }

    @Test(arguments: [
        ("9D754D17-d864-b1d3-e758-f3fe25a9874f", "9d754d17-d864-b1d3-e758-f3fe25a9874f"), ("", nil),
        ("9d754d17d864b1d3e758f3fe25a9874f", nil), ("9d754d17-d864-b1d3-e758-f3fe25a9874g", nil),
        ("10.0.0.1:8300", nil), ("9d754d17-d864-b1d3-e758-f3fe25a9874f-", nil),
    ])
    func aNodesIdIsAUUID(text: String, id: String?) {
        #expect(ConsulNodeID(uuid: text)?.rawValue == id)
    }
}

extension ConsulGatesTests.Sights {
    fileprivate func with(_ host: HostID, _ sight: Observation<ConsulSight>) -> Self {
        merging([host: sight]) { _, new in new }
    }

    fileprivate mutating func change(_ host: HostID, _ change: (inout ConsulView) -> Void) {
        guard case .seen(.agent(var view))? = self[host] else { return }
        change(&view)
        self[host] = .seen(.agent(view))
    }
}

import SampleValues
import Testing

@testable import RolloutModel

/// A single look at a cluster, judged by the gates.
@Suite struct GateCheckTests {
    static let a = Samples.a
    static let b = Samples.b
    static let c = Samples.c

    /// Three hosts that are whole, and then one change.
    static func findings(
        away: [HostID] = [], isPart: Bool = false, withoutAgent: Set<HostID> = [],
        trouble: HostTrouble = .unreachable, rebooters: [Checkup.Finding] = [], woken: [WokenHost] = [],
        _ change: (inout Inventory, inout [PlannedHost], inout GateSettings) -> Void = { _, _, _ in }
    ) -> [Checkup.Finding] {
        var inventory = GatesTests.whole(at: 0)
        var hosts = Samples.plan().hosts
        let machines = Set(hosts.map(\.machine))
        inventory.membership[a] = .seen(machines)
        for host in [a, b, c] {
            inventory.seats[host] = .seen(.member(EtcdMemberID(host.rawValue), server: "3.4.23"))
        }
        inventory.semaphores = .seen([])
        var settings = GatesTests.settings
        change(&inventory, &hosts, &settings)
        return GateCheck(
            hosts: hosts, settings: settings, inventory: inventory, withoutAgent: withoutAgent,
            away: away.map { AwayHost($0, trouble) }, isPart: isPart, rebooters: rebooters, woken: woken
        ).findings
    }

    @Test func aWholeClusterIsInOrder() {
        let found = Self.findings()
        #expect(found.allSatisfy { $0.verdict == .ok }, "\(found)")
        #expect(Set(found.map(\.check)) == [.host, .fleet, .members, .reboots])
    }

    /// No time passes within one look.
    @Test func aWholeConsulIsInOrderAtOnce() {
        let found = Self.findings { seen, _, settings in
            settings.consul = ConsulGatesTests.settings.consul
            seen.consul = ConsulGatesTests.whole
        }
        #expect(found.allSatisfy { $0.verdict == .ok }, "\(found)")
        let said = "all of 3 servers are well; agents asked: 3"
        #expect(found.filter { $0.check == .consul } == [.ok(.consul, .cluster, said)])
    }

    struct Flaw: Sendable, CustomTestStringConvertible {
        var name: String
        var check: Checkup.Check
        var verdict = Checkup.Verdict.fault
        var subject: Checkup.Subject
        var says: String
        var change: @Sendable (inout Inventory, inout [PlannedHost], inout GateSettings) -> Void

        var testDescription: String { name }
    }

    static let flaws: [Flaw] = [
        Flaw(name: "fleet misses a host", check: .fleet, subject: .host(c), says: "missing from fleetctl") {
            seen, _, _ in
            seen.membership[a] = .seen([MachineID("m-a"), MachineID("m-b")])
            seen.membership[b] = seen.membership[a]
        },
        Flaw(name: "a member is ill", check: .members, subject: .host(b), says: "is not healthy") {
            seen, _, _ in
            seen.etcd[b] = .seen(GatesTests.view(unhealthy: ["b"]))
        },
        Flaw(name: "no member anywhere", check: .etcd, subject: .cluster, says: "no etcd member runs") {
            seen, _, _ in
            seen.etcd = [:]
            for host in [a, b, c] { seen.seats[host] = .seen(.none) }
        },
        Flaw(
            name: "one member for two hosts", check: .etcd, subject: .cluster, says: "as the own one of each"
        ) {
            seen, _, _ in
            seen.seats[b] = seen.seats[a]
        },
        Flaw(name: "a machine with two names", check: .host, subject: .host(b), says: "are one machine") {
            seen, hosts, _ in
            hosts[1].machine = hosts[0].machine
            seen.hosts[b] = .seen(facts("m-a") { _ in })
        },
        Flaw(
            name: "another rollout", check: .lock, verdict: .warning, subject: .host(a),
            says: "another rollout, r-9"
        ) {
            seen, _, _ in
            seen.hosts[a] = .seen(facts("m-a") { $0.claimedBy = RolloutID("r-9") })
        },
        Flaw(
            name: "locksmithd", check: .reboots, subject: .host(a), says: "by locksmithd.service: it reboots"
        ) {
            seen, _, _ in
            seen.hosts[a] = .seen(
                facts("m-a") {
                    $0.hazards = [
                        HostHazard(kind: .rebootsByItself, unit: "locksmithd.service", message: "it reboots")
                    ]
                })
        },
        Flaw(
            name: "a turn of locksmith's", check: .reboots, verdict: .warning, subject: .cluster,
            says: "is held by"
        ) {
            seen, _, _ in
            seen.semaphores = .seen([RebootSemaphore(max: 1, holders: ["m-a"])])
        },
        Flaw(name: "an odd line of update.conf", check: .engine, subject: .host(a), says: "takes GROUP for") {
            seen, _, _ in
            seen.hosts[a] = .seen(
                facts("m-a") {
                    $0.oddSettings = [
                        OddSetting(key: "GROUP", value: "stable\r", path: "/etc/x", line: 2, meant: "stable")
                    ]
                })
        },
        Flaw(
            name: "Consul without a leader", check: .consul, subject: .cluster, says: "Consul has no leader"
        ) {
            seen, _, settings in
            settings.consul = ConsulGatesTests.settings.consul
            seen.consul = ConsulGatesTests.all { $0.hasLeader = false }
        },
        Flaw(name: "an update that waits", check: .host, subject: .host(a), says: "waits for a reboot") {
            seen, _, _ in
            seen.hosts[a] = .seen(facts("m-a") { $0.updatePending = true })
        },
        Flaw(name: "no node", check: .kubernetes, subject: .host(a), says: "m-a") { seen, _, settings in
            settings.asksForNodes = true
            seen.nodes = .seen(
                ["m-b", "m-c"].map {
                    NodeFacts(
                        name: $0, machine: MachineID($0), boot: BootID("x"), renewal: "1", revision: "1")
                })
        },
    ]

    @Test(arguments: flaws) func whatWouldHoldIsTold(flaw: Flaw) throws {
        let found = Self.findings(flaw.change).filter { $0.verdict != .ok }
        let first = try #require(found.first)
        #expect(found.count == 1, "\(found)")
        #expect(
            first.check == flaw.check && first.verdict == flaw.verdict && first.subject == flaw.subject,
            "\(first)")
        #expect(first.said.contains(flaw.says), "\(first.said)")
        #expect(first.fix?.text().isEmpty == false)
        // The same check is not reported to be in order.
        #expect(
            !Self.findings(flaw.change).contains {
                $0.check == flaw.check && $0.verdict == .ok && $0.check != .host
            })
    }

    /// fleet misses the host whose etcd is down. That is told with etcd, and fleet is not in order.
    @Test func whatIsToldUnderItsCauseIsNotInOrder() {
        let found = Self.findings { seen, _, _ in
            seen.etcd[Self.b] = .seen(GatesTests.view(unhealthy: ["c"]))
            for host in [Self.a, Self.b] {
                seen.membership[host] = .seen([MachineID("m-a"), MachineID("m-b")])
            }
            seen.membership[Self.c] = .unknown("etcd does not answer")
        }
        #expect(found.contains { $0.check == .members && $0.verdict == .fault }, "\(found)")
        #expect(!found.contains { $0.check == .fleet && $0.verdict == .ok }, "\(found)")
    }

    /// The reports of others about a host that is away are told with that host.
    @Test func aHostThatIsAwayExplainsWhatIsMissed() {
        let found = Self.findings(away: [Self.c]) { seen, hosts, _ in
            hosts.removeLast()
            seen.hosts[Self.c] = nil
            seen.membership[Self.c] = nil
            seen.seats[Self.c] = nil
            seen.etcd[Self.b] = .seen(GatesTests.view(unhealthy: ["c"]))
        }
        #expect(found.allSatisfy { $0.verdict == .ok }, "\(found)")
        #expect(!found.contains { $0.check == .members }, "not all of them are healthy")
    }

    /// Members whose host nobody knows, by their count beside one host that is away, and the verdict on them.
    @Test(arguments: [(["x"], .warning), (["x", "y"], .fault)] as [([String], Checkup.Verdict)])
    func aMemberOfAnUnknownHostIsNotPassedOver(strangers: [String], verdict: Checkup.Verdict) {
        let found = Self.findings(away: [HostID("core-9")]) { seen, _, _ in
            let names = ["a", "b", "c"] + strangers
            seen.etcd[Self.b] = .seen(GatesTests.view(unhealthy: Set(strangers), names: names))
        }
        let told = found.filter { $0.check == .members }
        #expect(told.count == strangers.count && told.allSatisfy { $0.verdict == verdict }, "\(found)")
        #expect(told.allSatisfy { $0.said.contains("'core-9'") == (verdict == .warning) }, "\(found)")
    }

    /// A server on no host that was reached may be on the one that was not.
    @Test(arguments: [([HostID("core-9")], .warning), ([], .fault)] as [([HostID], Checkup.Verdict)])
    func aServerOfConsulThatIsIllIsNotPassedOver(away: [HostID], verdict: Checkup.Verdict) {
        let found = Self.findings(away: away) { seen, _, settings in
            settings.consul = ConsulGatesTests.settings.consul
            seen.consul = ConsulGatesTests.all {
                $0.servers.append(
                    ConsulServer(
                        id: ConsulNodeID("node-x"), name: "x", isVoter: true, presence: .failed,
                        isHealthy: false))
            }
        }
        #expect(found.filter { $0.check == .consul }.map(\.verdict) == [verdict], "\(found)")
    }

    /// The others were not asked: nothing of them is said as if they had answered.
    @Test(arguments: [HostTrouble.hostKey, .loginRefused, .unreachable])
    func whereOneHostWasReachedTheOthersAreNotSaidToMissIt(trouble: HostTrouble) throws {
        let found = Self.findings(away: [Self.b, Self.c], trouble: trouble) { seen, hosts, _ in
            hosts = [hosts[0]]
            for host in [Self.b, Self.c] {
                seen.hosts[host] = nil
                seen.membership[host] = nil
                seen.seats[host] = nil
            }
            seen.etcd = [Self.a: .seen(GatesTests.view(unhealthy: []))]
        }
        let fleet = try #require(found.first { $0.check == .fleet }, "\(found)")
        #expect(fleet.verdict == .warning && fleet.said.contains("'b' (\(trouble.words))"), "\(fleet)")
        #expect(fleet.fix?.text().contains("turnstile audit b") == true, "\(fleet)")
        #expect(!found.contains { $0.said.contains("no other host") }, "\(found)")
        #expect(!found.contains { $0.check == .fleet && $0.verdict == .ok })
    }

    /// Its rollout has ended: finishing that leads nowhere.
    @Test(arguments: [true, false]) func aLostHostThatWokeUpIsToldWithItsWay(isHeld: Bool) throws {
        let rollout = RolloutID("r-9")
        let holder = LockHolder(
            rollout: rollout, token: 3, operatorName: "ann@desk", since: "2026-11-24T07:12:05Z")
        let woken = WokenHost(host: Self.a, rollout: rollout, why: "it burnt", hasEnded: true, isHeld: isHeld)
        let found = Self.findings(woken: [woken]) { seen, _, _ in
            seen.hosts[Self.a] = .seen(
                Self.facts("m-a") {
                    $0.claimedBy = rollout
                    $0.committed = false
                    if isHeld { $0.holder = holder }
                })
        }
        let told = found.filter { $0.verdict != .ok }
        let first = try #require(told.first)
        #expect(told.count == 1 && first.check == .lock && first.verdict == .fault, "\(told)")
        #expect(first.subject == .host(Self.a) && first.said.contains("was declared lost in rollout r-9"))
        let fix = first.fix?.text() ?? ""
        #expect(fix.contains("'turnstile unlock r-9'") && fix.contains("'turnstile rollback a'"), "\(fix)")
        #expect(!fix.contains("resume") && !fix.contains("abandon r-9"), "\(fix)")
        #expect(!found.contains { $0.check == .host && $0.subject.hosts.contains(Self.a) }, "\(found)")
    }

    /// A second ill member is not the host that is away.
    @Test func aHostThatIsAwayExplainsNoMoreThanItself() {
        let found = Self.findings(away: [Self.c]) { seen, hosts, _ in
            hosts.removeLast()
            seen.etcd[Self.b] = .seen(GatesTests.view(unhealthy: ["b", "c"]))
            seen.seats[Self.c] = nil
        }
        #expect(found.filter { $0.verdict == .fault }.map(\.subject) == [.host(Self.b)], "\(found)")
    }

    /// The hosts' own checks tell why no etcd answers.
    @Test func whatFollowsFromAnEndpointThatIsWrongIsNotToldToo() {
        let found = Self.findings { seen, _, _ in
            seen.etcd = [:]
            seen.registry = .unknown("there is no text")
            for host in [Self.a, Self.b, Self.c] { seen.seats[host] = .unknown("curl: (7)") }
        }
        #expect(found.allSatisfy { $0.verdict == .ok }, "\(found)")
        #expect(!found.contains { $0.check == .members })
    }

    @Test func ofSomeHostsNothingIsSaidThatOnlyAllCanTell() {
        let found = Self.findings(isPart: true) { seen, hosts, _ in
            hosts = [hosts[0]]
            seen.membership = [Self.a: seen.membership[Self.a] ?? .unknown("")]
        }
        #expect(found.allSatisfy { $0.verdict == .ok && $0.check != .fleet }, "\(found)")
    }

    /// An audit tells less than an agent. The facts that it lacks are no fault.
    @Test func aHostWithoutAnAgentIsJudgedByWhatIsKnown() {
        let found = Self.findings(withoutAgent: [Self.a]) { seen, _, settings in
            settings.drift = .init(compare: .oddOneOut)
            seen.hosts[Self.a] = .seen(Self.facts("m-a") { $0.committed = nil })
        }
        #expect(found.allSatisfy { $0.verdict == .ok }, "\(found)")
        let rest = found.filter { $0.check == .host }
        #expect(
            rest == [
                .ok(.host, .hosts([Self.b, Self.c]), "at rest, with no update waiting"),
                .ok(.host, .host(Self.a), "no update waiting; its partitions were not read"),
            ])
    }

    /// Beside Zincati nobody says that nothing else reboots hosts.
    @Test func anotherRebooterLeavesNothingInOrderThere() {
        let zincati = RebooterCheck(host: Self.a, .active(fleetLock: nil)).finding
        let found = Self.findings(rebooters: [zincati])
        #expect(!found.isEmpty && !found.contains { $0.check == .reboots }, "\(found)")
    }

    static func facts(_ machine: String, _ change: (inout HostFacts) -> Void) -> HostFacts {
        var facts = HostFacts.sample(
            machine: MachineID(machine), boot: BootID("x"), version: Samples.old, committed: true)
        change(&facts)
        return facts
    }
}

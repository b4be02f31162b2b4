import SampleValues
import Testing

@testable import RolloutModel

/// Tests the components that a target brings and removes, before anything is rebooted.
@Suite struct ReleaseGatesTests {
    static let a = Samples.a
    static let b = Samples.b
    static let c = Samples.c

    /// A healthy cluster of three, all on one release with one etcd.
    struct Cluster {
        var release: String
        var etcd: String
        var target: String
        var distribution: Distribution? = .coreOS
        var told: String?
        var hasFleet = false
        var accepts = true
        /// The versions of hosts that run something else.
        var releases: [HostID: String] = [:]
        var etcds: [HostID: String] = [:]
        /// Hosts that are asked for their seats.
        var asked: [HostID] = [a]
        var isAncient = false

        var gates: Gates {
            Gates(
                plan: Samples.plan(target: .pinned(version: Version(target))),
                settings: GateSettings(
                    fleet: hasFleet ? .init(ttl: .seconds(1)) : nil, etcd: .init(samples: 1, after: told)),
                acceptsNoReturn: accepts)
        }

        var inventory: Inventory {
            let hosts = Samples.plan().hosts
            var inventory = Inventory(takenAt: 0)
            inventory.registry = GatesTests.registry(
                hosts.map { ($0.machine.rawValue, 1) }, timeLeft: .seconds(1))
            for host in hosts {
                inventory.hosts[host.id] = .seen(
                    HostFacts.sample(
                        machine: host.machine, boot: BootID("x"),
                        version: Version(releases[host.id] ?? release), distribution: distribution,
                        committed: true))
                inventory.membership[host.id] = .seen(Set(hosts.map(\.machine)))
            }
            for host in asked {
                let server = etcds[host] ?? etcd
                inventory.seats[host] = .seen(
                    isAncient
                        ? .ancient(server: server) : .member(EtcdMemberID(host.rawValue), server: server))
            }
            let view = EtcdView(
                members: hosts.map {
                    .init(
                        id: EtcdMemberID($0.id.rawValue), name: $0.id.rawValue, isLearner: false,
                        health: .healthy, version: etcds[$0.id] ?? etcd)
                }, clusterVersion: nil)
            inventory.etcd = [ReleaseGatesTests.b: .seen(view)]
            return inventory
        }

        func reasons(_ checkpoint: Checkpoint = .beforeStage, of host: HostID = a) -> [HoldReason] {
            var later = inventory
            later.takenAt = 10
            return gates.verdict(checkpoint, of: host, history: [inventory, later]).reasons
        }
    }

    // MARK: pairs of releases

    /// A cluster, and the release to go through; nil if it may go to the target directly.
    static let steps: [(from: String, etcd: String, to: String, through: String?)] = [
        ("681.2.0", "2.0.10", "766.5.0", nil), ("717.3.0", "2.0.10", "766.5.0", nil),
        ("766.5.0", "2.1.2", "835.13.0", nil), ("766.5.0", "2.1.2", "899.17.0", nil),
        ("835.13.0", "2.2.0", "1010.5.0", nil), ("899.17.0", "2.2.3", "1520.9.0", nil),
        ("1010.5.0", "2.3.1", "1632.3.0", nil),
        ("717.3.0", "2.0.10", "835.13.0", "766.5.0"), ("681.2.0", "2.0.10", "899.17.0", "766.5.0"),
        ("717.3.0", "2.0.10", "1632.3.0", "766.5.0"), ("766.5.0", "2.1.2", "1010.5.0", "899.17.0"),
        // Releases with etcd-member.
        ("1353.8.0", "3.0.10", "1520.9.0", nil), ("1520.9.0", "3.1.10", "1632.3.0", nil),
        ("1632.3.0", "3.2.11", "1911.5.0", nil), ("1353.8.0", "3.0.10", "1576.5.0", "1520.9.0"),
        ("1465.8.0", "3.1.8", "1911.5.0", "1688.5.3"),
    ]

    @Test(arguments: steps) func stepsBetweenReleases(
        from: String, etcd: String, to: String, through: String?
    ) throws {
        for checkpoint in [Checkpoint.beforeStage, .beforeReboot] {
            let reasons = Cluster(release: from, etcd: etcd, target: to).reasons(checkpoint)
            guard let through else {
                #expect(reasons.isEmpty, "\(reasons)")
                continue
            }
            guard case .release(.etcdJump(_, _, _, _, _, let found))? = reasons.first else {
                Issue.record("\(reasons)")
                continue
            }
            #expect(found == Version(through) && reasons.count == 1)
            #expect(reasons[0].remedy.text() == "go through \(through) first: --to \(through)")
            #expect(reasons.allSatisfy { $0.patience == .act })
            // The way through the named release is open.
            #expect(Cluster(release: from, etcd: etcd, target: through).reasons().isEmpty)
        }
    }

    /// Every release with etcd2 against every later one, by rules that this test writes down again: at most one minor
    /// version, and none from 1675 on.
    @Test func everyPairOfReleasesWithEtcd2() throws {
        let table = ReleaseTable.known
        let coreos = table.releases.filter { $0.distribution == .coreOS }
        let minors = ["2.0": 0, "2.1": 1, "2.2": 2, "2.3": 3]
        var counts: [String: Int] = [:]
        for (index, from) in coreos.enumerated() {
            guard let running = from.etcd2.version, let rank = minors[String(running.prefix(3))] else {
                continue
            }
            for to in coreos[(index + 1)...] {
                let forecast = EtcdForecast(
                    .init(running: running, on: from.version, distribution: .coreOS, target: to.version),
                    releases: table)
                guard to.number.major < 1675 else {
                    #expect(forecast == .lacks(.etcd2), "\(from.version) \(to.version)")
                    counts["gone", default: 0] += 1
                    continue
                }
                guard case .brings(let minor, .table) = forecast, let old = EtcdMinor(running) else {
                    // The ebuild was in the tree, but not in every image.
                    #expect(to.etcd2 == .no && forecast == .lacks(.etcd2), "\(from.version) \(to.version)")
                    continue
                }
                let new = try #require(minors[minor.description])
                let verdict = EtcdCompatibility.verdict(from: old, to: minor)
                switch new - rank {
                case 0: #expect(verdict == .allowed(.samePatchLine))
                case 1: #expect(verdict == .allowed(.nextMinor))
                case 2...:
                    #expect(verdict == .forbidden(.minClusterVersion))
                    counts["jump", default: 0] += 1
                default: #expect(verdict == .forbidden(.neverDown))
                }
            }
        }
        #expect(counts["gone", default: 0] > 10_000 && counts["jump", default: 0] > 1000, "\(counts)")
    }

    /// The last stable release with fleet and etcd2, or with 0.4.
    static let ends:
        [(from: String, etcd: String, isAncient: Bool, to: String, part: ReleasePart, last: String)] =
            [
                ("1632.3.0", "2.3.8", false, "1688.5.3", .etcd2, "1632.3.0"),
                ("717.3.0", "2.0.10", false, "2512.3.0", .etcd2, "1632.3.0"),
                ("1409.7.0", "2.3.7", false, "1675.0.1", .etcd2, "1632.3.0"),
                ("1520.9.0", "2.3.7", false, "1688.9.9+dev-1", .etcd2, "1632.3.0"),
                ("1353.8.0", "0.4.9", true, "1409.7.0", .etcd0, "1353.8.0"),
                ("647.2.0", "0.4.9", true, "1520.9.0", .etcd0, "1353.8.0"),
                ("766.5.0", "0.4.9", true, "1409.9.9", .etcd0, "1353.8.0"),
            ]

    @Test(arguments: ends) func whatATargetHasNoMoreHolds(
        from: String, etcd: String, isAncient: Bool, to: String, part: ReleasePart, last: String
    ) {
        var cluster = Cluster(release: from, etcd: etcd, target: to)
        cluster.isAncient = isAncient
        let lacks = HoldReason.release(
            .releaseLacks(
                host: Self.a, part: part, target: Version(to), last: Version(last)))
        let tooOld = isAncient ? [HoldReason.etcd(.etcdTooOld(host: Self.a, etcd: etcd))] : []
        #expect(cluster.reasons() == tooOld + [lacks])
        // An override does not bring the component back.
        cluster.told = String(etcd.prefix(3))
        #expect(cluster.reasons() == tooOld + [lacks])
        #expect(lacks.remedy.text().contains("--to \(last)"))
    }

    @Test func etcd04IsRecognisedAndHeld() {
        var cluster = Cluster(release: "647.2.0", etcd: "0.4.9", target: "681.2.0")
        cluster.isAncient = true
        #expect(cluster.reasons() == [.etcd(.etcdTooOld(host: Self.a, etcd: "0.4.9"))])
    }

    @Test(arguments: [
        ("1632.3.0", "1688.5.3", true), ("717.3.0", "9999.0.0", true), ("1353.8.0", "1409.7.0", false),
        ("3033.2.0", "3510.2.0", false), ("1353.8.0", "1662.0.0", false),
    ])
    func aClusterOfFleetGoesNoFurtherThanFleet(from: String, to: String, isHeld: Bool) {
        var cluster = Cluster(release: from, etcd: "3.4.23", target: to)
        cluster.hasFleet = true
        let lacks = HoldReason.release(
            .releaseLacks(
                host: Self.a, part: .fleet, target: Version(to), last: Version("1632.3.0")))
        #expect(cluster.reasons() == (isHeld ? [lacks] : []))
        // A reason that would stop the third host is known at the first.
        cluster.release = "3033.2.0"
        cluster.releases = [Self.c: from]
        guard isHeld else { return }
        #expect(
            cluster.reasons() == [
                .release(
                    .releaseLacks(host: Self.c, part: .fleet, target: Version(to), last: Version("1632.3.0")))
            ])
    }

    @Test func anEtcdOlderThanTheClusterIsNotTakenBack() {
        let reasons = Cluster(release: "1010.5.0", etcd: "2.3.1", target: "899.17.0").reasons()
        guard case .release(.etcdJump(_, "2.3", "2.2", _, .neverDown, nil))? = reasons.first else {
            Issue.record("\(reasons)")
            return
        }
        #expect(reasons[0].remedy.text() == "choose a target whose etcd is 2.3 or later")
    }

    @Test func whereNoReleaseLiesBetweenItIsSaid() {
        let reasons = Cluster(
            release: "2512.3.0", etcd: "3.3.24", target: "3033.2.0", distribution: .flatcar
        ).reasons()
        guard case .release(.etcdJump(_, "3.3", "3.5", _, .oneMinorAtATime, nil))? = reasons.first else {
            Issue.record("\(reasons)")
            return
        }
        #expect(
            reasons[0].remedy.text()
                == "bring every member to etcd 3.4 first; no stable release on the way brings it")
    }

    // MARK: what is known, and by whom

    /// An operator's own etcd needs no knowledge of releases; an etcd of the image does.
    static let knowledge: [(from: String, etcd: String, to: String, isHeld: Bool)] = [
        ("1353.8.0", "3.4.23", "1409.7.0", false), ("1409.7.0", "3.5.1", "1465.8.0", false),
        ("766.5.0", "2.1.1", "1010.5.0", false), ("1353.8.0", "3.4.23", "1409.7.5", false),
        ("1353.8.0+dev-1", "3.4.23", "1409.7.0", false),
        ("1353.8.0", "2.3.7", "1409.7.5", true), ("1353.8.0", "2.3.7", "1409.7.0+dev-1", true),
        ("1353.8.5", "2.3.7", "1409.7.0", true), ("1353.8.0+dev-1", "3.0.10", "1409.7.0", true),
        ("9999.0.0", "3.4.23", "9999.1.0", true), ("odd", "3.4.23", "odder", true),
    ]

    @Test(arguments: knowledge) func onlyWhatComesWithAnImageMustBeKnown(
        from: String, etcd: String, to: String, isHeld: Bool
    ) {
        var cluster = Cluster(release: from, etcd: etcd, target: to)
        let reasons = cluster.reasons()
        guard isHeld else {
            #expect(reasons.isEmpty, "\(reasons)")
            return
        }
        guard case .release(.etcdAfterUnknown(Self.a, etcd, Version(to), _))? = reasons.first,
            reasons.count == 1
        else {
            Issue.record("\(reasons)")
            return
        }
        #expect(reasons[0].remedy.text().contains("--etcd-after"))
        // The operator's word is enough, and so is a host that is on the target already.
        cluster.told = String(etcd.prefix(3))
        #expect(cluster.reasons().isEmpty)
        cluster.told = nil
        cluster.releases = [Self.b: to]
        cluster.asked = [Self.a, Self.b]
        #expect(cluster.reasons().isEmpty)
    }

    @Test func aHostThatCouldTellAndDoesNotIsWaitedFor() {
        var cluster = Cluster(release: "1353.8.0", etcd: "2.3.7", target: "1409.7.5")
        cluster.releases = [Self.b: "1409.7.5"]
        var inventory = cluster.inventory
        inventory.seats[Self.b] = .unknown("no route to host")
        let reasons = cluster.gates.verdict(.beforeStage, of: Self.a, history: [inventory]).reasons
        #expect(reasons == [.etcd(.etcdUnknown(why: "that of 'b': no route to host"))])
        #expect(reasons.allSatisfy { $0.patience == .mending })
    }

    /// The operator's word wins over the table, and is checked later.
    @Test func theOperatorsWordCountsFirst() {
        var cluster = Cluster(release: "717.3.0", etcd: "2.0.10", target: "835.13.0")
        cluster.told = "2.1.3"
        #expect(cluster.reasons().isEmpty)
        cluster.told = "2.3"
        #expect(
            cluster.reasons() == [
                .release(
                    .etcdJump(
                        host: Self.a, from: "2.0", to: "2.3", target: Version("835.13.0"),
                        rule: .minClusterVersion, through: Version("766.5.0")))
            ])
        // A host came back with another etcd than the operator said: neither this host nor the next goes on.
        cluster = Cluster(release: "1353.8.0", etcd: "3.4.23", target: "1409.7.0")
        cluster.told = "3.4"
        cluster.releases = [Self.b: "1409.7.0"]
        cluster.etcds = [Self.b: "3.5.1"]
        cluster.asked = [Self.a, Self.b]
        let differs = [HoldReason.release(.etcdDiffers(host: Self.b, found: "3.5.1", told: "3.4"))]
        #expect(cluster.reasons() == differs)
        #expect(cluster.reasons(.beforeCommit, of: Self.b) == differs)
    }

    @Test func whatIsPlannedIsTheWordUntilAnotherIsGiven() {
        var plan = Samples.plan(target: .pinned(version: Version("835.13.0")))
        plan.etcdAfter = "2.1"
        let inventory = Cluster(release: "717.3.0", etcd: "2.0.10", target: "835.13.0").inventory
        var gates = Gates(plan: plan, settings: GateSettings(fleet: nil, etcd: .init(samples: 1)))
        #expect(gates.verdict(.beforeStage, of: Self.a, history: [inventory]) == .proceed)
        gates.settings.etcd?.after = "2.2"
        #expect(gates.verdict(.beforeStage, of: Self.a, history: [inventory]) != .proceed)
    }

    @Test func theLowestMemberDecides() {
        var cluster = Cluster(release: "1010.5.0", etcd: "2.3.1", target: "1520.9.0")
        #expect(cluster.reasons().isEmpty)
        cluster.etcds = [Self.c: "2.1.2"]
        guard case .release(.etcdJump(_, "2.1", "2.3", _, .minClusterVersion, _))? = cluster.reasons().first
        else {
            Issue.record("\(cluster.reasons())")
            return
        }
    }

    @Test func withoutATargetNothingIsSaid() {
        let cluster = Cluster(release: "717.3.0", etcd: "2.0.10", target: "835.13.0")
        let gates = Gates(plan: Samples.plan(), settings: cluster.gates.settings)
        #expect(gates.verdict(.beforeStage, of: Self.a, history: [cluster.inventory]) == .proceed)
    }

    // MARK: once it is back

    /// The etcd that the host came back with, the etcd of the others, and true if the host may be committed.
    @Test(arguments: [
        ("3.4.23", "3.4.23", true), ("3.5.1", "3.4.23", true), ("3.5.1", "3.3.20", false),
        ("3.4.23", "3.5.1", true), ("2.3.8", "2.1.2", false), ("3.0.10", "2.3.8", true),
        ("3.1.6", "2.3.8", false),
    ])
    func aHostThatCameBackTooFarAheadIsNotCommitted(found: String, others: String, isOpen: Bool) {
        var cluster = Cluster(release: "1353.8.0", etcd: others, target: "1409.7.0")
        cluster.releases = [Self.a: "1409.7.0"]
        cluster.etcds = [Self.a: found]
        #expect(cluster.reasons(.beforeCommit).isEmpty == isOpen, "\(cluster.reasons(.beforeCommit))")
    }

    @Test func aSeatThatIsNotToldIsNotCommitted() {
        var cluster = Cluster(release: "1409.7.0", etcd: "3.5.1", target: "1409.7.0")
        cluster.asked = []
        #expect(cluster.reasons(.beforeCommit) == [.etcd(.etcdSeatUnknown(host: Self.a, why: "not asked"))])
    }

    // MARK: the point of no return

    /// The etcds of the other hosts, the etcd that comes by the operator's word, and the question that is asked.
    static let points: [(b: String, c: String, told: String?, asked: HoldReason?)] = [
        ("3.5.1", "3.5.1", "3.5", .noReturn(.pointOfNoReturn(host: a, from: "3.4", to: "3.5"))),
        ("3.5.1", "3.5.1", nil, .noReturn(.pointOfNoReturn(host: a, from: "3.4", to: nil))),
        ("3.4.23", "3.5.1", "3.5", nil), ("3.4.23", "3.4.23", "3.5", nil), ("3.4.1", "3.4.2", "3.4", nil),
        ("3.5.1", "3.5.1", "3.4", nil),
    ]

    @Test(arguments: points.indices) func onlyTheLastOldMemberIsAskedFor(index: Int) {
        let (b, c, told, asked) = Self.points[index]
        var cluster = Cluster(release: "1353.8.0", etcd: "3.4.23", target: "1409.7.0")
        cluster.etcds = [Self.b: b, Self.c: c]
        cluster.told = told
        cluster.accepts = false
        #expect(cluster.reasons() == asked.map { [$0] } ?? [])
        if told != nil {
            #expect(cluster.reasons(.beforeReboot) == cluster.reasons())
        } else {
            // The next etcd is unknown, and no host is rebooted to find out.
            guard case .release(.etcdAfterUnknown)? = cluster.reasons(.beforeReboot).first else {
                Issue.record("\(cluster.reasons(.beforeReboot))")
                return
            }
        }
        #expect(cluster.reasons(.afterCommit).isEmpty)
        cluster.accepts = true
        #expect(cluster.reasons().isEmpty)
    }

    @Test func theFirstUpgradedHostTellsWhatComes() {
        var cluster = Cluster(release: "1353.8.0", etcd: "3.4.23", target: "1409.7.0")
        cluster.etcds = [Self.b: "3.5.1", Self.c: "3.5.1"]
        cluster.releases = [Self.b: "1409.7.0", Self.c: "1409.7.0"]
        cluster.asked = [Self.a, Self.b]
        cluster.accepts = false
        #expect(cluster.reasons() == [.noReturn(.pointOfNoReturn(host: Self.a, from: "3.4", to: "3.5"))])
    }

    @Test func aMemberThatDoesNotSayItsVersionMayBeNewer() {
        var cluster = Cluster(release: "1353.8.0", etcd: "3.4.23", target: "1409.7.0")
        cluster.etcds = [Self.b: "3.5.1", Self.c: "odd"]
        cluster.accepts = false
        #expect(
            cluster.reasons() == [.etcd(.etcdUnknown(why: "member 'c' does not say which version it is"))])
    }

    @Test func nobodyIsAskedWhileSomethingElseIsInTheWay() {
        var cluster = Cluster(release: "1353.8.0", etcd: "3.4.23", target: "1409.7.0")
        cluster.etcds = [Self.b: "3.5.1", Self.c: "3.5.1"]
        cluster.accepts = false
        var inventory = cluster.inventory
        inventory.hosts[Self.b] = .unknown("no route")
        #expect(
            cluster.gates.verdict(.beforeStage, of: Self.a, history: [inventory]).reasons
                == [.host(.hostUnreadable(host: Self.b, why: "no route"))])
    }

    /// The consent is given in the plan, or when the rollout was held.
    @Test func theWordIsRemembered() throws {
        var plan = Samples.plan()
        #expect(!RolloutMachine(plan: plan).acceptsNoReturn)
        plan.acceptsNoReturn = true
        #expect(RolloutMachine(plan: plan).acceptsNoReturn)
        var machine = RolloutMachine(plan: Samples.plan())
        let reason = HoldReason.noReturn(.pointOfNoReturn(host: Self.a, from: "3.4", to: "3.5"))
        try machine.handle([.began, .gatesHeld(reasons: [reason])])
        var copy = machine
        try copy.handle([.resumed(retryReverted: false)])
        #expect(!copy.acceptsNoReturn)
        let directives = try machine.handle([.resumed(retryReverted: false, acceptsNoReturn: true)])
        #expect(machine.acceptsNoReturn && directives == [.askGates(.beforeStage, Self.a)])
    }
}

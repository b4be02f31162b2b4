import Testing

@testable import RolloutModel

/// The etcd that an update brings, by the host's own service and by the contents of the staged partition.
@Suite struct EtcdStagedTests {
    typealias Cluster = ReleaseGatesTests.Cluster
    static let a = Samples.a

    /// The cluster's inventory, with more facts from the agent of `a`.
    static func inventory(
        _ cluster: Cluster, source: EtcdSource? = nil, staged: EtcdSource? = nil, of target: String? = nil
    ) -> Inventory {
        var inventory = cluster.inventory
        guard case .seen(var facts)? = inventory.hosts[a] else { return inventory }
        facts.etcd = source
        if let staged {
            facts.contents = StagedContents(version: Version(target ?? cluster.target), etcd: staged)
        }
        facts.otherPartition = "USR-A"
        inventory.hosts[a] = .seen(facts)
        return inventory
    }

    static func reasons(
        _ cluster: Cluster, _ checkpoint: Checkpoint = .beforeReboot, source: EtcdSource? = nil,
        staged: EtcdSource? = nil, of target: String? = nil
    ) -> [HoldReason] {
        let inventory = inventory(cluster, source: source, staged: staged, of: target)
        return cluster.gates.verdict(checkpoint, of: a, history: [inventory]).reasons
    }

    static let image = EtcdSource(unit: "etcd2.service", origin: .release(.etcd2))

    static func brings(_ version: String?, _ origin: EtcdSource.Origin = .release(.etcd2), why: String? = nil)
        -> EtcdSource
    {
        EtcdSource(unit: "etcd2.service", origin: origin, version: version, why: why)
    }

    /// The etcd of a cluster whose target's etcd the table does not tell, the etcd on the partition, and true if the
    /// host may reboot.
    static let read: [(etcd: String, brings: String, isOpen: Bool)] = [
        ("2.0.13", "2.2.5", false), ("2.0.13", "2.3.8", false), ("2.1.3", "2.3.8", false),
        ("2.2.5", "3.0.17", false), ("2.3.8", "3.1.8", false), ("2.0.13", "2.1.3", true),
        ("2.3.8", "2.3.9", true), ("2.3.8", "3.0.17", true), ("3.5.1", "3.4.23", false),
        ("3.3.27", "3.5.1", false), ("2.3.8", "9.9.9", false),
    ]

    @Test(arguments: read) func thePartitionIsJudgedBeforeTheFirstReboot(
        etcd: String, brings: String, isOpen: Bool
    ) {
        let cluster = Cluster(release: "1353.8.0", etcd: etcd, target: "1409.7.5")
        // Staging is allowed, because it does not change the running system.
        #expect(Self.reasons(cluster, .beforeStage, source: Self.image).isEmpty)
        let found = Self.reasons(cluster, source: Self.image, staged: Self.brings(brings))
        #expect(found.isEmpty == isOpen, "\(found)")
        #expect(found.allSatisfy { if case .release(.etcdJump) = $0 { true } else { false } })
    }

    /// Contents of another release, or contents that could not be read, leave the etcd unknown.
    @Test func unknownHoldsBeforeTheReboot() throws {
        let cluster = Cluster(release: "1353.8.0", etcd: "2.0.13", target: "1409.7.5")
        let unread = Self.brings(nil, why: "it was ended by signal 9")
        for reasons in [
            Self.reasons(cluster), Self.reasons(cluster, source: Self.image),
            Self.reasons(cluster, source: Self.image, staged: Self.brings("2.0.13"), of: "1409.7.0"),
            Self.reasons(cluster, source: Self.image, staged: unread),
            Self.reasons(
                cluster, source: Self.brings(nil, .unclear, why: "a script"),
                staged: Self.brings(nil, .unclear)),
        ] {
            guard case .release(.etcdAfterUnknown(Self.a, "2.0.13", _, _))? = reasons.first,
                reasons.count == 1
            else {
                Issue.record("\(reasons)")
                continue
            }
            #expect(reasons[0].remedy.text().contains("--etcd-after"))
        }
        let why = try #require(Self.reasons(cluster, source: Self.image, staged: unread).first)
        #expect(why.description.contains("it was ended by signal 9"))
    }

    /// Deis ran etcd in a container of its own unit: the image's etcd does not matter, even where the versions are
    /// equal.
    @Test func anEtcdOfTheHostsOwnStays() {
        var cluster = Cluster(release: "717.3.0", etcd: "2.0.10", target: "1010.5.0")
        let own = EtcdSource(unit: "etcd.service", origin: .own, version: "2.0.10")
        #expect(Self.reasons(cluster, source: own).isEmpty)
        #expect(Self.reasons(cluster, .beforeStage, source: own).isEmpty)
        // Beyond the last release with etcd2, too.
        cluster.target = "1688.5.3"
        #expect(Self.reasons(cluster, source: own).isEmpty)
        // A unit that does not name its etcd proves nothing, whatever the versions are.
        let unclear = EtcdSource(unit: "etcd.service", origin: .unclear, why: "etcd.service: a script")
        guard case .release(.etcdAfterUnknown)? = Self.reasons(cluster, source: unclear).first else {
            Issue.record("\(Self.reasons(cluster, source: unclear))")
            return
        }
        // A container whose name has another version than the running one will be another version from its next start
        // on.
        let later = EtcdSource(unit: "etcd.service", origin: .own, version: "2.2.0")
        guard case .release(.etcdJump(_, "2.0", "2.2", _, _, _))? = Self.reasons(cluster, source: later).first
        else {
            Issue.record("\(Self.reasons(cluster, source: later))")
            return
        }
    }

    @Test func whatThePartitionLacksIsSaid() {
        let cluster = Cluster(release: "1353.8.0", etcd: "2.3.7", target: "1409.7.5")
        #expect(
            Self.reasons(cluster, source: Self.image, staged: Self.brings(nil, .missing(.etcd2))) == [
                .release(
                    .releaseLacks(
                        host: Self.a, part: .etcd2, target: Version("1409.7.5"), last: Version("1632.3.0")))
            ])
    }

    /// A staged etcd that differs from the operator's word holds until it is overridden.
    @Test func theOperatorsWordAgainstThePartition() {
        var cluster = Cluster(release: "1353.8.0", etcd: "3.4.23", target: "1409.7.0")
        cluster.told = "3.4"
        let differs = HoldReason.release(
            .etcdStagedDiffers(
                host: Self.a, staged: "3.5.1", told: "3.4", target: Version("1409.7.0")))
        #expect(Self.reasons(cluster, source: Self.image, staged: Self.brings("3.5.1")) == [differs])
        #expect(differs.overridableGate == .etcdAfter && differs.remedy.text().contains("--etcd-after 3.5.1"))
        cluster.told = "3.5"
        #expect(Self.reasons(cluster, source: Self.image, staged: Self.brings("3.5.1")).isEmpty)
    }

    // MARK: data directories

    @Test(arguments: [
        ("2.0", "2.1", EtcdWayBack.open), ("2.2", "2.3", .open), ("2.0", "2.3", .open),
        ("2.3", "3.0", .closed),
        ("2.2", "3.0", .closed), ("2.3", "3.3", .closed), ("3.0", "3.3", .open), ("3.3", "3.4", .untried),
        ("3.4", "3.5", .open), ("3.2", "3.5", .untried), ("3.5", "3.6", .untried), ("0.4", "2.0", .untried),
        ("3.0", "2.3", .open), ("3.5", "3.5", .open),
    ])
    func whetherAMemberGoesBack(old: String, new: String, expected: EtcdWayBack) throws {
        let (old, new) = (try #require(EtcdMinor(old)), try #require(EtcdMinor(new)))
        #expect(EtcdWayBack(to: old, from: new) == expected)
    }

    /// The cluster version is still the old one, but the member is already beyond it.
    @Test(arguments: [("2.3.8", "3.0.17", true), ("3.3.27", "3.4.23", false)])
    func theFirstHostOfAStepThatCannotGoBackIsAskedFor(old: String, new: String, wasTried: Bool) {
        var cluster = Cluster(release: "1353.8.0", etcd: old, target: "1409.7.5")
        cluster.accepts = false
        let (from, to) = (String(old.prefix(3)), String(new.prefix(3)))
        let point = HoldReason.noReturn(
            .memberPointOfNoReturn(host: Self.a, from: from, to: to, wasTried: wasTried))
        #expect(Self.reasons(cluster, .beforeStage, source: Self.image).isEmpty)
        #expect(Self.reasons(cluster, source: Self.image, staged: Self.brings(new)) == [point])
        #expect(point.isPointOfNoReturn && !point.isTerminal)
        cluster.told = to
        #expect(Self.reasons(cluster, .beforeStage, source: Self.image) == [point])
        let outlook = cluster.gates.etcdOutlook(in: Self.inventory(cluster, source: Self.image))
        #expect(
            outlook?.pointOfNoReturn == .init(host: Self.a, from: from, to: to, isOfEachMember: true))
        cluster.accepts = true
        #expect(Self.reasons(cluster, source: Self.image, staged: Self.brings(new)).isEmpty)
    }

    /// The dead man is not set where it would leave a host without its etcd.
    @Test(arguments: [("2.3.8", "3.0.17", false), ("2.2.5", "2.3.8", true), ("3.4.23", "3.5.1", true)])
    func whoGoesBackByItself(old: String, new: String, goesBack: Bool) {
        let cluster = Cluster(release: "1353.8.0", etcd: old, target: "1409.7.5")
        let inventory = Self.inventory(cluster, source: Self.image, staged: Self.brings(new))
        #expect(cluster.gates.memberGoesBack(Self.a, in: inventory) == goesBack)
    }

    /// `a` is back on the target, and runs `since`; the others run what it ran before.
    static func back(
        _ since: String, before: String, seat: Observation<EtcdSeat>? = nil, others: [HostID]? = nil,
        cluster version: String? = nil, told: String? = nil
    ) -> (Gates, Inventory) {
        var cluster = Cluster(release: "1353.8.0", etcd: before, target: "1409.7.5")
        cluster.releases = [a: "1409.7.5"]
        cluster.etcds = [a: since]
        cluster.told = told
        var inventory = inventory(cluster, source: image, staged: brings(since))
        guard case .seen(var facts)? = inventory.hosts[a] else { return (cluster.gates, inventory) }
        facts.etcdBefore = before
        facts.committed = false
        inventory.hosts[a] = .seen(facts)
        if let seat { inventory.seats[a] = seat }
        if case .seen(var view)? = inventory.etcd[Samples.b] {
            view.clusterVersion = version ?? before
            for index in view.members.indices
            where others.map({ $0.map(\.rawValue).contains(view.members[index].name) }) == false {
                view.members[index].health = .unhealthy("nothing answers")
            }
            inventory.etcd[Samples.b] = .seen(view)
        }
        return (cluster.gates, inventory)
    }

    @Test func aMemberThatCannotGoBackKeepsItsHost() {
        let (gates, inventory) = Self.back("3.0.17", before: "2.3.8")
        let reasons = gates.verdict(.beforeRollback, of: Self.a, history: [inventory]).reasons
        let past = HoldReason.noReturn(
            .memberPastReturn(
                host: Self.a, etcd: "2.3", since: "3.0", wasTried: true, member: EtcdMemberID("a"),
                partition: "USR-A"))
        #expect(reasons == [past])
        #expect(past.isTerminal)
        for way in ["'turnstile resume'", "etcdctl member remove a", "etcdctl member add"] {
            #expect(past.remedy.text().contains(way))
        }
        // The host's etcd is silent; the etcd of the partition is known from staging.
        let silent = Self.back(
            "3.0.17", before: "2.3.8", seat: .unknown("nothing answers"), others: [Samples.b, Samples.c])
        let found = silent.0.verdict(.beforeRollback, of: Self.a, history: [silent.1]).reasons
        guard case .noReturn(.memberPastReturn(_, "2.3", "3.0", true, nil, _))? = found.first,
            found.count == 1
        else {
            Issue.record("\(found)")
            return
        }
    }

    @Test func whereNobodyKnowsWhatRanTheWayBackIsHeld() {
        var (gates, inventory) = Self.back(
            "2.3.8", before: "2.3.8", seat: .unknown("nothing answers"), others: [Samples.b, Samples.c])
        if case .seen(var facts)? = inventory.hosts[Self.a] {
            (facts.contents, facts.etcd) = (nil, nil)
            inventory.hosts[Self.a] = .seen(facts)
        }
        let found = gates.verdict(.beforeRollback, of: Self.a, history: [inventory]).reasons
        guard case .noReturn(.etcdSinceUnknown)? = found.first, found.count == 1 else {
            Issue.record("\(found)")
            return
        }
        // The remedy that is named is open.
        gates.settings.etcd?.after = "2.3"
        #expect(gates.verdict(.beforeRollback, of: Self.a, history: [inventory]).reasons.isEmpty)
    }

    // MARK: a new etcd that cannot join

    /// 2.2 met 2.0: both old members have ended themselves, and fleet with them. The host goes back because it is the
    /// cause.
    @Test func theHostThatBrokeEtcdMayGoBack() {
        var (gates, inventory) = Self.back("2.2.5", before: "2.0.13", seat: .unknown("503"))
        gates.settings.fleet = .init(ttl: .seconds(30))
        inventory.etcd = [Samples.b: .unknown("nothing answers")]
        inventory.membership = [Samples.b: .unknown("no etcd"), Samples.c: .unknown("no etcd")]
        #expect(gates.verdict(.beforeRollback, of: Self.a, history: [inventory]) == .proceed)
        let held = gates.verdict(.beforeCommit, of: Self.a, history: [inventory]).reasons
        let jumped = held.first { if case .release(.etcdJumped) = $0 { true } else { false } }
        #expect(jumped?.remedy.text().contains("'turnstile rollback a'") == true)
        #expect(jumped?.remedy.text().contains("reset-failed") == true)
        // A host that did not break etcd waits for etcd, as ever.
        let (_, allowed) = Self.back("2.1.3", before: "2.0.13", seat: .unknown("503"))
        var dark = allowed
        dark.etcd = [Samples.b: .unknown("nothing answers")]
        #expect(gates.verdict(.beforeRollback, of: Self.a, history: [dark]) != .proceed)
    }

    /// The other members need a healthy member, so it is not given away, whatever it runs.
    @Test func oneThatIsHealthyIsNotTheCause() {
        let (gates, inventory) = Self.back("2.3.8", before: "2.1.3", others: [Self.a, Samples.b])
        #expect(!gates.isCause(Self.a, in: inventory))
        #expect(gates.verdict(.beforeRollback, of: Self.a, history: [inventory]) != .proceed)
        let alone = Self.back("2.3.8", before: "2.1.3", others: [Samples.b, Samples.c])
        #expect(alone.0.isCause(Self.a, in: alone.1))
        #expect(alone.0.verdict(.beforeRollback, of: Self.a, history: [alone.1]) == .proceed)
    }

    /// A host that broke etcd and cannot go back is not rolled back to a member that does not start.
    @Test func aCauseThatCannotGoBackIsHeld() {
        let (gates, inventory) = Self.back("3.0.17", before: "2.2.5", others: [Samples.b, Samples.c])
        let found = gates.verdict(.beforeRollback, of: Self.a, history: [inventory]).reasons
        guard case .noReturn(.memberPastReturn)? = found.first else {
            Issue.record("\(found)")
            return
        }
    }

    /// The member was removed by hand and its etcd stopped, so the host takes no member with it.
    @Test func aHostWhoseMemberWasRemovedMayGoBack() {
        var (gates, inventory) = Self.back("3.0.17", before: "2.3.8", seat: .unknown("nothing answers"))
        inventory.etcd = [
            Samples.b: .seen(
                EtcdView(
                    members: ["b", "c"].map {
                        .init(
                            id: EtcdMemberID($0), name: $0, isLearner: false, health: .healthy,
                            version: "2.3.8")
                    }, clusterVersion: "2.3.0"))
        ]
        #expect(gates.verdict(.beforeRollback, of: Self.a, history: [inventory]) != .proceed)
        if case .seen(var facts)? = inventory.hosts[Self.a] {
            facts.etcd = EtcdSource(unit: "", origin: .unclear)
            inventory.hosts[Self.a] = .seen(facts)
        }
        gates.settings.fleet = nil
        #expect(gates.verdict(.beforeRollback, of: Self.a, history: [inventory]) == .proceed)
    }
}

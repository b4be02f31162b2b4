import RolloutModel
import Testing

/// Tests the conditions for a rollback, and the reasons that a host's agent gives against a rollout.
@Suite struct WaysBackGatesTests {
    let a = Samples.a
    let b = Samples.b
    let c = Samples.c

    /// An inventory in which `a` may go back: the etcd of its other partition is that of the cluster.
    static var steady: [Inventory] {
        GatesTests.steady.map { inventory in
            var inventory = inventory
            if case .seen(var facts)? = inventory.hosts[Samples.a] {
                facts.etcdBefore = "3.4.23"
                facts.contents = StagedContents(
                    version: facts.version,
                    etcd: EtcdSource(unit: "etcd-member.service", origin: .release(nil), version: "3.4.27"))
                facts.otherPartition = "USR-A"
                inventory.hosts[Samples.a] = .seen(facts)
            }
            return inventory
        }
    }

    func reasons(
        _ checkpoint: Checkpoint = .beforeRollback, gates: Gates = GatesTests.gates,
        _ change: (inout Inventory) -> Void
    ) -> [HoldReason] {
        var history = Self.steady
        for index in history.indices { change(&history[index]) }
        return gates.verdict(checkpoint, of: a, history: history).reasons
    }

    func facts(_ host: HostID, _ change: @escaping (inout HostFacts) -> Void) -> (inout Inventory) -> Void {
        { inventory in
            guard case .seen(var facts)? = inventory.hosts[host] else { return }
            change(&facts)
            inventory.hosts[host] = .seen(facts)
        }
    }

    @Test func aWholeClusterLetsAHostGoBack() {
        #expect(reasons { _ in }.isEmpty)
    }

    @Test func theBrokenHostItselfMayGoBack() {
        let machines: Set<MachineID> = [MachineID("m-b"), MachineID("m-c")]
        #expect(
            reasons {
                facts(a) { $0.committed = false }(&$0)
                $0.membership = [b: .seen(machines), c: .seen(machines)]
                $0.etcd = [b: .seen(GatesTests.view(unhealthy: ["a"]))]
            }.isEmpty)
    }

    @Test func aSilentEtcdIsTheOneUnhealthyMember() {
        #expect(
            reasons {
                $0.seats = [a: .unknown("nothing answers")]
                $0.etcd = [b: .seen(GatesTests.view(unhealthy: ["a"]))]
            }.isEmpty)
        // All members are healthy, so the member of the host cannot be told.
        #expect(
            reasons { $0.seats = [a: .unknown("nothing answers")] }
                == [.etcd(.etcdSeatUnknown(host: a, why: "nothing answers"))])
    }

    @Test func theOthersMustBeWholeWithoutIt() {
        #expect(
            reasons { $0.etcd = [b: .seen(GatesTests.view(unhealthy: ["a", "c"]))] }
                == [.etcd(.etcdMemberUnhealthy(member: "c", seenBy: Samples.b, why: "503"))])
        #expect(
            reasons { $0.etcd = [b: .seen(GatesTests.view(names: ["a", "b"]))] }
                == [
                    .etcd(
                        .quorumWouldBreak(
                            host: a, healthyWithout: 1, votesNeeded: 2, voters: 2, seenBy: Samples.b))
                ])
        #expect(
            reasons(.beforeRollback, facts(b) { $0.committed = false }) == [.host(.hostUncommitted(host: b))])
        #expect(
            reasons { $0.membership[b] = .seen([MachineID("m-a"), MachineID("m-b")]) }
                == [.fleet(.memberMissing(host: c, machine: MachineID("m-c"), witness: b))])
    }

    static let versions: [(before: String?, cluster: String?, isAllowed: Bool)] = [
        ("3.4.23", "3.4.0", true), ("3.5.1", "3.4.0", true), ("3.4.23", "3.5.0", false),
        ("2.3.8", "3.0.0", false), ("3.9.0", "3.10.0", false), (nil, "3.4.0", false), ("3.4.23", nil, false),
        ("odd", "3.4.0", false),
    ]

    @Test(arguments: versions.indices) func etcdMustStartUnderTheClusterVersion(index: Int) {
        let (before, cluster, isAllowed) = Self.versions[index]
        let found = reasons {
            facts(a) { $0.etcdBefore = before }(&$0)
            var view = GatesTests.view()
            view.clusterVersion = cluster
            $0.etcd = [b: .seen(view)]
        }
        #expect(found.isEmpty == isAllowed, "\(found)")
        // The wait ends only for reasons that waiting does not mend.
        #expect(found.allSatisfy { $0.isTerminal == (cluster != nil) })
    }

    @Test func thePointOfNoReturnIsSaidInPlainWords() {
        let found = reasons {
            var view = GatesTests.view()
            view.clusterVersion = "3.5.0"
            $0.etcd = [b: .seen(view)]
        }
        #expect(found == [.noReturn(.pastReturn(host: a, etcd: "3.4", cluster: "3.5", partition: "USR-A"))])
        #expect(
            found.first?.description.contains(
                "the cluster version rose to 3.5 when the last member was upgraded; etcd 3.4 of USR-A would not start"
            )
                == true)
    }

    @Test func aHostWithoutASeatNeedsNoEtcd() {
        #expect(
            reasons {
                facts(a) { $0.etcdBefore = nil }(&$0)
                $0.seats = [a: .seen(.none)]
                $0.etcd = [b: .seen(GatesTests.view(names: ["b", "c"]))]
            }.isEmpty)
    }

    // MARK: what an agent says against a rollout

    static let leaves = HostHazard(
        kind: .leavesClusterOnShutdown, unit: "graceful-etcd-shutdown.service", message: "it leaves")
    static let reboots = HostHazard(
        kind: .rebootsByItself, unit: "locksmithd.service", message: "it reboots")

    @Test(arguments: [
        (Checkpoint.beforeStage, 2), (.beforeReboot, 2), (.beforeCommit, 0), (.afterCommit, 0),
        (.beforeRollback, 1), (.afterRollback, 0),
    ])
    func hazardsHoldWhereTheyWouldAct(checkpoint: Checkpoint, count: Int) {
        let found = reasons(checkpoint, facts(a) { $0.hazards = [Self.leaves, Self.reboots] })
        #expect(found.count == count, "\(found)")
    }

    @Test func anotherHostsHazardIsKnownFromTheStart() {
        #expect(
            reasons(.beforeStage, facts(c) { $0.hazards = [Self.reboots] })
                == [.host(.hostUnsafe(host: c, unit: "locksmithd.service", message: "it reboots"))])
    }

    @Test func aHostThatWentBackFromTheTargetNeedsAWord() {
        let pinned = Gates(
            plan: Samples.plan(target: .pinned(version: Samples.new)), settings: GatesTests.settings)
        let reverted = facts(a) { $0.revertedFrom = Samples.new }
        #expect(
            reasons(.beforeStage, gates: pinned, reverted)
                == [.step(.reverted(host: a, running: Samples.old, target: Samples.new))])
        var accepted = pinned
        accepted.revertsAccepted = [a]
        #expect(reasons(.beforeStage, gates: accepted, reverted).isEmpty)
        #expect(
            reasons(.beforeStage, gates: pinned, facts(a) { $0.revertedFrom = Version("1.9.0") }).isEmpty)
        // The host went back by itself before it was committed.
        #expect(
            reasons(.beforeCommit, gates: accepted, reverted)
                == [.step(.reverted(host: a, running: Samples.old, target: Samples.new))])
    }

    /// A host on its single try in a third version is out, whatever it went back from before.
    @Test func aThirdVersionOnItsSingleTryIsNoReturn() {
        let pinned = Gates(
            plan: Samples.plan(target: .pinned(version: Samples.new)), settings: GatesTests.settings)
        let third = Version("3.0.0")
        let found = reasons(
            .beforeCommit, gates: pinned,
            facts(a) {
                $0.version = third
                $0.committed = false
                $0.revertedFrom = Samples.new
            })
        #expect(
            found.contains(.step(.wrongVersion(host: a, running: third, target: Samples.new))), "\(found)")
        #expect(!found.contains(.step(.reverted(host: a, running: third, target: Samples.new))), "\(found)")
    }
}

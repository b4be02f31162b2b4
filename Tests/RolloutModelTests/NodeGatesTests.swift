import RolloutModel
import Testing

@Suite struct NodeGatesTests {
    static let settings = GateSettings(fleet: nil, etcd: nil, asksForNodes: true)

    /// The nodes of three hosts, of the boots that the hosts are in, with this renewal of their leases.
    static func nodes(_ renewal: String = "1") -> [NodeFacts] {
        Samples.plan().hosts.map {
            NodeFacts(
                name: "node-\($0.id)", machine: $0.machine, boot: BootID("x"), renewal: renewal, revision: "1"
            )
        }
    }

    /// Two inventories ten seconds apart, between which every kubelet renewed its lease.
    static var steady: [Inventory] {
        [0, 10].map { moment in
            var inventory = GatesTests.whole(at: .start + .seconds(moment))
            inventory.nodes = .seen(nodes("\(moment)"))
            return inventory
        }
    }

    static func verdict(
        _ checkpoint: Checkpoint = .beforeStage, drained: HostID? = nil, seeing history: [Inventory]
    ) -> Verdict {
        Gates(plan: Samples.plan(), settings: settings, drained: drained).verdict(
            checkpoint, of: Samples.a, history: history)
    }

    static func verdict(
        _ checkpoint: Checkpoint = .beforeStage, drained: HostID? = nil,
        changing change: (inout [NodeFacts]) -> Void
    ) -> Verdict {
        var history = steady
        var nodes = history[1].nodes?.value ?? []
        change(&nodes)
        history[1].nodes = .seen(nodes)
        return verdict(checkpoint, drained: drained, seeing: history)
    }

    @Test(arguments: [
        Checkpoint.beforeStage, .beforeReboot, .beforeCommit, .afterCommit, .beforeRollback, .afterRollback,
    ])
    func readyNodesThatLiveLetThrough(checkpoint: Checkpoint) {
        #expect(Self.verdict(checkpoint, seeing: Self.steady) == .proceed)
    }

    @Test func whatIsNotKnownHolds() {
        var history = Self.steady
        history[1].nodes = .unknown("connection refused")
        #expect(Self.verdict(seeing: history) == .hold([.nodes(.nodesUnknown(why: "connection refused"))]))
        history[1].nodes = nil
        #expect(Self.verdict(seeing: history) == .hold([.nodes(.nodesUnknown(why: "not asked"))]))
    }

    static let b = Samples.b
    /// A fault of the second host's node, and the reason to hold.
    static let faults: [(@Sendable (inout NodeFacts) -> Void, HoldReason)] = [
        (
            { $0.unready = "Ready is Unknown" },
            .nodes(.nodeNotReady(host: b, node: "node-b", why: "Ready is Unknown"))
        ),
        ({ $0.boot = BootID("w") }, .nodes(.nodeOfAnotherBoot(host: b, node: "node-b", boot: BootID("w")))),
        (
            { $0.machine = MachineID("other") },
            .nodes(.nodeUnidentified(host: b, machine: MachineID("m-b"), nodes: []))
        ),
        ({ $0.renewal = "0" }, .nodes(.kubeletsSilent(hosts: [b]))),
        ({ $0.renewal = nil }, .nodes(.kubeletsSilent(hosts: [b]))),
    ]

    /// A fault of another host's node holds as well. A host that goes back does not wait for its own node.
    @Test(arguments: faults.indices) func eachNodeMustBeWhole(index: Int) {
        let (fault, reason) = Self.faults[index]
        for checkpoint in [
            Checkpoint.beforeStage, .beforeReboot, .beforeCommit, .afterCommit, .beforeRollback,
        ] {
            #expect(Self.verdict(checkpoint) { fault(&$0[1]) } == .hold([reason]))
        }
        #expect(Self.verdict(.beforeRollback) { fault(&$0[0]) } == .proceed)
        #expect(Self.verdict(.beforeCommit) { fault(&$0[0]) } != .proceed)
    }

    /// A cloned machine-id: the node of the host is ambiguous.
    @Test func twoNodesOfOneMachineAreNone() {
        let verdict = Self.verdict { nodes in
            nodes.append(nodes[0])
            nodes[3].name = "clone"
        }
        #expect(
            verdict
                == .hold([
                    .nodes(
                        .nodeUnidentified(
                            host: Samples.a, machine: MachineID("m-a"), nodes: ["clone", "node-a"]))
                ]))
    }

    /// The times at which leases were read, and true if the kubelet counts as alive.
    static let leases: [([(Double, String)], Bool)] = [
        ([(0, "1"), (10, "2")], true), ([(0, "1"), (10, "1")], false), ([(0, "1")], false),
        ([(0, "1"), (10, "2"), (49, "2")], false), ([(0, "1"), (10, "2"), (40, "2")], true),
        // Observations are far apart: the kubelet may have died right after the first one.
        ([(0, "1"), (50, "2")], false), ([(0, "1"), (50, "2"), (55, "3")], true),
    ]

    @Test(arguments: leases) func aLeaseIsProofForAsLongAsItIsGood(looks: [(Double, String)], isAlive: Bool) {
        let history = looks.map { moment, renewal in
            var inventory = GatesTests.whole(at: .start + .seconds(moment))
            inventory.nodes = .seen(Self.nodes(renewal))
            return inventory
        }
        let silent = Verdict.hold([.nodes(.kubeletsSilent(hosts: [Samples.a, Samples.b, Samples.c]))])
        #expect(Self.verdict(seeing: history) == (isAlive ? .proceed : silent))
    }

    /// A person's cordon holds no host; another rollout's cordon does, and so does a missing cordon on a drained node.
    @Test func cordonsAreReadByWhoSetThem() {
        #expect(Self.verdict { $0[2].isCordoned = true } == .proceed)
        let other = RolloutID("r-2")
        #expect(
            Self.verdict { $0[2].cordonedBy = other }
                == .hold([.nodes(.nodeOfAnotherRollout(node: "node-c", rollout: other))]))
        #expect(Self.verdict(.beforeCommit) { $0[2].cordonedBy = other } == .proceed)
        #expect(Self.verdict { $0[0].cordonedBy = RolloutID("r-1") } == .proceed)
        #expect(Self.verdict(.beforeReboot, drained: Samples.a) { $0[0].isCordoned = true } == .proceed)
        #expect(
            Self.verdict(.beforeReboot, drained: Samples.a, seeing: Self.steady)
                == .hold([.nodes(.nodeUncordoned(host: Samples.a, node: "node-a"))]))
        #expect(Self.verdict(.beforeReboot, seeing: Self.steady) == .proceed)
    }

    @Test func aPlanKnowsItsNodes() {
        var plan = Samples.plan()
        var nodes = Self.nodes()
        nodes[1].isCordoned = true
        #expect(plan.identify(among: nodes) == [])
        #expect(
            plan.nodes
                == ["a", "b", "c"].map { .init(host: HostID($0), name: "node-\($0)", isCordoned: $0 == "b") })
        #expect(
            plan.identify(among: Array(nodes.dropLast()))
                == [.nodeUnidentified(host: Samples.c, machine: MachineID("m-c"), nodes: [])])
    }
}

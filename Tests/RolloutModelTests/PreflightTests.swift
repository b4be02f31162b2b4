import SampleValues
import Testing

@testable import RolloutModel

/// Tests whether hosts are fit for an update, before the first one is touched.
@Suite struct PreflightTests {
    static let (a, b, c) = (Samples.a, Samples.b, Samples.c)

    /// The reasons of the gates where all hosts are at rest, apart from the changes.
    static func reasons(
        at checkpoint: Checkpoint = .beforeStage, target: Version? = nil,
        settings: GateSettings = GateSettings(fleet: nil, etcd: nil), plan: Plan = Samples.plan(),
        _ changes: [HostID: (inout HostFacts) -> Void]
    ) -> [HoldReason] {
        var inventory = Inventory(takenAt: 0)
        for planned in plan.hosts {
            var facts = HostFacts.sample(
                machine: planned.machine, boot: BootID("x"), version: planned.version, committed: true)
            changes[planned.id]?(&facts)
            inventory.hosts[planned.id] = .seen(facts)
        }
        let gates = Gates(plan: plan, settings: settings, target: target)
        return gates.verdict(checkpoint, of: a, history: [inventory]).reasons
    }

    // MARK: The engine

    static let busy = HoldReason.preflight(.engineBusy(host: b, operation: "UPDATE_STATUS_DOWNLOADING"))

    /// The checkpoint, the rollout at work on the host, and the reasons to hold.
    @Test(
        arguments: [
            (.beforeStage, nil, [busy]), (.beforeReboot, nil, [busy]),
            // A host that is out comes back whatever the others do.
            (.beforeCommit, nil, []), (.afterRollback, nil, []),
            // The engine is busy because of our own stage, which was cut short.
            (.beforeStage, RolloutID("r-1"), []),
        ] as [(Checkpoint, RolloutID?, [HoldReason])])
    func anEngineAtWorkHolds(checkpoint: Checkpoint, claimedBy: RolloutID?, expected: [HoldReason]) {
        let found = Self.reasons(checkpoint) { facts in
            facts.engineOperation = "UPDATE_STATUS_DOWNLOADING"
            facts.claimedBy = claimedBy
        }
        #expect(found == expected)
    }

    static func reasons(_ checkpoint: Checkpoint, _ change: @escaping (inout HostFacts) -> Void)
        -> [HoldReason]
    {
        reasons(at: checkpoint, [b: change])
    }

    // MARK: What is not told

    @Test(arguments: [HostFacts.Untold.hazards, .pendingUpdate, .engine, .space])
    func whatAnAgentCannotTellIsNotTakenForGranted(what: HostFacts.Untold) {
        for checkpoint in [Checkpoint.beforeStage, .beforeReboot] {
            #expect(
                Self.reasons(checkpoint) { $0.untold = [what: "permission denied"] }
                    == [.host(.untold(host: Self.b, what, why: "permission denied"))])
        }
        #expect(Self.reasons(.afterCommit) { $0.untold = [what: "permission denied"] } == [])
    }

    /// A reboot back might take the host's member out of the cluster for good.
    @Test func unknownHazardsHoldAWayBackToo() {
        let untold = { (facts: inout HostFacts) in facts.untold = [.hazards: "systemctl hangs"] }
        #expect(
            Self.reasons(at: .beforeRollback, [Self.a: untold])
                == [.host(.untold(host: Self.a, .hazards, why: "systemctl hangs"))])
        #expect(Self.reasons(at: .beforeRollback, [Self.b: untold]) == [])
    }

    // MARK: A revert that nobody remembers

    @Test func aPartitionThatWasTriedInVainHolds() throws {
        let tried = { (facts: inout HostFacts) in
            facts.otherWasTriedInVain = true
            facts.otherPartition = "USR-B"
        }
        let reason = try #require(Self.reasons([Self.b: tried]).first)
        #expect(
            reason.description == """
                host 'b' went back to its old partition before: USR-B was booted on its one try, and never marked good
                """)
        #expect(reason.isTerminal && reason.revertedHost == Self.b)
        // The partition holds nothing once the host is staged, nor with a person's consent.
        #expect(Self.reasons(at: .beforeReboot, [Self.b: tried]) == [])
        var plan = Samples.plan()
        plan.retryReverted = true
        #expect(Self.reasons(plan: plan, [Self.b: tried]) == [])
        // The agent's memory of a revert is about one version.
        let remembered = { (facts: inout HostFacts) in
            tried(&facts)
            facts.revertedFrom = Version("1.5.0")
        }
        #expect(Self.reasons(target: Samples.new, [Self.b: remembered]) == [])
    }

    // MARK: Space

    static func space(_ free: Int64, _ needed: Int64) -> HostSpace {
        HostSpace(purpose: .kernel, path: "/boot/coreos", freeBytes: free, neededBytes: needed)
    }

    @Test(arguments: [(62, 62, true), (61, 62, false), (0, 1, false), (Int64.max, 1, true), (-1, 0, false)])
    func whatDoesNotFitHolds(free: Int64, needed: Int64, isOpen: Bool) {
        let space = Self.space(free, needed)
        #expect(
            Self.reasons(.beforeStage) { $0.space = [space] }
                == (isOpen ? [] : [.preflight(.spaceLacking(host: Self.b, space))]))
    }

    /// An upgraded host has its kernel already.
    @Test func whatAnUpgradedHostHasLeftIsNoMatter() {
        let found = Self.reasons(
            target: Samples.new,
            [
                Self.b: { facts in
                    facts.version = Samples.new
                    facts.space = [Self.space(0, 62)]
                }
            ])
        #expect(found == [])
    }

    @Test func spaceIsToldInFigures() {
        let reason = HoldReason.preflight(.spaceLacking(host: Self.b, Self.space(11 << 20, 58 << 20)))
        #expect(
            reason.description == """
                host 'b' has 11.0 MiB left on /boot/coreos for a kernel as large as the one that runs, and needs 58.0 MiB
                """)
        #expect(reason.remedy.text().contains("ls -lR /boot/coreos"))
        #expect(reason.overridableGate == .space)
    }

    /// A word that could only fail on the host is not asked for, and passes nothing over where it was given.
    @Test(
        arguments: [(0, 58, false), (7, 58, false), (8, 58, true), (57, 58, true), (0, 32, false)]
            as [(
                Int64, Int64, Bool
            )]) func roomForNothingIsNotPassedOver(free: Int64, needed: Int64, mayBe: Bool)
    {
        let space = Self.space(free << 20, needed << 20)
        let reason = HoldReason.preflight(.spaceLacking(host: Self.b, space))
        #expect((reason.overridableGate == .space) == mayBe)
        #expect(reason.remedy.text().contains("--override") == mayBe, "\(reason.remedy.text())")
        #expect(reason.gate == "space")
        var plan = Samples.plan()
        plan.overrides = [GateOverride(gate: .space, reason: "it is small")]
        var seen = GatesTests.whole(at: 0)
        seen.hosts[Self.b] = .seen(GateCheckTests.facts("m-b") { $0.space = [space] })
        let verdict = Gates(plan: plan, settings: GatesTests.settings).verdict(
            .beforeStage, of: Self.b, history: [seen])
        #expect(verdict.reasons.contains(reason) != mayBe, "\(verdict)")
    }

    // MARK: cgroups

    /// The distribution, its version, the cgroup hierarchy, the target, and true if the target may be staged.
    static let hierarchies:
        [(Distribution?, version: String, CgroupHierarchy?, target: String?, isOpen: Bool)] = [
            (.flatcar, "4152.2.3", .v1, "4230.2.0", false), (.flatcar, "4152.2.3", .v2, "4230.2.0", true),
            (.flatcar, "4081.2.0", .v1, "4187.0.0", false), (.flatcar, "4081.2.0", .v1, "4152.2.0", true),
            // The target is not known yet.
            (.flatcar, "4081.2.0", .v1, nil, true),
            // The agent does not report the hierarchy.
            (.flatcar, "4081.2.0", nil, "4230.2.0", false), (.flatcar, "4081.2.0", nil, "4152.2.0", true),
            // The host is on the target already, or its system never had another hierarchy.
            (.flatcar, "4230.2.0", .v1, "4230.2.0", true), (.coreOS, "1353.8.0", .v1, "4230.2.0", true),
            (nil, "4081.2.0", .v1, "4230.2.0", true),
        ]

    @Test(arguments: hierarchies)
    func flatcarLeavesCgroupV1Behind(
        distribution: Distribution?, version: String, cgroups: CgroupHierarchy?, target: String?,
        isOpen: Bool
    ) {
        let found = Self.reasons(
            target: target.map { Version($0) },
            [
                Self.c: { facts in
                    facts.distribution = distribution
                    facts.version = Version(version)
                    facts.cgroups = cgroups
                }
            ])
        guard !isOpen else { return #expect(found == []) }
        let target = Version(target ?? "")
        let expected: HoldReason =
            cgroups == nil
            ? .host(.untold(host: Self.c, .cgroups, why: "its agent says nothing of it"))
            : .preflight(.cgroupsRefused(host: Self.c, target: target))
        #expect(found == [expected])
        // An override does not help against a refusal of the target's image.
        #expect(found.allSatisfy { $0.overridableGate == nil })
    }

    /// The target became known when the first host was offered it: the hold comes before that host reboots, and not
    /// when the third one is staged.
    @Test func aTargetThatBecomesKnownIsAskedForAgain() {
        let old = { (facts: inout HostFacts) in
            facts.distribution = .flatcar
            facts.version = Version("4081.2.0")
            facts.cgroups = .v1
        }
        #expect(Self.reasons([Self.c: old]) == [])
        #expect(
            Self.reasons(at: .beforeReboot, target: Version("4230.2.0"), [Self.c: old])
                == [.preflight(.cgroupsRefused(host: Self.c, target: Version("4230.2.0")))])
    }
}

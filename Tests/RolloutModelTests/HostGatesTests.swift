import RolloutModel
import Testing

/// The reasons of gates that concern single hosts.
@Suite struct HostGatesTests {
    static let a = Samples.a
    static let b = Samples.b

    static func verdict(
        _ checkpoint: Checkpoint = .beforeStage, of host: HostID = a, plan: Plan = Samples.plan(),
        _ change: @escaping (inout HostFacts) -> Void = { _ in }
    ) -> Verdict {
        var history = GatesTests.steady
        history = history.map { inventory in
            var inventory = inventory
            guard case .seen(var facts)? = inventory.hosts[host] else { return inventory }
            change(&facts)
            inventory.hosts[host] = .seen(facts)
            return inventory
        }
        return Gates(plan: plan, settings: GatesTests.settings).verdict(checkpoint, of: a, history: history)
    }

    @Test(
        "nothing is alike with nothing",
        arguments: [("", "m-a", "x"), ("m-a", "", "x"), ("", "", "x"), ("m-a", "m-a", "")])
    func anIdentityThatIsNotKnownHolds(planned: String, found: String, boot: String) {
        var plan = Samples.plan()
        plan.hosts[0].machine = MachineID(planned)
        for checkpoint in [
            Checkpoint.beforeStage, .beforeReboot, .beforeCommit, .afterCommit, .beforeRollback,
        ] {
            let verdict = Self.verdict(checkpoint, plan: plan) {
                $0.machine = MachineID(found)
                $0.boot = BootID(boot)
            }
            #expect(
                verdict.reasons.contains(
                    .host(.hostUnreadable(host: Self.a, why: "its machine-id or boot_id is not known"))),
                "\(checkpoint)")
        }
    }

    @Test func theRunningVersionIsNotRebootedInto() {
        let plan = Samples.plan(target: .pinned(version: Samples.old))
        #expect(
            Self.verdict(.beforeReboot, plan: plan)
                == .hold([.offer(.runningVersionStaged(host: Self.a, version: Samples.old))]))
        // A host that is on the target already is skipped at its turn.
        #expect(Self.verdict(.beforeStage, plan: plan) == .proceed)
    }

    @Test func aPartitionThatMerelyComesFirstIsNoUpdate() {
        let preferred: (inout HostFacts) -> Void = {
            $0.otherIsNext = "both have priority 1"
            $0.otherPartition = "USR-A"
        }
        let reason = HoldReason.host(
            .otherPartitionNext(
                host: Self.b, partition: "USR-A", why: "both have priority 1"))
        #expect(Self.verdict(of: Self.b, preferred) == .hold([reason]))
        #expect(!reason.isTerminal && reason.remedy.text().contains("cgpt prioritize"))
    }

    @Test func aDamagedTableHoldsBeforeAnythingIsWritten() {
        let damaged: (inout HostFacts) -> Void = {
            $0.damagedTable = .init(disk: "/dev/sda", why: "one of the GPT header/entries is invalid")
        }
        let verdict = Self.verdict(of: Self.b, damaged)
        #expect(
            verdict
                == .hold([
                    .preflight(
                        .partitionTableDamaged(
                            host: Self.b, disk: "/dev/sda", why: "one of the GPT header/entries is invalid"))
                ]))
        #expect(verdict.reasons.first?.remedy.text().contains("cgpt repair /dev/sda") == true)
        #expect(Self.verdict(.beforeCommit, damaged) == .proceed)
    }

    static let odd = OddSetting(
        key: "GROUP", value: "stable\r", path: "/etc/coreos/update.conf", line: 2, meant: "stable")

    @Test func aGroupThatIsReadOtherwiseHolds() {
        let verdict = Self.verdict(of: Self.b) { $0.oddSettings = [Self.odd] }
        #expect(verdict == .hold([.preflight(.settingOdd(host: Self.b, Self.odd))]))
        let reason = verdict.reasons.first
        #expect(
            reason?.description
                == #"update-engine of host 'b' takes GROUP for ‘stable\r’, as line 2 of /etc/coreos/update.conf stands"#
        )
        #expect(reason?.remedy.text().contains("GROUP=stable") == true)
        // No part of the value reaches the terminal as it is.
        #expect(reason?.description.contains("\r") == false)
    }

    /// The line comes back when the rollout is over and update.conf is restored.
    @Test func aLineHoldsAlsoWhereTheRolloutWritesItsOwn() {
        var plan = Samples.plan()
        plan.group = "stable"
        #expect(
            Self.verdict(of: Self.b, plan: plan) { $0.oddSettings = [Self.odd] }
                == .hold([.preflight(.settingOdd(host: Self.b, Self.odd))]))
    }
}

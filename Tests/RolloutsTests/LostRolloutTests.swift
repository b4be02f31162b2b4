import AgentProtocol
import RolloutModel
import Rollouts
import SampleValues
import Testing

@Suite struct LostRolloutTests {
    /// The states of a host's partitions.
    enum Slots { case atRest, armed, onTry, committed }

    static func report(
        _ phase: HostPhase = .idle, _ slots: Slots = .atRest, rollout: String? = "r-1",
        claim: String? = "r-1",
        version: String? = nil
    ) -> HostReport {
        let isNew = slots == .onTry || slots == .committed
        let booted = PartitionTable.Partition(
            number: isNew ? 4 : 3, label: isNew ? "USR-B" : "USR-A",
            device: isNew ? "/dev/sda4" : "/dev/sda3",
            priority: slots == .armed || slots == .onTry ? 1 : 2, tries: 0, successful: slots != .onTry)
        let other = PartitionTable.Partition(
            number: isNew ? 3 : 4, label: isNew ? "USR-A" : "USR-B",
            device: isNew ? "/dev/sda3" : "/dev/sda4",
            priority: slots == .armed ? 2 : 1, tries: slots == .armed ? 1 : 0,
            successful: slots != .armed)
        return HostReport.sample(
            machineID: "m", bootID: "boot", hostname: "h", version: isNew ? "2.0.0" : "1.0.0",
            partitions: PartitionTable(disk: "/dev/sda", booted: booted, other: other),
            agent: AgentState.sample(
                agentVersion: "1", phase: phase,
                authority: rollout.map { Authority(rollout: $0, token: 3) },
                claim: claim.map { Claim(rollout: $0, token: 3, holder: "core@lost", since: "then") },
                highestToken: 3, version: version ?? (phase == .idle ? nil : "2.0.0"), holdsOriginal: false))
    }

    static func found(_ reports: HostReport?...) throws -> LostRollout? {
        let hosts = reports.indices.map { HostID("h\($0)") }
        let observations = zip(hosts, reports).map { host, report -> (HostID, Observation<HostReport>) in
            (host, report.map { .seen($0) } ?? .unknown("no route to host"))
        }
        return try LostRollout.found(on: hosts, in: Dictionary(uniqueKeysWithValues: observations))
    }

    static let staged = RolloutMachine.Staged(
        version: Version("2.0.0"), boot: BootID("boot"), partition: "USR-B")
    static let returned = RolloutMachine.Returned(
        version: Version("2.0.0"), boot: BootID("boot"), partition: "USR-B")

    /// The second host's phase and partitions, with the first one upgraded and the third untouched.
    static let places: [(HostPhase, Slots, upgraded: Bool, RolloutMachine.Found.AtWork?)] = [
        (.idle, .atRest, false, nil),
        (.staging, .atRest, false, nil),
        (.staged, .armed, false, .staged(HostID("h1"), staged)),
        (.rebooting, .armed, false, .staged(HostID("h1"), staged)),
        (.rebooting, .onTry, false, .returned(HostID("h1"), returned)),
        // The host went back by itself: the gates and its agent decide when its turn comes again.
        (.rebooting, .atRest, false, nil),
        (.committing, .onTry, false, .returned(HostID("h1"), returned)),
        (.committing, .committed, true, nil),
        (.committed, .committed, true, nil),
    ]

    @Test(arguments: places.indices) func aHostIsWhereItsPartitionsSay(index: Int) throws {
        let (phase, slots, isUpgraded, atWork) = Self.places[index]
        let lost = try #require(
            try Self.found(Self.report(.committed, .committed), Self.report(phase, slots), Self.report()))
        #expect(lost.rollout == RolloutID("r-1"))
        #expect(lost.target == Version("2.0.0"))
        #expect(lost.found.upgraded == (isUpgraded ? [HostID("h0"), HostID("h1")] : [HostID("h0")]))
        #expect(lost.found.atWork == atWork)
    }

    @Test func nobodyKnowsOfOne() throws {
        let host = Self.report(rollout: nil, claim: nil)
        #expect(try Self.found(host, host) == nil)
    }

    /// A rollout that was unlocked is known from the hosts that are in the middle of it.
    @Test func theHostInTheMiddleNamesIt() throws {
        let lost = try Self.found(
            Self.report(rollout: nil, claim: nil), Self.report(.staged, .armed, claim: nil))
        #expect(lost?.found.atWork == .staged(HostID("h1"), Self.staged))
    }

    /// A host is out, and another host has an armed update.
    @Test func theOneThatIsOutComesFirst() throws {
        let lost = try Self.found(Self.report(.staged, .armed), Self.report(.rebooting, .onTry))
        #expect(lost?.found.atWork == .returned(HostID("h1"), Self.returned))
        let armed = try Self.found(Self.report(.staged, .armed), Self.report(.staged, .armed))
        #expect(armed?.found.atWork == .staged(HostID("h0"), Self.staged))
    }

    @Test func whatCannotBeToldHolds() {
        func reasons(_ reports: HostReport?...) -> [HoldReason] {
            do {
                switch reports.count {
                case 2: _ = try Self.found(reports[0], reports[1])
                default: _ = try Self.found(reports[0])
                }
                return []
            } catch {
                return (error as? PlanDraft.CannotPlan)?.reasons ?? []
            }
        }
        #expect(
            reasons(nil, Self.report()) == [
                .host(.hostUnreadable(host: HostID("h0"), why: "no route to host"))
            ])
        #expect(
            reasons(Self.report(.rebooting, .onTry), Self.report(.rebooting, .onTry)).map(\.isTerminal) == [
                false, false,
            ])
        #expect(
            reasons(Self.report(), Self.report(claim: "r-2")) == [
                .host(.claimedByAnother(host: HostID("h0"), rollout: RolloutID("r-1"))),
                .host(.claimedByAnother(host: HostID("h1"), rollout: RolloutID("r-2"))),
            ])
        #expect(reasons(Self.report(.rollingBack, .onTry)).count == 1)
        // The command that frees the host names the rollout that has it.
        for reason in reasons(Self.report(.rollingBack, .onTry)) {
            #expect(reason.remedy.text().contains("turnstile unlock r-1"), "\(reason)")
        }
        #expect(
            reasons(Self.report(.committed, .committed), Self.report(.staged, .armed, version: "3.0.0")).count
                == 1)
    }
}

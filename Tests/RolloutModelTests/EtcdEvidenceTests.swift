import RolloutModel
import SampleValues
import Testing

/// The gates' verdicts on an etcd of which some facts are unknown.
@Suite struct EtcdEvidenceTests {
    static let names = ["a", "b", "c", "d", "e"]
    static let hosts = names.map { HostID($0) }
    static let gates = Gates(
        plan: Samples.plan(hosts), settings: GateSettings(fleet: nil, etcd: .init(samples: 3)))

    static func inventory(
        at moment: Moment = 0, health: [String: EtcdView.Health] = [:],
        seats: [HostID: Observation<EtcdSeat>]? = nil, witness: HostID? = hosts[1]
    ) -> Inventory {
        let members = names.map {
            EtcdView.Member(
                id: EtcdMemberID($0), name: $0, isLearner: false, health: health[$0] ?? .healthy,
                version: "3.4.23")
        }
        let own = Dictionary(
            uniqueKeysWithValues: names.map {
                (HostID($0), Observation.seen(EtcdSeat.member(EtcdMemberID($0), server: "3.4.23")))
            })
        return Inventory(
            takenAt: moment,
            hosts: Dictionary(
                uniqueKeysWithValues: hosts.map {
                    (
                        $0,
                        .seen(
                            HostFacts.sample(
                                machine: MachineID("m-\($0)"), boot: BootID("x"), version: Samples.old,
                                committed: true))
                    )
                }),
            etcd: witness.map { [$0: .seen(EtcdView(members: members, clusterVersion: "3.4.0"))] } ?? [:],
            seats: seats ?? own)
    }

    static func verdict(_ checkpoint: Checkpoint, _ inventory: Inventory) -> Verdict {
        gates.verdict(checkpoint, of: hosts[0], history: [inventory, inventory, inventory])
    }

    /// Four of five are enough, and one of which nothing is known is no health.
    @Test(arguments: [Checkpoint.beforeStage, .beforeReboot, .beforeCommit, .afterCommit])
    func aMemberThatNobodyHeardHolds(checkpoint: Checkpoint) {
        let silent = Self.inventory(health: ["d": .unknown("http://0.0.0.0:2379 is answered by 'b'")])
        #expect(Self.verdict(checkpoint, Self.inventory()) == .proceed)
        #expect(
            Self.verdict(checkpoint, silent)
                == .hold([
                    .etcd(
                        .etcdMemberUnknown(
                            member: "d", seenBy: Self.hosts[1], why: "http://0.0.0.0:2379 is answered by 'b'")
                    )
                ]))
    }

    @Test(arguments: [Checkpoint.beforeStage, .beforeReboot, .beforeCommit, .afterCommit, .beforeRollback])
    func hostsThatClaimOneSeatAreNamed(checkpoint: Checkpoint) {
        var inventory = Self.inventory()
        for host in [Self.hosts[1], Self.hosts[3]] {
            inventory.seats[host] = .seen(.member(EtcdMemberID("a"), server: "3.4.23"))
        }
        let shared = HoldReason.etcd(
            .etcdSeatShared(
                hosts: [Self.hosts[0], Self.hosts[1], Self.hosts[3]], member: EtcdMemberID("a")))
        guard case .hold(let reasons) = Self.verdict(checkpoint, inventory) else {
            Issue.record("it does not hold")
            return
        }
        #expect(reasons.contains(shared))
        #expect("\(shared)".contains("'a', 'b', 'd'"))
        #expect(shared.remedy.text().contains("http://{address}:2379"))
    }

    @Test func hostsWithoutASeatHoldNothing() {
        var inventory = Self.inventory()
        for host in Self.hosts.prefix(2) { inventory.seats[host] = .seen(.none) }
        inventory.etcd = [Self.hosts[2]: inventory.etcd[Self.hosts[1]] ?? .unknown("")]
        #expect(Self.verdict(.beforeStage, inventory) == .proceed)
    }

    /// Hosts without any member hold, and the remedy names the setting that turns the gate off.
    @Test func hostsThatAllHaveNoneHoldWithAWayOn() {
        let none = Self.inventory(
            seats: Dictionary(uniqueKeysWithValues: Self.hosts.map { ($0, .seen(.none)) }), witness: nil)
        let reason = HoldReason.etcd(.etcdNowhere(hosts: Self.hosts))
        #expect(Self.verdict(.beforeStage, none) == .hold([reason]))
        #expect(reason.remedy.text().contains("gates.etcd.enabled: false") && reason.patience == .act)
        var half = none
        half.seats[Self.hosts[4]] = .unknown("nothing answers")
        #expect(Self.verdict(.beforeStage, half) == .hold([.etcd(.etcdUnknown(why: "no host was asked"))]))
    }
}

import RolloutJournal
import RolloutModel
import Rollouts
import Synchronization
import Testing

@testable import Simulation

@Suite struct JournalCutsTests {
    /// The journal of a rollout that nothing disturbed.
    static func journal(hosts: Int) throws -> [UInt8] {
        var dice = Dice(seed: 7)
        let time = VirtualTime(dice: dice.split())
        let ids = (1...hosts).map { HostID("core-\($0)") }
        let world = World(hosts: ids, version: "1.0.0", offer: "2.0.0", ttl: .seconds(6))
        let fleet = Fleet(world: world, faults: .none, dice: dice.split(), time: time)
        let disk = SimulatedDisk()
        let turnstile = SimulatedTurnstile(
            fleet: fleet, process: SimulatedProcess(name: "core@bastion", effectsLeft: nil), disk: disk,
            rollout: RolloutID("r-1"),
            settings: GateSettings(fleet: .init(ttl: .seconds(6)), etcd: .init(samples: 3)),
            timeouts: RolloutTimeouts(
                gate: .seconds(120), stage: .seconds(600), reboot: .seconds(300), rejoin: .seconds(300),
                commit: .seconds(120), settle: .zero),
            hasStore: true, clockError: .zero, log: Log(isKept: false))
        let draft = PlanDraft(
            rollout: RolloutID("r-1"), hosts: ids, bystanders: [], order: .given, target: .firstOffer,
            found: nil, group: nil,
            server: nil, engineRest: .masked, commit: .engine, deadManMinutes: nil, onFailure: .hold,
            retryReverted: false, acceptsNoReturn: true, movesLeader: false, etcdAfter: nil, overrides: [],
            purpose: .upgrade, stopAfter: nil, operatorName: "", createdAt: "")
        _ = time.run(jobsMax: 10_000_000) { await turnstile.upgrade(draft) }
        return try #require(disk.bytes("r-1.jsonl"))
    }

    @Test func whereverItIsCutItComesToTheSameEnd() throws {
        let cuts = try JournalCuts(Self.journal(hosts: 3))
        // Three hosts of eleven entries, and what comes before them: twice as many with torn lines, and more for acts.
        #expect(cuts.cuts.count > 80)
        for cut in cuts.cuts {
            let difference = cuts.resume(cut)
            #expect(difference == nil, "\(cut): \(difference ?? "")")
        }
    }

    @Test func aRolloutThatDidNotEndHasNoEndToComeTo() throws {
        let bytes = try Self.journal(hosts: 3)
        // The last entry lets the cluster go; the one before it is the end.
        let lines = bytes.split(separator: UInt8(ascii: "\n"))
        let begun = lines.dropLast(2).flatMap { $0 + [UInt8(ascii: "\n")] }
        #expect(throws: JournalCuts.NotFinished.self) { try JournalCuts(begun) }
    }
}

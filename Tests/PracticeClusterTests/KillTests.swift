import Foundation
import Testing

extension PracticeClusterTests {
    /// `kill -9` at ten moments of one rollout, wherever a seed puts them, and each time `turnstile resume`.
    @Test(.timeLimit(.minutes(20))) func killedAtTenMomentsARolloutEndsTheSame() async throws {
        let seed =
            ProcessInfo.processInfo.environment["TURNSTILE_SEED"].flatMap { UInt64($0) }
            ?? .random(in: 1...(.max))
        print("killedAtTenMoments: TURNSTILE_SEED=\(seed)")
        try await PracticeCluster.with { cluster in
            let before = try await HostEvidence.readAll(cluster)
            let laptop = Operator(cluster: cluster, machine: "laptop")
            var command = ["upgrade", "--yes"]
            for moment in KillMoment.ten(seed: seed, hosts: cluster.names) {
                try await laptop.kill(command, when: moment.mark, after: moment.delay)
                command = ["resume"]
            }
            let rollout = try #require(laptop.rollouts.first)
            let held = try await LockEvidence.read(cluster)
            // The one that was killed last may have begun while the host at work was out.
            #expect(held.isHeld(by: rollout, of: laptop.name, hosts: cluster.names, away: 1), "\(held)")

            let resume = try await laptop.turnstile(["resume"])
            #expect(resume.status == 0, "seed \(seed): \(resume)")
            #expect(laptop.rollouts == [rollout])
            try await expectUpgradedOnce(cluster, since: before)
            try await expectFree(cluster)
        }
    }
}

/// When to kill: some time after the rollout got somewhere.
private struct KillMoment {
    var mark: JournalMark
    var delay: Duration

    /// In the order in which a rollout comes to them: ten of its twelve stretches, and a moment in each.
    static func ten(seed: UInt64, hosts: [String]) -> [KillMoment] {
        var random = SeededNumbers(state: seed)
        let stretches = hosts.enumerated().flatMap { index, host -> [JournalMark] in
            [
                .intent("stage", host), .intent("reboot", host), .event("returned", times: index + 1),
                .intent("commit", host),
            ]
        }
        return stretches.indices.shuffled(using: &random).prefix(10).sorted().map { index in
            KillMoment(
                mark: stretches[index], delay: .milliseconds(Int.random(in: 0..<3000, using: &random)))
        }
    }
}

/// SplitMix64: the same numbers from the same seed, everywhere.
private struct SeededNumbers: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}

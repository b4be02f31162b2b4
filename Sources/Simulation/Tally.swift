/// The summary of many trials.
public struct Tally: Sendable, CustomStringConvertible {
    public private(set) var runs = 0
    public private(set) var failed: [UInt64] = []
    /// The number of rollouts that ended in each way.
    public private(set) var outcomes: [String: Int] = [:]
    /// The number of times that each fault happened.
    public private(set) var mishaps: [Mishap: Int] = [:]
    /// The hosts and the virtual time of all trials together.
    public private(set) var hosts = 0
    public private(set) var time = Duration.zero

    /// Plays seeds.
    ///
    /// - Parameters:
    ///   - atOnce: the number of trials at once; best the number of processors.
    ///   - untilFailure: true to begin no trial after one that failed.
    ///   - onFailure: called as soon as a trial fails.
    public static func of(
        _ seeds: [UInt64], untilFailure: Bool = false, atOnce: Int, onFailure: (Run) -> Void
    ) async -> Tally {
        await withTaskGroup(of: Run.self) { group in
            var tally = Tally()
            var rest = seeds[...]
            for seed in rest.prefix(atOnce) { group.addTask { Run.play(seed: seed) } }
            rest = rest.dropFirst(atOnce)
            while let run = await group.next() {
                tally.add(run)
                if !run.violations.isEmpty { onFailure(run) }
                guard !untilFailure || tally.failed.isEmpty, let seed = rest.popFirst() else { continue }
                group.addTask { Run.play(seed: seed) }
            }
            return tally
        }
    }

    private mutating func add(_ run: Run) {
        runs += 1
        hosts += run.hosts
        time += run.time
        if !run.violations.isEmpty { failed.append(run.seed) }
        mishaps.merge(run.mishaps, uniquingKeysWith: +)
        for outcome in run.outcomes { outcomes[outcome, default: 0] += 1 }
    }

    /// The faults that no trial injected.
    public var neverPlayed: [Mishap] { Mishap.allCases.filter { mishaps[$0] == nil } }

    public var description: String {
        let ends = outcomes.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
        return
            "\(runs) runs, \(hosts) hosts, \(time.components.seconds / 3600) hours of virtual time; rollouts: "
            + ends.joined(separator: ", ") + "; \(failed.count) runs failed\nplayed: " + played
    }

    private var played: String {
        Mishap.allCases.map { "\(mishaps[$0, default: 0]) \($0.rawValue)" }.joined(separator: ", ")
    }
}

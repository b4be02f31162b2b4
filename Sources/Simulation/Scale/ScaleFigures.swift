import RolloutModel

/// The cost of a rollout of some size to machine and journal.
public struct ScaleFigures: Codable, Sendable {
    public var hosts: Int
    public var entries: Int
    /// The time for one entry: the machine's event or intent, and its line.
    public var timePerEntry: Duration
    /// The time to read, check and fold the whole journal.
    public var resumeTime: Duration

    private enum CodingKeys: String, CodingKey {
        case hosts, entries
        case timePerEntry = "secondsPerEntry"
        case resumeTime = "resumeSeconds"
    }

    /// Measures the sizes in turns, so that other load on the machine falls on all of them. The fastest measurement of
    /// each size counts.
    public static func measure(hosts sizes: [Int], rounds: Int) async throws -> [ScaleFigures] {
        var best: [Int: ScaleFigures] = [:]
        for _ in 0..<rounds {
            for size in sizes {
                let figures = try await measure(hosts: size)
                guard let before = best[size] else {
                    best[size] = figures
                    continue
                }
                best[size]?.timePerEntry = min(before.timePerEntry, figures.timePerEntry)
                best[size]?.resumeTime = min(before.resumeTime, figures.resumeTime)
            }
        }
        return sizes.compactMap { best[$0] }
    }

    private static func measure(hosts: Int) async throws -> ScaleFigures {
        let clock = ContinuousClock()
        var rollout = LongRollout(hosts: hosts)
        let played = try await clock.measure { try await rollout.play() }
        let resumed = try clock.measure { try rollout.resume() }
        return ScaleFigures(
            hosts: hosts, entries: rollout.entries,
            timePerEntry: played / rollout.entries,
            resumeTime: resumed)
    }
}

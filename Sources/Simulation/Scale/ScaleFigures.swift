/// The cost of a rollout of some size to machine and journal.
public struct ScaleFigures: Codable, Sendable {
    public var hosts: Int
    public var entries: Int
    /// The seconds for one entry: the machine's event or intent, and its line.
    public var secondsPerEntry: Double
    /// The seconds to read, check and fold the whole journal.
    public var resumeSeconds: Double

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
                best[size]?.secondsPerEntry = min(before.secondsPerEntry, figures.secondsPerEntry)
                best[size]?.resumeSeconds = min(before.resumeSeconds, figures.resumeSeconds)
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
            secondsPerEntry: (played / .seconds(1)) / Double(rollout.entries),
            resumeSeconds: resumed / .seconds(1))
    }
}

import HostileText

/// Readers, each handed every text.
enum FuzzedReaders {
    /// A reader that takes longer than this for one small text hangs, as far as a rollout is concerned.
    private static let patience = Duration.seconds(1)

    /// - Returns: what was done, for people.
    /// - Throws: `Finding`, with the seed it was found with.
    static func run(_ seeds: Range<UInt64>) throws -> String {
        var taken = 0
        var slowest = (duration: Duration.zero, seed: seeds.lowerBound, reader: "")
        for seed in seeds {
            var hostile = HostileText(seed: seed)
            let isGarbage = seed % 8 == 0
            let text = isGarbage ? hostile.garbage() : hostile.damaged()
            for reader in ForeignReader.all {
                let begin = ContinuousClock.now
                let isTaken = reader.takes(text)
                let duration = ContinuousClock.now - begin
                if duration > slowest.duration { slowest = (duration, seed, "\(reader)") }
                if isTaken { taken += 1 }
                guard !isTaken || !isGarbage || reader.takesAnything else {
                    throw Finding("seed \(seed): \(reader) takes garbage: \(text.debugDescription)")
                }
            }
            guard slowest.duration < patience else {
                throw Finding("seed \(slowest.seed): \(slowest.reader) took \(slowest.duration)")
            }
        }
        return """
            \(seeds.count) texts, \(ForeignReader.all.count) readers: \(taken) readings, no trap, no garbage taken; \
            slowest \(slowest.duration), \(slowest.reader), seed \(slowest.seed)
            """
    }
}

/// A fault of a reader or a view.
struct Finding: Error, CustomStringConvertible {
    var description: String

    init(_ description: String) { self.description = description }
}

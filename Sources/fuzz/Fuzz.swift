import ArgumentParser
import HostileText

/// `fuzz`: hands hostile text to every reader of what hosts send. A trap ends it, after the seed it prints.
@main
struct Fuzz: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Hands damaged text and garbage to every reader of what hosts send.")

    @Option(help: "How many texts.")
    var count: UInt64 = 1_000_000

    @Option(help: "The first seed; each text has its own.")
    var first: UInt64 = 0

    /// A reader that takes longer than this for one small text hangs, as far as a rollout is concerned.
    private static let patience = Duration.seconds(1)

    func run() throws {
        var taken = 0
        var slowest = (duration: Duration.zero, seed: first, reader: "")
        for seed in first..<(first + count) {
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
            guard slowest.duration < Self.patience else {
                throw Finding("seed \(slowest.seed): \(slowest.reader) took \(slowest.duration)")
            }
        }
        print(
            """
            \(count) texts, \(ForeignReader.all.count) readers: \(taken) readings, no trap, no garbage taken; \
            slowest \(slowest.duration), \(slowest.reader), seed \(slowest.seed)
            """)
    }
}

/// What a reader should not have done.
struct Finding: Error, CustomStringConvertible {
    var description: String

    init(_ description: String) { self.description = description }
}

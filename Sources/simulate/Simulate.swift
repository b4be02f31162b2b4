import ArgumentParser
import Foundation
import Simulation

/// `simulate`: simulated trials, for developers of this project. Operators have `turnstile rehearse`.
@main
struct Simulate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Plays rollouts over a simulated fleet, and holds them against the invariants.",
        subcommands: [Runs.self, Replay.self, Model.self, Cut.self, Scale.self, LongJournal.self])
}

/// Plays many seeds, on every processor.
struct Runs: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Play many seeds, and print those that fail.")

    @Option(help: "How many.")
    var count: UInt64 = 10_000

    @Option(help: "The first seed.")
    var first: UInt64 = 1

    @Option(
        help:
            "A file of seeds, one a line, that are played before all others. Seeds that fail are added to it."
    )
    var regressions: String?

    @Flag(help: "Stop at the first that fails.")
    var untilFailure = false

    /// The number of runs that tries every fault.
    private static let enough: UInt64 = 1000

    func run() async throws {
        let kept = try regressions.map { try Regressions(path: $0) }
        let seeds = (kept?.seeds ?? []) + Array(first..<(first + count))
        let processors = ProcessInfo.processInfo.activeProcessorCount
        let tally = await Tally.of(seeds, untilFailure: untilFailure, atOnce: processors) { run in
            print(run.failure(replay: "Scripts/simulate replay"))
        }
        print(tally.description)
        if count >= Self.enough, !tally.neverPlayed.isEmpty {
            print("never played: " + tally.neverPlayed.map(\.rawValue).joined(separator: ", "))
            throw ExitCode.failure
        }
        guard !tally.failed.isEmpty else { return }
        try kept?.add(tally.failed)
        throw ExitCode.failure
    }
}

/// Plays one seed, and prints its whole log.
struct Replay: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Play one seed, and print all that happens.")

    @Argument var seed: UInt64

    func run() throws {
        let run = Run.play(seed: seed, keepsLog: true)
        run.log.forEach { print($0) }
        print("seed \(seed): \(run.hosts) hosts, \(run.outcomes.joined(separator: ", ")); sum \(run.sum)")
        guard !run.violations.isEmpty else { return }
        run.violations.forEach { print($0) }
        throw ExitCode.failure
    }
}

/// Searches all interleavings of a small cluster.
struct Model: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Look at every state that a small cluster with two coordinators can come to.")

    @Option var hosts = 3
    @Option(help: "Of each coordinator.") var crashes = 1
    @Option(help: "Of each coordinator.") var starts = 3
    @Option(help: "Of all together.") var losses = 1
    @Option(help: "Of a holder that a person takes to be dead.") var unlocks = 1
    @Flag(help: "The hosts are nodes of Kubernetes.") var nodes = false

    func run() throws {
        var bounds = SmallModel.Bounds()
        (bounds.hosts, bounds.crashes, bounds.starts) = (hosts, crashes, starts)
        (bounds.losses, bounds.unlocks, bounds.nodes) = (losses, unlocks, nodes)
        let findings = SmallModel(bounds).search()
        print("\(findings.states) states, \(findings.ends) ends")
        guard let violation = findings.violation else { return }
        findings.trace.forEach { print("  \($0)") }
        print("violated: \(violation)")
        throw ExitCode.failure
    }
}

/// Cuts the journal of a finished rollout, and resumes it.
struct Cut: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Cut the journal of a finished rollout after every entry, and resume it: to the same end.")

    @Argument(help: "The journal's path.") var journal: String

    func run() throws {
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: journal)))
        let cuts = try JournalCuts(bytes)
        var differing = 0
        for cut in cuts.cuts {
            guard let difference = cuts.resume(cut) else { continue }
            differing += 1
            print("\(cut): \(difference)")
        }
        print("\(cuts.cuts.count) cuts, \(cuts.cuts.count - differing) to the same end")
        if differing > 0 { throw ExitCode.failure }
    }
}

/// Measures the cost of events in rollouts of many hosts, as JSON lines.
struct Scale: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Time rollouts of these sizes, in turns: seconds an entry, and seconds to resume.")

    @Argument var hosts: [Int]

    @Option(help: "How often each is played; the fastest counts.")
    var rounds = 3

    func run() async throws {
        for line in try await ScaleFigures.measure(hosts: hosts, rounds: rounds) {
            print(String(decoding: try JSONEncoder().encode(line), as: UTF8.self))
        }
    }
}

import ArgumentParser

/// `fuzz`: hands hostile text to every reader of what hosts send, and to every view. A trap ends it; the seed that is
/// printed begins again there.
@main
struct Fuzz: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Hands hostile text to every reader of what hosts send, and to every view of it.")

    @Option(help: "How many texts each.")
    var count: UInt64 = 1_000_000

    @Option(help: "The first seed; each text has its own.")
    var first: UInt64 = 0

    @Flag(help: "Only the views.")
    var views = false

    func run() async throws {
        let (end, overflows) = first.addingReportingOverflow(count)
        guard !overflows else { throw ValidationError("--first and --count: no seed is above \(UInt64.max)") }
        if !views { print(try FuzzedReaders.run(first..<end)) }
        print(try await FuzzedViews.run(first..<end))
    }
}

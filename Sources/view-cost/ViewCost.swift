import ArgumentParser
import Foundation

/// `view-cost`, for Scripts/bench alone: rehearses a rollout on a virtual clock, shows it through the terminal's own code,
/// and prints how many bytes were shown and the processor time that showing them took.
@main struct ViewCost: ParsableCommand {
    @Option(help: "How many hosts the cluster has.") var hosts: Int

    @Option(help: "How many of them are upgraded; the others run the target already.") var upgraded: Int

    @Flag(help: "Show it at a terminal of 50 lines and 200 columns, and not in a file.") var terminal = false

    private struct Figures: Codable {
        var printedBytes: Int
        var viewSeconds: Double
        var rolloutSeconds: Double
    }

    func run() throws {
        let sink = try terminal ? ViewSink.terminal(rows: 50, columns: 200) : ViewSink.file()
        let shown = try RehearsedView(hosts: hosts, upgraded: upgraded).shown(on: sink)
        let figures = Figures(
            printedBytes: shown.bytes, viewSeconds: shown.view / .seconds(1),
            rolloutSeconds: shown.rollout / .seconds(1))
        print(String(decoding: try JSONEncoder().encode(figures), as: UTF8.self))
    }
}

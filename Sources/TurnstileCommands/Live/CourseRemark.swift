import Foundation
import Reports
import RolloutModel

/// The present wait of the process that drives a rollout, or the progress of its step, in a file beside the journal. A watch
/// on the same machine shows it. Nothing follows from it.
struct CourseRemark: Codable, Hashable, Sendable {
    /// The host at work and the step, in the words of the rollout's course. A remark on another step than the present one says
    /// nothing.
    var step: String
    var says: String

    /// The longest file that is read: whoever can write there may have written anything.
    private static let bytesMax = 1 << 16

    /// - Parameter journal: the path of the rollout's journal.
    static func path(beside journal: String) -> String {
        (journal.hasSuffix(".jsonl") ? String(journal.dropLast(".jsonl".count)) : journal) + ".doing"
    }

    static func step(of state: RolloutMachine.State) -> String {
        "\(state.work.host?.rawValue ?? "-"): \(RolloutText.doing(state))"
    }

    /// The words about a machine's present step; empty where there are none.
    static func words(about machine: RolloutMachine, beside journal: String) -> String {
        guard let file = FileHandle(forReadingAtPath: path(beside: journal)) else { return "" }
        defer { try? file.close() }
        guard let data = try? file.read(upToCount: bytesMax),
            let remark = try? JSONDecoder().decode(CourseRemark.self, from: data),
            remark.step == step(of: machine.state)
        else { return "" }
        return ForeignText.line(remark.says)
    }
}

import RolloutModel
import Rollouts

/// A wait in one line.
package struct WaitText {
    /// The subject of the wait and the time spent.
    let head: String
    /// The reasons of the wait; empty where nothing tells them.
    let reasons: [String]
    /// The reasons without their numbers; a different set is news.
    package let kinds: Set<String>

    package init(_ wait: RolloutNotice.Wait, now: Moment) {
        let (past, all) = (now - wait.since, wait.deadline - wait.since)
        head = "waiting \(wait.what), \(RolloutText.elapsed(past)) of \(RolloutText.elapsed(all))"
        let causes = wait.reasons.causes.pressing
        guard let first = causes.first else {
            let heard = ShortText.sentence(wait.heard)
            reasons = heard.isEmpty ? [] : [heard]
            kinds = [heard.filter { !$0.isNumber }]
            return
        }
        // Several causes are told in few words each; a hold tells them in full.
        reasons = causes.count == 1 ? [ShortText.sentence(first.description)] : causes.map(\.brief)
        kinds = Set(causes.map(\.reason.kind))
    }

    /// The wait with all its reasons, of any length.
    package var whole: String { text(reasons.count) }

    /// The wait in one line. No reason is cut: those for which there is no room are counted.
    ///
    /// - Parameter columns: the width of a line. The first reason is told whatever its length.
    package func line(_ columns: Int) -> String {
        let fitting = (1...max(1, reasons.count)).last { text($0).columns <= columns }
        return text(fitting ?? 1)
    }

    /// The wait with so many of its reasons, and the number of the others.
    private func text(_ count: Int) -> String {
        let more = reasons.count - count
        let told = reasons.prefix(count) + (more > 0 ? ["and \(more) more"] : [])
        return ForeignText.line(told.isEmpty ? head : "\(head): \(told.joined(separator: "; "))")
    }
}

/// The progress of a step, in one line.
package enum ProgressText {
    /// - Parameter fraction: the share that is done; nil where it is not known.
    package static func words(_ message: String, _ fraction: Double?) -> String {
        ForeignText.line(message) + (fraction.map { " \(Int(clamping: $0 * 100)) %" } ?? "")
    }
}

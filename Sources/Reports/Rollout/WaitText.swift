import RolloutModel
import Rollouts

/// A wait in one line.
package struct WaitText {
    /// The subject of the wait and the time spent.
    let head: String
    /// The full reason of the wait.
    let why: String
    /// The reasons without their numbers; a different set is news.
    package let kinds: Set<String>

    package init(_ wait: RolloutNotice.Wait, now: Moment) {
        let (past, all) = (now - wait.since, wait.deadline - wait.since)
        head = "waiting \(wait.what), \(RolloutText.elapsed(past)) of \(RolloutText.elapsed(all))"
        let causes = wait.reasons.causes.pressing
        guard let first = causes.first else {
            let heard = ShortText.sentence(wait.heard)
            why = heard
            kinds = [heard.filter { !$0.isNumber }]
            return
        }
        // Several causes are told in few words each; a hold tells them in full.
        why =
            causes.count == 1
            ? ShortText.sentence(first.description)
            : causes.map(\.brief).joined(separator: "; ")
        kinds = Set(causes.map(\.reason.kind))
    }

    /// The wait with its reason, of any length.
    package var whole: String { ForeignText.line(why.isEmpty ? head : "\(head): \(why)") }

    /// - Parameter columns: the width of the longest line.
    package func line(_ columns: Int) -> String { ShortText.cut(whole, to: columns) }
}

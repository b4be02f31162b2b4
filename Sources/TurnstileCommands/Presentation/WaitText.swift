import Driving
import RolloutModel

/// A wait in one line.
struct WaitText {
    /// What is waited for, and for how long.
    let head: String
    /// Why, whole.
    let why: String
    /// The reasons apart from their numbers: another set of them is news.
    let kinds: Set<String>

    init(_ wait: RolloutNotice.Wait, now: Double) {
        let (past, all) = (now - wait.since, wait.deadline - wait.since)
        head = "waiting \(wait.what), \(RolloutText.elapsed(past)) of \(RolloutText.elapsed(all))"
        let causes = wait.reasons.causes.pressing
        guard let first = causes.first else {
            let heard = ShortText.sentence(wait.heard)
            why = heard
            kinds = [heard.filter { !$0.isNumber }]
            return
        }
        // Of several each has its few words; the rest is told when it is held.
        why =
            causes.count == 1
            ? ShortText.sentence(first.reason.description)
            : causes.map(\.reason.brief).joined(separator: "; ")
        kinds = Set(causes.map(\.reason.kind))
    }

    /// - Parameter length: of the whole.
    func line(_ length: Int) -> String {
        guard !why.isEmpty else { return ShortText.cut(head, to: length) }
        return ShortText.cut("\(head): \(why)", to: length)
    }
}

import RolloutJournal
import RolloutModel
import Rollouts

/// A rollout's news in a few sentences, for a channel that people read.
package enum NewsText {
    /// - Parameter invocation: completes the command that goes on.
    package static func text(_ news: RolloutNews, _ invocation: Invocation) -> String {
        let machine = news.machine
        let rollout = "Rollout \(machine.plan.rollout)"
        let words =
            switch news.kind {
            case .start: "\(rollout) has begun: \(HistoryText.opened(machine.plan))."
            case .held: "\(rollout) is held, and waits for a person:" + held(machine, invocation)
            case .resumed: "\(rollout) is gone on with, by \(news.by)."
            case .hostDone: "\(rollout): \(done(news.host, machine))."
            case .abandoned: "\(rollout) is given up, by \(news.by). Its hosts are given back."
            case .done: "\(rollout) has ended: \(RolloutText.doing(machine))."
            }
        return bounded(words)
    }

    /// - Parameter count: of the news that were left out.
    package static func leftOut(_ count: Int) -> String {
        "\(count) more news of the rollout could not be told here in time. 'turnstile show' has all of them."
    }

    private static func held(_ machine: RolloutMachine, _ invocation: Invocation) -> String {
        let reasons = machine.state.heldReasons
        let sentences = RolloutText.sentences(reasons)
        let named = sentences.prefix(reasonsMax).map { "\n• \($0)" }
        let more =
            sentences.count > reasonsMax ? "\n• and \(sentences.count - reasonsMax) more reasons" : ""
        let next = RolloutText.next(after: reasons, of: machine.plan.rollout, invocation)
        return named.joined() + more + "\nThen: \(next)"
    }

    private static func done(_ host: HostID?, _ machine: RolloutMachine) -> String {
        guard let host, let result = machine.results[host] else { return "a host is done" }
        let count = "\(machine.results.count) of \(machine.plan.hostsInTurn.count)"
        return "'\(host)' is done: \(HostStanding.words(result)), \(count)"
    }

    private static let reasonsMax = 5
    private static let charactersMax = 3000

    /// A channel shows no more than a few thousand characters.
    private static func bounded(_ text: String) -> String {
        let plain = ForeignText.lines(text)
        return plain.count > charactersMax ? plain.prefix(charactersMax) + "…" : plain
    }
}

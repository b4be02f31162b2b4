import Foundation
import RolloutJournal
import Synchronization

/// A file for Prometheus' textfile collector, written anew at each entry of a rollout's journal.
///
/// A file that cannot be written is named once, and the rollout goes on.
package final class MetricsFile: Sendable {
    private let path: String
    private let say: @Sendable (String) -> Void
    private let state = Mutex(State())

    private struct State {
        var growing = GrowingTimeline()
        var hasComplained = false
    }

    package init(path: String, say: @escaping @Sendable (String) -> Void = { TurnstileCommands.say($0) }) {
        self.path = path
        self.say = say
    }

    package var listener: JournalListener {
        JournalListener(
            resumed: { [self] blocks in
                // A journal that cannot be read is named by the command itself.
                guard let growing = try? GrowingTimeline(reading: blocks, name: path) else { return }
                state.withLock { $0.growing = growing }
            },
            appended: { [self] line in
                state.withLock { state in
                    state.growing.take(line: line)
                    state.growing.timeline.map { write($0, &state) }
                }
            })
    }

    private func write(_ timeline: RolloutTimeline, _ state: inout State) {
        do {
            try WholeFile.put(MetricsText.text(timeline), at: path)
            // The collector is another user, as a rule.
            if !WholeFile.isSpecial(path) {
                try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
            }
            state.hasComplained = false
        } catch {
            guard !state.hasComplained else { return }
            state.hasComplained = true
            say(
                """
                The metrics cannot be written to '\(path)': \(error.localizedDescription) The rollout goes on without. \
                Give yourself the right to write there; the next entry tries again.
                """)
        }
    }
}

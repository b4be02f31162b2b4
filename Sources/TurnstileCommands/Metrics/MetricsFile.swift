import Foundation
import Reports
import RolloutJournal

/// A file for Prometheus' textfile collector, written anew at each entry of a rollout's journal.
///
/// A file that cannot be written is named once, and the rollout goes on. While a write takes long, newer states take the
/// place of those that wait.
package struct MetricsFile: Sendable {
    private let path: String

    package init(path: String) { self.path = path }

    package var listener: JournalListener {
        let (path, aside) = (path, Aside())
        return JournalListener(
            DeliveryTerms(
                name: "the metrics file '\(path)'", room: .newest,
                trouble: { error in
                    """
                    The metrics cannot be written to '\(path)': \(error.localizedDescription) The rollout goes on without. \
                    Give yourself the right to write there; the next entry tries again.
                    """
                }),
            from: GrowingTimeline(),
            resumed: { growing, blocks in
                // A journal that cannot be read is named by the command itself.
                if let read = try? GrowingTimeline(reading: blocks, name: path) { growing = read }
            },
            appended: { growing, line in
                growing.take(line: line)
                return growing.timeline.map { [$0] } ?? []
            },
            tell: { delivery in
                guard case .item(let timeline) = delivery else { return }
                try await aside.run { try Self.write(timeline, at: path) }
            })
    }

    private static func write(_ timeline: RolloutTimeline, at path: String) throws {
        try WholeFile.put(MetricsText.text(timeline), at: path)
        // The collector is another user, as a rule.
        if !WholeFile.isSpecial(path) {
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
        }
    }
}

import Reports
import RolloutJournal
import RolloutModel

extension HistoryText {
    /// - Throws: `JournalError` where the rollout's journal cannot be read.
    init(of rollout: RolloutID, in journals: JournalStore) async throws(JournalError) {
        var text = HistoryText()
        try await journals.read(rollout) { text.take($0) }
        self = text
    }
}

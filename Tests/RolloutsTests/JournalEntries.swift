import RolloutJournal

/// Every entry of a journal, for tests that look at what was written.
func journalEntries(_ path: String) throws -> [JournalEntry] {
    var entries: [JournalEntry] = []
    try Journal.read(path: path) { entries.append($0) }
    return entries
}

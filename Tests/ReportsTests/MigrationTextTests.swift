import RolloutJournal
import Testing

@testable import Reports

@Suite struct MigrationTextTests {
    static let errors: [JournalError] = [
        .exists(path: "p"), .inUse(path: "p"), .overtaken(path: "p"), .unreadable(path: "p", why: "w"),
        .foreign(path: "p", why: "w"), .notWritten(path: "p", why: "w"), .empty(path: "p"),
        .forbidden(ForbiddenPlace(path: "p", act: .write, owner: nil)),
        .formatUnknown(path: "p", format: 2), .damaged(path: "p", entry: 3, why: "w"),
    ]

    /// No command for rollouts goes on with a migration.
    @Test(arguments: errors) func aRecordsFaultNamesNoCommandForRollouts(error: JournalError) {
        let message = MigrationText.failure(error).message
        #expect(message.contains("'p'") && !message.contains("resume"), "\(message)")
    }
}

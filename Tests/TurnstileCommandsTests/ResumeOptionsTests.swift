import ArgumentParser
import Testing

@testable import TurnstileCommands

/// Choices that a rollout's journal has are said again only where it is lost.
@Suite struct ResumeOptionsTests {
    @Test(arguments: [["--on-failure", "rollback"], ["--move-leader"]])
    func choicesGoWithALostJournal(options: [String]) throws {
        #expect(throws: (any Error).self) { try TurnstileCommand.parseAsRoot(["resume"] + options) }
        let command = try TurnstileCommand.parseAsRoot(["resume", "--from-hosts"] + options)
        let resume = try #require(command as? Resume)
        #expect((resume.onFailure == .rollback) == options.contains("rollback"))
        #expect(resume.moveLeader == options.contains("--move-leader"))
    }
}

import ArgumentParser
import Testing

@testable import TurnstileCommands

/// The options of `migrate run` beside one another.
@Suite struct MigrateRunTests {
    private static let command = ["platform", "migrate", "run"]

    static let refusals: [(arguments: [String], says: String)] = [
        (["--again", "shop", "--grants"], "--grants carries none"),
        (["blog", "--again", "shop"], "--again shop: name it among the applications"),
        (["--at-once", "0"], "1 to 32"), (["--settle=-1"], "0 to 86400"),
    ]

    @Test(arguments: refusals) func whatWouldBePassedOverIsRefused(arguments: [String], says: String) {
        let error = #expect(throws: (any Error).self) {
            try TurnstileCommand.parseAsRoot(Self.command + arguments)
        }
        let message = error.map { TurnstileCommand.message(for: $0) } ?? ""
        #expect(message.contains(says), "\(message)")
    }

    static let sound = [[], ["--again", "shop"], ["blog", "shop", "--again", "shop"], ["--grants"]]

    @Test(arguments: sound) func theRestIsTaken(arguments: [String]) throws {
        let command = try TurnstileCommand.parseAsRoot(Self.command + arguments)
        #expect(command is MigrateRun)
    }
}

import ArgumentParser
import RolloutModel
import Testing

@testable import TurnstileCommands

@Suite struct ZoneOptionsTests {
    @Test func namesAreTakenAsTheyAreSaid() throws {
        let options = try ZoneOptions.parse(["--apex", "a.b.example", "--no-apex", "shop.co.de"])
        #expect(options.apexes.named.map(\.text) == ["a.b.example"])
        #expect(options.apexes.others.map(\.text) == ["shop.co.de"])
    }

    static let wrong = [
        ["--apex", "a.org", "--no-apex", "a.org"], ["--apex", "org"], ["--no-apex", "*.org"],
    ]

    @Test(arguments: wrong) func whatCannotBeIsRefused(arguments: [String]) {
        #expect(throws: (any Error).self) { try ZoneOptions.parse(arguments) }
    }
}

import ArgumentParser
import Coordinator
import Testing

@testable import TurnstileCommands

@Suite struct AuditPaceTests {
    @Test(arguments: [
        ["--parallel", "0"], ["--parallel", "1025"], ["--parallel", "many"], ["--deadline", "0"],
        ["--deadline", "3601"], ["--deadline", "nan"], ["--deadline", "-1"],
    ]) func aPaceThatCannotBeMeantIsRefused(arguments: [String]) {
        #expect(throws: (any Error).self) { try AuditPaceOptions.parse(arguments) }
    }

    @Test func thePaceIsTheOneGiven() throws {
        #expect(try AuditPaceOptions.parse([]).pace == AuditPace(parallel: 64, deadline: .seconds(30)))
        let given = try AuditPaceOptions.parse(["--parallel", "1024", "--deadline", "2.5"])
        #expect(given.pace == AuditPace(parallel: 1024, deadline: .milliseconds(2500)))
    }
}

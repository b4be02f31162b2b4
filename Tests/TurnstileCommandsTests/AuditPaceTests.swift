import ArgumentParser
import Coordinator
import Foundation
import Testing

@testable import Reports
@testable import TurnstileCommands

@Suite struct AuditPaceTests {
    @Test(arguments: [
        ["--parallel", "0"], ["--parallel", "1025"], ["--parallel", "many"], ["--deadline", "0"],
        ["--deadline", "3601"], ["--deadline", "nan"], ["--deadline", "-1"],
    ]) func aPaceThatCannotBeMeantIsRefused(arguments: [String]) {
        #expect(throws: (any Error).self) { try AuditPaceOptions.parse(arguments) }
    }

    @Test func aHostReachedAtTheSecondTryIsNamed() throws {
        let texts = [
            #"{"host":"a","version":"1"}"#, #"{"host":"b","version":"1","retriedAfter":"refused"}"#,
            #"{"host":"c","fault":"gone","retriedAfter":"refused"}"#,
        ]
        let audits = try texts.map { try JSONDecoder().decode(HostAudit.self, from: Data($0.utf8)) }
        #expect(AuditText.secondTries([audits[0], audits[2]]) == nil)
        #expect(AuditText.secondTries(audits) == "b: reached only when called again; the first call: refused")
    }

    @Test func thePaceIsTheOneGiven() throws {
        #expect(try AuditPaceOptions.parse([]).pace == AuditPace(parallel: 64, deadline: .seconds(30)))
        let given = try AuditPaceOptions.parse(["--parallel", "1024", "--deadline", "2.5"])
        #expect(given.pace == AuditPace(parallel: 1024, deadline: .milliseconds(2500)))
    }
}

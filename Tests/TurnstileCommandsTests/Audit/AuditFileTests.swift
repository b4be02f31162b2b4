import Coordinator
import Foundation
import Reports
import SampleReports
import Testing

@testable import TurnstileCommands

/// An earlier audit, read from a file.
@Suite struct AuditFileTests {
    @Test(arguments: [AuditFormat.json, .ndjson]) func anEarlierAuditIsReadAgain(format: AuditFormat) throws {
        let text = try AuditReport(AuditSamples.cluster).text(
            as: format, on: Terminal(isLive: false, hasColour: false))
        #expect(try AuditFile.audits(in: Data(text.utf8), "x") == AuditSamples.cluster)
    }

    @Test(arguments: [
        ("", "x is no audit"), ("[{}]", "x is no audit"), ("hosts: []", "x is no audit"),
        ("{\"host\":\"a\"}\n\n{\"hos", "x, line 3: not a host's audit"),
        ("{}", "x, line 1: not a host's audit"),
    ]) func whatIsNoAuditIsRefused(text: String, message: String) {
        let failure = #expect(throws: CommandFailure.self) {
            try AuditFile.audits(in: Data(text.utf8), "x")
        }
        #expect(failure?.code == .usage && failure?.message.hasPrefix(message) == true)
    }
}

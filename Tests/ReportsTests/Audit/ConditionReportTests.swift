import Coordinator
import RolloutModel
import SampleReports
import Testing

@testable import Reports

/// The hosts that `--where` chooses.
@Suite struct ConditionReportTests {
    private static func chosen(_ text: String, _ audits: [HostAudit]) throws -> [HostID] {
        try ConditionReport(AuditCondition(text), audits).chosen()
    }

    @Test func thoseOfWhichItIsSoAreChosen() throws {
        let audits = Array(AuditSamples.cluster.prefix(3))
        #expect(try Self.chosen("version<1409", audits) == [HostID("core-1"), HostID("core-2")])
        #expect(try Self.chosen("group=beta", audits) == [HostID("core-3")])
    }

    /// The silent host may be such a host: the others alone are not the answer.
    @Test func aHostThatDoesNotTellIsNamed() throws {
        let failure = #expect(throws: CommandFailure.self) {
            try Self.chosen("version<1409", AuditSamples.cluster)
        }
        #expect(failure?.code == .failed)
        let message = try #require(failure?.message)
        #expect(
            message.contains("- core-4: no route to host") && message.contains("--exclude 'core-4'"),
            "\(message)")
        let dumb = [AuditSamples.host("core-1") { $0.docker = nil }]
        let other = #expect(throws: CommandFailure.self) { try Self.chosen("docker<18", dumb) }
        #expect(other?.message.contains("- core-1: its audit has no docker that can be compared") == true)
    }

    @Test func nobodyIsAFailure() {
        let failure = #expect(throws: CommandFailure.self) {
            try Self.chosen("version<1000", [AuditSamples.host("core-1")])
        }
        #expect(failure?.code == .failed && failure?.message.contains("none of 1 hosts") == true)
    }
}

import AgentProtocol
import RolloutModel
import SampleValues
import Testing

@testable import Coordinator

/// An agent's words are made plain; a setting's value stays, for it is shown with what cannot be seen spelled out.
@Suite struct OddValuesTests {
    @Test(arguments: ["beta\r", "beta\t", "beta \r", "be\u{1B}[2Jta"]) func aValueIsNotMadePlain(
        value: String
    ) throws {
        var report = HostReport.sample(
            machineID: "m", bootID: "b", hostname: "h\u{1B}[2J",
            agent: AgentState.sample(agentVersion: "1", phase: .idle, authority: nil, version: nil))
        report.oddSettings = [
            OddSetting(key: "GROUP", value: value, path: "/etc/x\r", line: 1, meant: "beta")
        ]
        let line = try Wire.line(AgentMessage.report(report))
        let plain = ForeignText.json(String(decoding: line, as: UTF8.self))
        let message = try Wire.decode(AgentMessage.self, line: plain.utf8).withOddValues(asSent: line)
        guard case .report(let told) = message else {
            Issue.record("\(message)")
            return
        }
        #expect(told.hostname == "h\u{FFFD}[2J")
        #expect(told.oddSettings?.map(\.value) == [value])
        #expect(told.oddSettings?.map(\.path) == ["/etc/x "])
    }
}

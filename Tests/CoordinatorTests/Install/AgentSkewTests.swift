import AgentProtocol
import RolloutModel
import Rollouts
import SampleValues
import Testing

@testable import Coordinator

@Suite struct AgentSkewTests {
    /// Five hosts, each with another agent; `core-5` does not answer at all.
    static func shell(_ host: HostID, _ command: HostCommand) throws(HostFault) -> String {
        let state = AgentState.sample(
            agentVersion: host.rawValue == "core-4" ? "0.0.9" : "0.1.0", phase: .idle, authority: nil,
            version: nil)
        let hello = AgentHello(
            protocolVersion: host.rawValue == "core-2" ? 1 : ProtocolVersion.current,
            agentVersion: state.agentVersion)
        let report = HostReport.sample(machineID: "m", bootID: "b", hostname: host.rawValue, agent: state)
        if host.rawValue == "core-5" {
            throw HostFault(host: host, kind: .unreachable, why: "no route to host")
        }
        if command.text != "sudo -n /opt/bin/turnstile-agent report" {
            return "LoadState=\(host.rawValue == "core-3" ? "not-found" : "loaded")\n"
        }
        if host.rawValue == "core-1" { return "" }
        let lines = [AgentMessage.hello(hello), .report(report)].flatMap { (try? Wire.line($0)) ?? [] }
        return String(decoding: lines, as: UTF8.self)
    }

    @Test func everyHostIsNamedOnce() async {
        @Sendable func answer(_ host: HostID, _ command: HostCommand) throws(HostFault) -> HostCommandResult {
            let text = try Self.shell(host, command)
            return HostCommandResult(output: Array(text.utf8), exitStatus: text.isEmpty ? 127 : 0)
        }
        let shell = HostShell(
            run: { host, command throws(HostFault) in try answer(host, command) },
            converse: { host, command, onLine throws(HostFault) in
                let result = try answer(host, command)
                for line in result.output.split(separator: 10) { await onLine(Array(line)) }
                return result
            }, disconnect: { _ in })
        let hosts = (1...6).map { HostID("core-\($0)") }
        let roll = await AgentRollCall.take(
            of: hosts, access: .live(shell: shell, etcd: EtcdEndpoint(url: "http://127.0.0.1:2379")),
            shell: shell,
            version: "0.1.0")
        #expect(roll.skew.unfit.map(\.host.rawValue) == ["core-1", "core-2", "core-3"])
        #expect(
            roll.skew.unfit.map(\.why) == [
                "there is no /opt/bin/turnstile-agent on it",
                "agent 0.1.0 speaks protocol 1, and this turnstile \(ProtocolVersion.current)",
                "its turnstile-agent.service is not-found",
            ])
        #expect(
            roll.skew.otherVersions == [AgentSkew.Finding(host: HostID("core-4"), why: "its agent is 0.0.9")])
        #expect(roll.reports[HostID("core-5")] == .unknown("no route to host"))
        #expect(roll.reports[HostID("core-6")]?.value?.agent.agentVersion == "0.1.0")
    }
}

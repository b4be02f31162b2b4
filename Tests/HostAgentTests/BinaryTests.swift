import AgentProtocol
import Foundation
import HostAgent
import Subprocess
import SystemPackage
import Testing

/// The program itself.
@Suite struct BinaryTests {
    @Test func version() async throws {
        let result = try await Self.run(["--version"])
        #expect(result.output == [Agent.version])
        #expect(result.exit == .exited(0))
    }

    @Test(arguments: [["stage"], ["reboot"], ["commit"], ["rollback"], ["abandon"]])
    func aBadRequestIsRefused(arguments: [String]) async throws {
        let result = try await Self.run(
            arguments, input: "{\"protocolVersion\":\(ProtocolVersion.current)}\n")
        let messages = try result.output.map { try Wire.decode(AgentMessage.self, line: Array($0.utf8)) }
        #expect(messages.first == .hello(AgentHello(agentVersion: Agent.version)))
        #expect(messages.count == 2)
        #expect(messages.last.refusal == .malformedRequest)
        #expect(result.exit == .exited(64))
    }

    @Test func anUnknownVerbIsAUsageError() async throws {
        #expect(try await Self.run(["dance"]).exit == .exited(64))
    }

    private static func run(_ arguments: [String], input: String = "") async throws -> (
        output: [String], exit: TerminationStatus
    ) {
        let result = try await Subprocess.run(
            .path(FilePath(try path())), arguments: Arguments(arguments), input: .string(input),
            output: .string(limit: 1 << 16), error: .discarded)
        return (result.standardOutput.split(separator: "\n").map(String.init), result.terminationStatus)
    }

    /// Built beside the tests.
    private static func path() throws -> String {
        var directory = Bundle.main.bundleURL
        for _ in 0..<4 {
            let candidate = directory.appendingPathComponent("turnstile-agent").path
            if FileManager.default.isExecutableFile(atPath: candidate) { return candidate }
            directory.deleteLastPathComponent()
        }
        throw CocoaError(.fileNoSuchFile)
    }
}

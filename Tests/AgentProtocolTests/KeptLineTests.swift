import AgentProtocol
import Foundation
import KeptFormats
import Testing

/// Lines of every protocol version so far: lines of the present version are read, and lines of other versions tell
/// their version.
@Suite struct KeptLineTests {
    @Test func everyVersionHasLines() {
        #expect(Set(KeptLines.all.compactMap(\.version)) == Set(1...ProtocolVersion.current))
    }

    /// The lines include those of older agents that speak this version: a renamed key would be read as a missing one.
    @Test(arguments: KeptLines.current) func nothingOfAMessageIsLost(kept: KeptLines) throws {
        for line in try kept.messages() {
            let message = try Wire.decode(AgentMessage.self, line: line)
            #expect(try JSONLoss(from: line, to: message).paths == [], "\(MessageKind(message))")
        }
    }

    @Test(arguments: KeptLines.current) func nothingOfARequestIsLost(kept: KeptLines) throws {
        for (verb, line) in try kept.requests() {
            let request = try request(verb, line)
            #expect(request.protocolVersion == ProtocolVersion.current)
            #expect(try JSONLoss(from: line, to: request).paths == [], "\(verb)")
        }
    }

    /// A line that is written now equals the kept line, to the byte.
    @Test func thePresentVersionIsWrittenAsItWas() throws {
        for line in try KeptLines.present.messages() {
            #expect(
                try Wire.line(Wire.decode(AgentMessage.self, line: line)).dropLast() == [UInt8](line)[...])
        }
        for (verb, line) in try KeptLines.present.requests() {
            let request = try request(verb, line)
            #expect(try Wire.line(request).dropLast() == [UInt8](line)[...])
        }
    }

    /// Coordinator and agent read the version first, whatever version the other side speaks.
    @Test(arguments: KeptLines.earlier) func anEarlierVersionTellsItself(kept: KeptLines) throws {
        let first = try #require(try kept.messages().first)
        var version: Int?
        if case .hello(let hello) = try Wire.decode(AgentMessage.self, line: first) {
            version = hello.protocolVersion
        }
        #expect(version == kept.version)
        #expect(try !kept.requests().isEmpty)
        for (verb, line) in try kept.requests() {
            #expect(try Wire.decode(Probe.self, line: line).protocolVersion == kept.version, "\(verb)")
        }
    }

    private func request(_ verb: String, _ line: Data) throws -> any AgentRequest {
        let found = try AgentVerb(rawValue: verb)?.request(of: line)
        return try #require(found)
    }

    private struct Probe: Decodable {
        var protocolVersion: Int
    }
}

import AgentProtocol
import Testing

@testable import HostAgent

@Suite struct RequestTests {
    @Test(arguments: [
        ("", Refusal.Reason.malformedRequest),
        ("{}", .malformedRequest),
        ("not json", .malformedRequest),
        (#"{"protocolVersion":\#(ProtocolVersion.current + 1)}"#, .protocolUnsupported),
        (#"{"protocolVersion":\#(ProtocolVersion.current)}"#, .malformedRequest),
    ])
    func linesThatAreNoRequest(line: String, reason: Refusal.Reason) async {
        let host = SimulatedHost()
        #expect(await host.perform(.stage, Array(line.utf8)).refusal == reason)
        #expect(host.with { $0.commands }.isEmpty)
    }

    @Test func aLineWithoutEndIsRefusedUnread() async {
        let line = [UInt8](repeating: UInt8(ascii: " "), count: Wire.lineBytesMax + 1)
        #expect(await SimulatedHost().perform(.commit, line).refusal == .malformedRequest)
    }

    static func request(
        rollout: String = "r-20261124-0712-4f1c", group: String? = "stable", server: String? = nil,
        target: String? = "1353.8.0", seconds: Int = 600
    ) -> StageRequest {
        StageRequest(
            authority: Authority(rollout: rollout, token: 1), group: group, server: server, target: target,
            acceptsRevert: false, engineRest: .masked, etcdVersion: nil, deadline: .seconds(seconds))
    }

    @Test(arguments: [
        request(), request(group: nil, target: nil), request(server: "http://10.77.0.1:18181/v1/update/"),
        request(target: "2021.11.23+dev-7"), request(seconds: 86_400),
    ])
    func suitable(request: StageRequest) {
        #expect(request.complaint == nil)
    }

    @Test(arguments: [
        request(group: "sta\nble"), request(group: "st able"), request(group: ""), request(server: "a'b"),
        request(group: String(repeating: "x", count: 300)), request(target: "1353.8.0; reboot"),
        request(target: ""), request(rollout: "r 1"), request(rollout: ""), request(seconds: 0),
        request(seconds: 90_000),
    ])
    func unsuitable(request: StageRequest) async throws {
        #expect(request.complaint != nil)
        let host = SimulatedHost()
        #expect(await host.perform(.stage, try Wire.line(request)).refusal == .malformedRequest)
    }
}

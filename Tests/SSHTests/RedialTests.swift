import Glibc
import Logging
import Testing

@testable import SSH

/// Hosts that are called again.
@Suite(.serialized) struct RedialTests {
    private static let lost = SSHError.Reason.connectionLost("the server closed it")
    private static let tooMany = SSHError.Reason.notSSH(said: "Exceeded MaxStartups")
    private static let late = SSHError.Reason.deadlinePassed(.seconds(3))

    private static func proxy(_ end: String) -> SSHError.Reason {
        .connectionLost("the ProxyCommand ended \(end)")
    }

    /// A failed call, and the pauses after the first such call, the second, and so on, in milliseconds.
    struct Row: Sendable, CustomTestStringConvertible {
        var operation: SSHError.Operation
        var reason: SSHError.Reason
        var session: [Int] = []
        var visit: [Int] = []
        var testDescription: String { "\(operation) \(reason)" }
    }

    static let rows = [
        Row(
            operation: .exchangeKeys, reason: lost, session: [500, 1000, 2000, 4000],
            visit: [500, 1000, 2000, 4000]),
        Row(
            operation: .exchangeKeys, reason: tooMany, session: [500, 1000, 2000, 4000],
            visit: [500, 1000, 2000, 4000]),
        Row(
            operation: .fetchCertificate, reason: lost, session: [500, 1000, 2000, 4000],
            visit: [500, 1000, 2000, 4000]),
        Row(
            operation: .exchangeKeys, reason: proxy("(exited(255)): Connection closed by 192.0.2.1 port 22"),
            session: [500, 1000, 2000, 4000], visit: [500, 1000, 2000, 4000]),
        Row(
            operation: .exchangeKeys, reason: proxy("(exited(0))"), session: [500, 1000, 2000, 4000],
            visit: [500, 1000, 2000, 4000]),
        Row(
            operation: .exchangeKeys, reason: proxy("(exited(255)): core@b1: Permission denied (publickey).")),
        Row(operation: .exchangeKeys, reason: proxy("(exited(127)): sh: 1: exec: nc: not found")),
        Row(operation: .exchangeKeys, reason: .proxyCommandAsks),
        Row(operation: .connect, reason: .refused(""), visit: [1000]),
        Row(operation: .exchangeKeys, reason: late, visit: [1000]),
        Row(operation: .fetchCertificate, reason: late, visit: [1000]),
        Row(
            operation: .connect, reason: .bastion(SSHError(.connect, target: nil, .refused(""))),
            visit: [1000]),
        // The callers of the bastion have called again.
        Row(operation: .connect, reason: .bastion(SSHError(.exchangeKeys, target: nil, lost))),
        Row(operation: .connect, reason: late), Row(operation: .connect, reason: .unreachable("")),
        Row(operation: .authenticate, reason: lost), Row(operation: .openChannel, reason: lost),
        Row(operation: .runCommand, reason: lost), Row(operation: .exchangeKeys, reason: .cancelled),
        Row(operation: .exchangeKeys, reason: .notSSH(said: "220 mail ESMTP")),
        Row(operation: .exchangeKeys, reason: .protocolFailure),
        Row(operation: .authenticate, reason: .authenticationRefused(.init())),
    ]

    @Test(arguments: rows) func whatPassesByItselfIsWorthAnotherCall(row: Row) {
        func pauses(_ redial: Redial) -> [Duration?] {
            let error = SSHError(row.operation, target: nil, row.reason)
            return (0...6).map { redial.pause(after: error, calls: $0) }
        }
        func expected(_ milliseconds: [Int]) -> [Duration?] {
            let pauses: [Duration?] = [nil] + milliseconds.map { .milliseconds($0) }
            return pauses + Array(repeating: nil, count: 7 - pauses.count)
        }
        #expect(pauses(.session) == expected(row.session))
        #expect(pauses(.visit) == expected(row.visit))
    }

    @Test func noPauseOutlastsTheDeadlineAndTheLastFailureCounts() async {
        var calls = 0
        let outcome = await Redial.session.calls(until: .now + .milliseconds(1800), onPause: { _ in }) {
            calls += 1
            return Result<Int, SSHError>.failure(
                SSHError(.exchangeKeys, target: nil, .connectionLost("call \(calls)")))
        }
        // Of the 1.3 s at most that are left after the first pause, the second would take more than half.
        #expect(calls == 2 && outcome.firstFailure?.reason == .connectionLost("call 1"))
        let error = #expect(throws: SSHError.self) { try outcome.result.get() }
        #expect(error?.reason == .connectionLost("call 2") && error?.calls == 2)
    }

    @Test func whoIsCalledOffCallsNoMore() async {
        let task = Task {
            await Redial.session.calls(until: .now + .seconds(600), onPause: { _ in }) {
                Result<Int, SSHError>.failure(SSHError(.exchangeKeys, target: nil, Self.lost))
            }
        }
        task.cancel()
        let outcome = await task.value
        #expect(outcome.result == .failure(SSHError(.exchangeKeys, target: nil, .cancelled)))
    }

    // MARK: Servers

    @Test func aSessionIsOpenedOnceThereIsRoom() async throws {
        try await PrivateServer.with { server in
            try await RelayAfterHangingUp.with(server.port, hangUps: 2) { relay in
                var route = try server.route()
                // The key is known by the port of the server proper.
                (route.target.port, route.target.hostKeyAlias) = (relay.port, "[box]:\(server.port)")
                let connection = try await SSHConnection.open(route, logger: .quiet)
                await connection.close()
            }
        }
    }

    /// A caller who does not log in takes all the room of a real sshd until the next was turned away.
    @Test func aThrottlingServerIsCalledAgain() async throws {
        try await PrivateServer.with(["MaxStartups 1:100:1"]) { server in
            let caller = LocalCall.begin(to: server.port)
            // sshd names its version to whom it serves.
            var greeting = [UInt8](repeating: 0, count: 64)
            #expect(recv(caller, &greeting, greeting.count, 0) > 0)
            let log = ClosingLog(descriptor: caller)
            let connection = try await SSHConnection.open(
                server.route(), logger: Logger(label: "test") { _ in log })
            await connection.close()
            #expect(log.told.first?.contains("MaxStartups") == true)
        }
    }

    @Test func aBastionThatThrottlesIsCalledAgainByItself() async throws {
        try await PrivateServer.with { server in
            try await RelayAfterHangingUp.with(server.port, hangUps: 2) { relay in
                var front = try server.route()
                (front.target.port, front.target.hostKeyAlias) = (relay.port, "[box]:\(server.port)")
                let route = try server.route(passage: .through(SSHBastion(front, logger: .quiet)))
                let connection = try await SSHConnection.open(route, logger: .quiet)
                await connection.close()
            }
        }
    }

    @Test func aServerThatKeepsThrottlingIsNamedWithTheCalls() async throws {
        try await TalkingServer.with("Exceeded MaxStartups\r\n", hangsUp: true) { server in
            let target = SSHTarget(name: "127.0.0.1", port: server.port, user: "core")
            let error = await #expect(throws: SSHError.self) {
                _ = try await SSHConnection.open(
                    SSHRoute(target: target, credentials: .init(), knownHosts: .init(), timeouts: .patient),
                    logger: .quiet)
            }
            for words in ["takes no more callers now", "called 5 times", "raise MaxStartups"] {
                #expect(error?.description.contains(words) == true, "\(String(describing: error))")
            }
        }
    }
}

import Glibc
import SSH
import Testing

@Suite(.serialized) struct FaultTests {
    /// Generous, since the machine may be busy; the deadlines it is held against are far longer.
    private static let promptly = Duration.seconds(10)

    private func elapsed(_ body: () async throws -> Void) async rethrows -> Duration {
        try await ContinuousClock().measure(body)
    }

    private func failure(_ body: () async throws -> Void) async throws -> SSHError {
        try await #require(throws: SSHError.self) { try await body() }
    }

    @Test func aPortNobodyListensOnIsRefused() async throws {
        let target = SSHTarget(name: "127.0.0.1", port: try LocalListener.freePort(), user: "core")
        let error = try await failure {
            _ = try await SSHConnection.open(
                SSHRoute(target: target, credentials: .init(), knownHosts: .init()), logger: .quiet)
        }
        #expect(error.reason == .refused("127.0.0.1 port \(target.port): Connection refused"))
        #expect(error.operation == .connect && error.target == target)
    }

    @Test func aPeerThatNeverAnswersHitsTheDeadline() async throws {
        let listener = try LocalListener()
        let target = SSHTarget(name: "127.0.0.1", port: listener.port, user: "core")
        let time = try await elapsed {
            let error = try await failure {
                _ = try await SSHConnection.open(
                    SSHRoute(
                        target: target, credentials: .init(), knownHosts: .init(),
                        timeouts: SSHTimeouts(handshake: .milliseconds(300))), logger: .quiet)
            }
            #expect(error.reason == .deadlinePassed(.milliseconds(300)))
            #expect(error.operation == .exchangeKeys)
        }
        #expect(time < Self.promptly && time >= .milliseconds(300))
    }

    @Test func connectingCanBeCancelled() async throws {
        let listener = try LocalListener()
        let target = SSHTarget(name: "127.0.0.1", port: listener.port, user: "core")
        let time = await elapsed {
            await withTaskGroup(of: SSHError.Reason?.self) { group in
                group.addTask {
                    do throws(SSHError) {
                        _ = try await SSHConnection.open(
                            SSHRoute(
                                target: target, credentials: .init(), knownHosts: .init(),
                                timeouts: SSHTimeouts(handshake: .seconds(300))), logger: .quiet)
                        return nil
                    } catch {
                        return error.reason
                    }
                }
                group.cancelAll()
                for await reason in group { #expect(reason == .cancelled) }
            }
        }
        #expect(time < Self.promptly)
    }

    @Test func aCommandThatSaysNothingHitsTheDeadlineAndTheConnectionGoesOn() async throws {
        try await PrivateServer.with { server in
            try await server.connected { connection in
                for milliseconds in [0, 1, 2, 3, 5, 8, 300] {
                    let error = try await failure {
                        _ = try await connection.run("sleep 5", deadline: .milliseconds(milliseconds))
                    }
                    #expect(error.reason == .deadlinePassed(.milliseconds(milliseconds)))
                }
                #expect(try await connection.output(of: "echo on") == "on")
            }
        }
    }

    @Test func aCommandThatNeverStopsTalkingHitsTheDeadline() async throws {
        try await PrivateServer.with { server in
            try await server.connected { connection in
                let error = try await failure {
                    _ = try await connection.stream("yes", deadline: .milliseconds(500)) { _ in }
                }
                #expect(error.reason == .deadlinePassed(.milliseconds(500)))
                #expect(try await connection.output(of: "echo on") == "on")
            }
        }
    }

    @Test func aServerKilledWhileItTalksIsNoticed() async throws {
        try await PrivateServer.with { server in
            let connection = try await server.connect()
            let pid = Int32(try await connection.output(of: "echo $PPID")) ?? 0
            try #require(pid > 1)
            let error = try await failure {
                _ = try await connection.stream("yes", deadline: .seconds(300)) { _ in kill(pid, SIGKILL) }
            }
            guard case .connectionLost = error.reason else {
                Issue.record("\(error)")
                return
            }
            let after = try await failure { _ = try await connection.run("true", deadline: .seconds(300)) }
            guard case .connectionLost = after.reason else {
                Issue.record("\(after)")
                return
            }
            await connection.close()
        }
    }

    @Test func aServerKilledWhileNothingHappensIsNoticedAtTheNextCommand() async throws {
        try await PrivateServer.with { server in
            let connection = try await server.connect()
            let pid = Int32(try await connection.output(of: "echo $PPID")) ?? 0
            try #require(pid > 1)
            kill(pid, SIGKILL)
            let error = try await failure { _ = try await connection.run("cat", deadline: .seconds(300)) }
            guard case .connectionLost = error.reason else {
                Issue.record("\(error)")
                return
            }
            await connection.close()
        }
    }

    @Test func aStoppedServerHitsTheDeadline() async throws {
        try await PrivateServer.with { server in
            let connection = try await server.connect()
            let pid = Int32(try await connection.output(of: "echo $PPID")) ?? 0
            try #require(pid > 1)
            kill(pid, SIGSTOP)
            defer { kill(pid, SIGKILL) }
            let time = try await elapsed {
                // Enough input to fill every buffer on the way, too.
                for input in [[], [UInt8](repeating: 0, count: 16 << 20)] {
                    let error = try await failure {
                        _ = try await connection.run("cat", input: input, deadline: .milliseconds(300))
                    }
                    #expect(error.reason == .deadlinePassed(.milliseconds(300)))
                }
                await connection.close()
            }
            #expect(time < Self.promptly)
        }
    }

    @Test func aStoppedServerThatOwesKeepalivesIsLost() async throws {
        try await PrivateServer.with { server in
            var timeouts = SSHTimeouts.patient
            timeouts.keepaliveInterval = .seconds(2)
            timeouts.keepaliveCountMax = 1
            let connection = try await server.connect(timeouts: timeouts)
            let pid = Int32(try await connection.output(of: "echo $PPID")) ?? 0
            try #require(pid > 1)
            kill(pid, SIGSTOP)
            defer { kill(pid, SIGKILL) }
            let error = try await failure { _ = try await connection.run("true", deadline: .seconds(300)) }
            #expect(error.reason == .connectionLost("no answer to 1 keepalives"))
            await connection.close()
        }
    }

    @Test func keepalivesKeepAQuietCommandGoing() async throws {
        try await PrivateServer.with { server in
            var timeouts = SSHTimeouts.patient
            timeouts.keepaliveInterval = .seconds(2)
            timeouts.keepaliveCountMax = 3
            let connection = try await server.connect(timeouts: timeouts)
            #expect(try await connection.output(of: "sleep 9; echo on") == "on")
            await connection.close()
        }
    }

    @Test func cancellingClosesTheChannel() async throws {
        try await PrivateServer.with { server in
            let gone = server.scratch.file("gone")
            guard mkfifo(gone, 0o600) == 0 else { throw PrivateServer.DidNotStart() }
            try await server.connected { connection in
                let (started, signal) = AsyncStream.makeStream(of: Void.self)
                let time = try await elapsed {
                    try await withThrowingTaskGroup(of: Void.self) { group in
                        group.addTask {
                            let error = try await failure {
                                _ = try await connection.stream(
                                    "trap '' HUP; echo started; cat > /dev/null; echo gone > \(gone)",
                                    input: [UInt8](repeating: 0, count: 1 << 20), deadline: .seconds(300)
                                ) { _ in signal.yield() }
                            }
                            #expect(error.reason == .cancelled)
                        }
                        var iterator = started.makeAsyncIterator()
                        await iterator.next()
                        group.cancelAll()
                        try await group.waitForAll()
                    }
                }
                #expect(time < Self.promptly)
                // The command saw its input end, and says so.
                #expect(try await Tool.run("/usr/bin/timeout", "20", "/bin/cat", gone) == "gone\n")
                #expect(try await connection.output(of: "echo on") == "on")
            }
        }
    }

    @Test func closingEndsWhatStillRuns() async throws {
        try await PrivateServer.with { server in
            let connection = try await server.connect()
            try await withThrowingTaskGroup(of: Void.self) { group in
                let (started, signal) = AsyncStream.makeStream(of: Void.self)
                group.addTask {
                    let error = try await failure {
                        _ = try await connection.stream("echo started; exec sleep 5", deadline: .seconds(300))
                        { _ in
                            signal.yield()
                        }
                    }
                    #expect(error.reason == .connectionLost("it was closed here"))
                }
                var iterator = started.makeAsyncIterator()
                await iterator.next()
                await connection.close()
                try await group.waitForAll()
            }
            let error = try await failure { _ = try await connection.run("true", deadline: .seconds(1)) }
            #expect(error.reason == .connectionLost("it was closed here"))
        }
    }
}

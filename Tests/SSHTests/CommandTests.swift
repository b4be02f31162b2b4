import Glibc
import SSH
import Synchronization
import Testing

@Suite(.serialized) struct CommandTests {
    @Test func inputOutputAndExitGoThrough() async throws {
        try await PrivateServer.with { server in
            try await server.connected { connection in
                // More than any window or socket holds, both ways at once.
                let input = Scratch.noise(3 << 20)
                let echoed = try await connection.run("cat", input: input, deadline: .seconds(300))
                #expect(echoed.stdout == input)
                #expect(echoed.stderr.isEmpty && echoed.exit == .status(0))

                let apart = try await connection.run(
                    "echo out; echo err >&2; exit 7", deadline: .seconds(300))
                #expect(
                    apart
                        == CommandResult(
                            stdout: Array("out\n".utf8), stderr: Array("err\n".utf8), exit: .status(7)))

                let killed = try await connection.run("kill -TERM $$", deadline: .seconds(300))
                #expect(killed == CommandResult(stdout: [], stderr: [], exit: .signal("TERM")))

                let unread = try await connection.run("exec true", input: input, deadline: .seconds(300))
                #expect(unread.exit == .status(0))

                let missing = try await connection.run("no-such-command-here", deadline: .seconds(300))
                #expect(missing.exit == .status(127))
            }
        }
    }

    /// Keys are exchanged anew in the midst of traffic, which is where a client may lose its place.
    @Test func newKeysInTheMidstOfTrafficChangeNothing() async throws {
        try await PrivateServer.with(["RekeyLimit 512K"]) { server in
            try await server.connected { connection in
                let input = Scratch.noise(3 << 20)
                for _ in 0..<3 {
                    let echoed = try await connection.run("cat", input: input, deadline: .seconds(300))
                    #expect(echoed.stdout == input)
                }
                try await withThrowingTaskGroup(of: Bool.self) { group in
                    for _ in 0..<4 {
                        group.addTask {
                            try await connection.run("cat", input: input, deadline: .seconds(300)).stdout
                                == input
                        }
                    }
                    for try await isRight in group { #expect(isRight) }
                }
            }
        }
    }

    @Test func muchOutputGoesThroughUnlessLimited() async throws {
        try await PrivateServer.with { server in
            try await server.connected { connection in
                let bytes = 12 << 20
                let result = try await connection.run(
                    "yes abcdefg | head -c \(bytes)", deadline: .seconds(300))
                #expect(result.stdout.count == bytes)
                #expect(result.stdout.prefix(16) == ArraySlice("abcdefg\nabcdefg\n".utf8))
                #expect(result.stdout[(bytes - 16)...] == result.stdout[..<16])

                let error = try await #require(throws: SSHError.self) {
                    _ = try await connection.run("yes", outputLimit: 1 << 20, deadline: .seconds(300))
                }
                #expect(error.reason == .outputLimitPassed(1 << 20))
                #expect(try await connection.output(of: "echo on") == "on")
            }
        }
    }

    /// A reader that waits holds the command up: no more comes than the window and what the sockets hold.
    @Test func aSlowReaderSlowsTheCommandDown() async throws {
        try await PrivateServer.with { server in
            let progress = server.scratch.file("progress")
            try await server.connected { connection in
                let chunks = Mutex(0)
                let stopped = try await #require(throws: Enough.self) {
                    _ = try await connection.stream(
                        "for i in $(seq 4000); do head -c 16384 /dev/zero || exit; echo $i > \(progress); done",
                        deadline: .seconds(300)
                    ) { chunk in
                        guard
                            chunks.withLock({
                                $0 += 1; return $0
                            }) == 1
                        else { return }
                        // Another command on the same connection is not held up.
                        #expect(try await connection.output(of: "echo on") == "on")
                        try await Self.untilUnchanged { try? server.scratch.text("progress") }
                        throw Enough()
                    }
                }
                _ = stopped
                let written = Int(try server.scratch.text("progress").split(separator: "\n").last ?? "") ?? 0
                #expect(written * 16384 < 16 << 20)
            }
        }
    }

    struct Enough: Error {}

    /// Waits until a value stays as it is for half a second.
    private static func untilUnchanged(_ read: () -> String?) async throws {
        var last = read()
        while true {
            try await Task.sleep(for: .milliseconds(500))
            let now = read()
            if now == last, now != nil { return }
            last = now
        }
    }

    @Test func bothStreamsArriveAsTheyCome() async throws {
        try await PrivateServer.with { server in
            try await server.connected { connection in
                let chunks = Mutex<[OutputChunk]>([])
                let exit = try await connection.stream(
                    "echo one; read x; echo two >&2; exit 3", input: Array("go\n".utf8),
                    deadline: .seconds(300)
                ) { chunk in chunks.withLock { $0.append(chunk) } }
                #expect(exit == .status(3))
                #expect(
                    Set(chunks.withLock { $0 }) == [
                        .stdout(Array("one\n".utf8)), .stderr(Array("two\n".utf8)),
                    ])
            }
        }
    }

    @Test func manyCommandsOneAfterAnother() async throws {
        try await PrivateServer.with { server in
            try await server.connected { connection in
                for number in 0..<200 {
                    let answer = try await connection.output(of: "cat", input: Array("\(number)\n".utf8))
                    #expect(answer == "\(number)")
                }
            }
        }
    }

    @Test func manyCommandsAtOnceOnOneConnection() async throws {
        try await PrivateServer.with { server in
            try await server.connected { connection in
                try await withThrowingTaskGroup(of: Bool.self) { group in
                    for number in UInt8(0)..<24 {
                        group.addTask {
                            let input = [UInt8](repeating: number, count: 300_000 + Int(number))
                            return try await connection.run("cat", input: input, deadline: .seconds(300))
                                .stdout == input
                        }
                    }
                    for try await isRight in group { #expect(isRight) }
                }
            }
        }
    }

    /// Commands wait for those before them, and none fails for what sshd allows.
    @Test(arguments: 1...4) func commandsQueueForChannels(most: Int) async throws {
        try await PrivateServer.with(["MaxSessions \(most)"]) { server in
            try await server.connected { connection in
                try await withThrowingTaskGroup(of: Bool.self) { group in
                    for number in 0..<12 {
                        group.addTask {
                            try await connection.output(of: "sleep 0.05; echo \(number)") == "\(number)"
                        }
                    }
                    for try await isRight in group { #expect(isRight) }
                }
                for _ in 0..<20 { #expect(try await connection.output(of: "echo on") == "on") }
                try await connection.upload(
                    Array("in".utf8), to: server.scratch.file("uploaded"), mode: 0o600,
                    deadline: .seconds(300)
                )
            }
        }
    }

    @Test func aChannelThatNeverComesFreeIsSaidToBeThat() async throws {
        try await PrivateServer.with(["MaxSessions 1"]) { server in
            let gate = server.scratch.file("gate")
            guard mkfifo(gate, 0o600) == 0 else { throw PrivateServer.DidNotStart() }
            try await server.connected { connection in
                let (started, signal) = AsyncStream.makeStream(of: Void.self)
                async let long = connection.stream("echo started; cat \(gate)", deadline: .seconds(300)) {
                    _ in
                    signal.yield()
                }
                var iterator = started.makeAsyncIterator()
                await iterator.next()
                var error: SSHError?
                // On a busy machine sshd's refusal takes longer to come.
                for seconds in [1, 5, 25, 125] where error?.reason != .channelsTaken(1) {
                    error = await #expect(throws: SSHError.self) {
                        try await connection.run("true", deadline: .seconds(seconds))
                    }
                }
                #expect(error?.reason == .channelsTaken(1) && "\(error as Any)".contains("MaxSessions"))
                _ = try await Tool.run("/bin/sh", "-c", "echo on >\(gate)")
                #expect(try await long == .status(0))
            }
        }
    }

    @Test func manySessionsAtOnce() async throws {
        try await PrivateServer.with { server in
            let loop = try SSHLoop()
            let credentials = server.credentials
            try await withThrowingTaskGroup(of: String.self) { group in
                for number in 0..<50 {
                    group.addTask {
                        let connection = try await server.connect(credentials, loop: loop)
                        let answer = try await connection.output(of: "cat", input: Array("\(number)".utf8))
                        await connection.close()
                        return answer
                    }
                }
                let answers = try await group.reduce(into: Set<String>()) { $0.insert($1) }
                #expect(answers == Set((0..<50).map(String.init)))
            }
        }
    }
}

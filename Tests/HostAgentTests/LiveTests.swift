import Foundation
import Testing

@testable import HostAgent

/// The effects against the real kernel, in a directory of their own.
@Suite struct LiveFileTests {
    let files = LiveFiles.access

    @Test func replacesWholeFilesAndKeepsModeAndOwner() throws {
        try Scratch.with { directory in
            let path = "\(directory)/a/b/update.conf"
            try files.makeDirectory("\(directory)/a/b", 0o700)
            #expect(try files.read(path, 100, .followed) == nil)
            let copy = FileCopy(
                bytes: [0xff, 0x0a, 0x00], mode: 0o640, userID: geteuid(), groupID: getegid())
            try files.replace(path, copy)
            #expect(try files.read(path, 100, .followed) == copy)
            #expect(throws: HostFault.self) { try files.read(path, 2, .followed) }
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: "\(directory)/a/b") == ["update.conf"])
            try files.remove(path)
            try files.remove(path)
            #expect(try files.read(path, 100, .followed) == nil)
        }
    }

    @Test func aLeftoverOfAnInterruptedRunIsNoObstacle() throws {
        try Scratch.with { directory in
            let path = "\(directory)/state.json"
            try "half".write(toFile: "\(directory)/.state.json.turnstile", atomically: false, encoding: .utf8)
            try files.replace(path, .text("whole", mode: 0o600, owner: geteuid()))
            #expect(try files.text(path) == "whole")
        }
    }

    @Test func linksAreFollowedOnlyWhereAskedTo() throws {
        try Scratch.with { directory in
            try files.replace("\(directory)/real", .text("x", owner: geteuid()))
            symlink("real", "\(directory)/link")
            #expect(try files.text("\(directory)/link") == "x")
            #expect(files.resolve("\(directory)/link").hasSuffix("/real"))
            #expect(throws: HostFault.self) { try files.text("\(directory)/link", links: .refused) }
        }
    }

    @Test func directoriesAreListed() throws {
        try Scratch.with { directory in
            try files.makeDirectory("\(directory)/a.d", 0o755)
            try files.replace("\(directory)/a.d/10.conf", .text("x", owner: geteuid()))
            try files.replace("\(directory)/é.conf", .text("xyz", owner: geteuid()))
            #expect(try files.list(directory).map(Set.init) == ["a.d", "é.conf"])
            #expect(try files.list("\(directory)/a.d") == ["10.conf"])
            #expect(try files.list("\(directory)/none") == nil)
            #expect(try files.list("\(directory)/é.conf") == nil, "a file is no directory")
            #expect(try files.size("\(directory)/é.conf") == 3)
            #expect(try files.size("\(directory)/none") == nil)
            #expect(try files.freeBytes(directory) > 0)
            #expect(throws: HostFault.self) { try files.freeBytes("\(directory)/none") }
        }
    }

    @Test func aFileUnderProcIsReadWhole() throws {
        #expect(try files.text("/proc/sys/kernel/random/boot_id")?.count == 37)
    }
}

@Suite struct LiveWatchTests {
    enum Change: CaseIterable {
        case append, replace

        func make(at path: String) throws {
            switch self {
            case .append: try LiveFiles.access.append(path, [1])
            case .replace: try LiveFiles.access.replace(path, .text("new", owner: geteuid()))
            }
        }
    }

    @Test("a change ends the wait, also one from before it", arguments: Change.allCases)
    func changeEndsTheWait(change: Change) async throws {
        try await Scratch.with { directory in
            let path = "\(directory)/events"
            try LiveFiles.access.append(path, [0])
            let watch = try #require(LiveFiles.access.watch(directory))
            try change.make(at: path)
            let start = ContinuousClock.now
            await watch.change(.seconds(120))
            async let later: Void = {
                try await Task.sleep(for: .milliseconds(20))
                try change.make(at: path)
            }()
            await watch.change(.seconds(120))
            try await later
            #expect(ContinuousClock.now - start < .seconds(60))
        }
    }

    @Test func withoutAChangeTheTimeIsOver() async throws {
        try await Scratch.with { directory in
            let watch = try #require(LiveFiles.access.watch(directory))
            let start = ContinuousClock.now
            await watch.change(.milliseconds(120))
            #expect(ContinuousClock.now - start >= .milliseconds(120))
            #expect(LiveFiles.access.watch("\(directory)/none") == nil)
        }
    }
}

@Suite struct LiveClockTests {
    /// Deadlines count from the boot, as /proc/uptime does: setting the host's clock moves none of them.
    @Test func countsFromTheBoot() throws {
        let before = HostEffects.live.now()
        let text = try #require(try LiveFiles.access.text("/proc/uptime"))
        let uptime = try #require(text.split(separator: " ").first.flatMap { Double($0) })
        let after = HostEffects.live.now()
        // /proc/uptime has a resolution of 0.01 s.
        #expect(before <= .seconds(uptime + 0.01) && .seconds(uptime - 0.01) <= after)
    }
}

@Suite struct LiveCommandTests {
    @Test func outputErrorsAndExit() async throws {
        let outcome = try await LiveCommands.run(HostCommand("sh", ["-c", "echo a; echo b >&2; exit 3"]))
        #expect(outcome == CommandOutcome(ending: .exited(3), output: "a\n", errors: "b\n"))
        #expect(outcome.complaint == "b")
    }

    @Test func whereToReadOnIsNoComplaint() {
        let errors = """
            Job for a.service failed because the control process exited with error code.
            See "systemctl status a.service" and "journalctl -xeu a.service" for details.

            """
        let outcome = CommandOutcome(ending: .exited(1), errors: errors)
        #expect(
            outcome.complaint
                == "Job for a.service failed because the control process exited with error code.")
    }

    @Test func aSlowCommandIsKilled() async throws {
        let start = ContinuousClock.now
        await #expect(throws: HostFault.self) {
            try await LiveCommands.run(HostCommand("sleep", ["60"], allowed: .milliseconds(100)))
        }
        #expect(ContinuousClock.now - start < .seconds(60))
    }

    @Test("a program is found where it is, without a process for each directory that has none")
    func aProgramIsFound() {
        #expect(HostCommand.path(of: "sh")?.hasSuffix("/bin/sh") == true)
        #expect(HostCommand.path(of: "./sh") == "./sh")
        #expect(HostCommand.path(of: "no-such-program-here") == nil)
    }

    @Test func aMissingCommandIsNamed() async throws {
        await #expect {
            try await LiveCommands.run(HostCommand("no-such-program-here", []))
        } throws: {
            String(describing: $0).contains("no-such-program-here")
        }
    }

    @Test func linesArriveWhileTheCommandRuns() async throws {
        var heard: [RunningCommand.Happening] = []
        try await LiveCommands.attend(HostCommand("sh", ["-c", "echo one; exec sleep 60"])) { running in
            heard.append(try await running.next(.seconds(120)))
            heard.append(try await running.next(.milliseconds(50)))
        }
        #expect(heard == [.lines(["one"]), .quiet])
    }

    @Test func theEndComesAfterTheLastLine() async throws {
        var lines: [String] = []
        var ending: CommandOutcome.Ending?
        try await LiveCommands.attend(HostCommand("sh", ["-c", "seq 1 3000; exit 4"])) { running in
            while ending == nil {
                switch try await running.next(.seconds(120)) {
                case .lines(let more): lines += more
                case .ended(let end): ending = end
                case .quiet: return
                }
            }
        }
        #expect(lines.count == 3_000)
        #expect(ending == .exited(4))
    }

    @Test func oneHolderOfTheLockAtATime() async throws {
        try await Scratch.with { directory in
            let path = "\(directory)/lock"
            try await LiveLock.holding(path, patience: .zero) {
                await #expect(throws: HostFault.self) {
                    try await LiveLock.holding(path, patience: .milliseconds(150)) {
                        Issue.record("two holders")
                    }
                }
            }
            var entered = false
            // A command that another test starts at this moment has a copy of every descriptor until its exec.
            try await LiveLock.holding(path, patience: .seconds(20)) { entered = true }
            #expect(entered)
        }
    }
}

enum Scratch {
    static func with(_ body: (String) throws -> Void) throws {
        let directory = try make()
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try body(directory)
    }

    static func with(_ body: (String) async throws -> Void) async throws {
        let directory = try make()
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try await body(directory)
    }

    private static func make() throws -> String {
        let path = NSTemporaryDirectory() + "turnstile-agent-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        return path
    }
}

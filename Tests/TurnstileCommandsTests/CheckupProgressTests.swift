import Synchronization
import Testing

@testable import Reports
@testable import TurnstileCommands

@Suite struct CheckupProgressTests {
    /// The lines that are visible, those before, and the present time.
    final class Screen: Sendable {
        private let boards = Mutex<[[String]]>([])
        private let time = Mutex(ContinuousClock.now)

        func progress(isLive: Bool = true, columns: Int = 80) -> CheckupProgress {
            CheckupProgress(
                terminal: Terminal(isLive: isLive, hasColour: false, columns: columns), now: { self.now },
                board: { lines, _ in self.show(lines) })
        }

        var now: ContinuousClock.Instant { time.withLock { $0 } }

        func show(_ lines: [String]) { boards.withLock { $0.append(lines) } }

        func pass(_ duration: Duration) { time.withLock { $0 += duration } }

        var line: String? { boards.withLock { $0.last?.first } }
        var all: [String] { boards.withLock { $0.flatMap(\.self) } }
    }

    /// The longest wait is named first, with what is asked and since when.
    @Test func whoIsWaitedForIsNamed() {
        let screen = Screen()
        let progress = screen.progress()
        progress.show()
        #expect(screen.line == "looking")
        progress.asks("core-1", "its own etcd")
        screen.pass(.seconds(3))
        progress.asks("kubectl", "nodes")
        progress.show()
        #expect(screen.line == "asking core-1 (its own etcd, 3 s), kubectl (nodes, 0 s)")
        progress.heard("core-1")
        screen.pass(.seconds(2))
        progress.show()
        #expect(screen.line == "asking kubectl (nodes, 2 s)")
    }

    @Test func aLineIsNeverWiderThanTheTerminal() {
        let screen = Screen()
        let progress = screen.progress(columns: 30)
        for host in 1...9 { progress.asks("core-\(host)", "connection") }
        progress.show()
        #expect(screen.line?.count == 29 && screen.line?.hasSuffix("…") == true)
    }

    /// A terminal has a word at once, and again and again.
    @Test func aTerminalSeesSomethingAtOnce() async {
        let screen = Screen()
        let progress = screen.progress()
        let answer = await progress.following {
            while screen.all.count < 3 { await Task.yield() }
            return 7
        }
        #expect(answer == 7 && screen.line == nil, "the line is taken away in the end")
    }

    @Test func whatIsThrownPassesAndTheLineIsGone() async {
        struct Trouble: Error, Equatable {}
        let screen = Screen()
        await #expect(throws: Trouble()) {
            try await screen.progress().following { () async throws(Trouble) -> Void in
                while screen.all.isEmpty { await Task.yield() }
                throw Trouble()
            }
        }
        #expect(screen.line == nil)
    }

    @Test func aPipeHearsNothing() async {
        let screen = Screen()
        let progress = screen.progress(isLive: false)
        await progress.following { progress.asks("core-1", "connection") }
        #expect(screen.all.isEmpty)
    }

    @Test func nightsAreCounted() async {
        let screen = Screen()
        let progress = RehearsalProgress(
            nights: 201, terminal: Terminal(isLive: true, hasColour: false, columns: 80),
            now: { screen.now }, board: { lines, _ in screen.show(lines) })
        await progress.following {
            progress.ended()
            progress.ended()
            screen.pass(.seconds(4))
            while screen.line != "played 2 of 201 nights, 4 s" { await Task.yield() }
        }
        #expect(screen.line == nil)
    }
}

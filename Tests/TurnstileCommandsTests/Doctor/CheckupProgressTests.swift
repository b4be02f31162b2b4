import Synchronization
import Testing

@testable import Reports
@testable import TurnstileCommands

@Suite struct CheckupProgressTests {
    typealias Screen = AuditProgressTests.Screen

    static func progress(_ screen: Screen, isLive: Bool = true, columns: Int = 80) -> CheckupProgress {
        CheckupProgress(
            terminal: Terminal(isLive: isLive, hasColour: false, columns: columns),
            now: { screen.time.withLock { $0 } }, write: { text in screen.text.withLock { $0 += text } })
    }

    /// The longest wait is named first, with what is asked and since when.
    @Test func whoIsWaitedForIsNamed() {
        let screen = Screen()
        let progress = Self.progress(screen)
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
        let progress = Self.progress(screen, columns: 30)
        for host in 1...9 { progress.asks("core-\(host)", "connection") }
        progress.show()
        #expect(screen.line.count == 29 && screen.line.hasSuffix("…"))
    }

    /// A terminal is never left without a word for as long as two seconds.
    @Test func aTerminalSeesSomethingAtOnce() async {
        let screen = Screen()
        let progress = Self.progress(screen)
        await progress.following {
            while !screen.written.contains("looking") { await Task.yield() }
        }
        #expect(screen.line.isEmpty, "the line is taken away in the end")
    }

    @Test func aPipeHearsNothing() async {
        let screen = Screen()
        let progress = Self.progress(screen, isLive: false)
        await progress.following { progress.asks("core-1", "connection") }
        #expect(screen.written.isEmpty)
    }
}

import RolloutModel
import Synchronization
import Testing

@testable import Reports
@testable import TurnstileCommands

@Suite struct AuditProgressTests {
    /// The text that was written, and the present time.
    final class Screen: Sendable {
        let text = Mutex("")
        let time = Mutex(ContinuousClock.now)

        func progress(_ count: Int, isLive: Bool, columns: Int = 200) -> AuditProgress {
            AuditProgress(
                hosts: (0..<count).map { HostID("core-\($0)") },
                terminal: Terminal(isLive: isLive, hasColour: false, columns: columns),
                now: { self.time.withLock { $0 } }, write: { text in self.text.withLock { $0 += text } })
        }

        func pass(_ duration: Duration) { time.withLock { $0 += duration } }

        var written: String { text.withLock { $0 } }

        /// The line that is visible.
        var line: String {
            text.withLock {
                String($0.split(separator: "\r\u{1B}[2K", omittingEmptySubsequences: false).last ?? "")
            }
        }
    }

    @Test func countsAndTheSlowestAreShown() {
        let screen = Screen()
        let progress = screen.progress(8, isLive: true)
        for place in 0..<6 { progress.began(place) }
        screen.pass(.seconds(1))
        progress.ended(5, failed: false)
        #expect(screen.line == "1 of 8 hosts")
        screen.pass(.seconds(4))
        progress.began(6)
        progress.ended(4, failed: true)
        #expect(
            screen.line == "2 of 8 hosts, 1 failed; waiting for core-0 5 s, core-1 5 s, core-2 5 s and 1 more"
        )
    }

    @Test func aLineIsNeverWiderThanTheTerminal() {
        let screen = Screen()
        let progress = screen.progress(8, isLive: true, columns: 20)
        for place in 0..<6 { progress.began(place) }
        screen.pass(.seconds(5))
        progress.ended(5, failed: false)
        #expect(screen.line == "1 of 8 hosts; wait…")
    }

    @Test func aPipeHearsNothing() async {
        let screen = Screen()
        let progress = screen.progress(2, isLive: false)
        await progress.following {
            progress.began(0)
            screen.pass(.seconds(5))
            progress.ended(0, failed: true)
        }
        #expect(screen.written.isEmpty)
    }

    @Test func theLineMakesRoomForOthers() {
        let screen = Screen()
        let progress = screen.progress(2, isLive: true)
        progress.hide()
        #expect(screen.written.isEmpty)
        progress.began(0)
        progress.ended(0, failed: false)
        #expect(screen.line == "1 of 2 hosts")
        progress.hide()
        #expect(screen.line.isEmpty)
    }

    @Test func theLineIsGoneInTheEnd() async {
        let screen = Screen()
        let progress = screen.progress(2, isLive: true)
        await progress.following {
            progress.began(0)
            progress.ended(0, failed: true)
        }
        #expect(screen.line.isEmpty && !screen.written.isEmpty)
    }
}

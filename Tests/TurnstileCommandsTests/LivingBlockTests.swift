import Synchronization
import Testing

@testable import TurnstileCommands

/// Lines that are written over, on a screen that does what a terminal does with our escapes.
@Suite struct LivingBlockTests {
    /// The lines of a terminal that is wide enough.
    private final class Screen: Sendable {
        private let text = Mutex("")
        let asked = Mutex(false)

        func write(_ text: String) { self.text.withLock { $0 += text } }

        var lines: [String] {
            var lines = [""]
            var rest = text.withLock { $0 }[...]
            while let character = rest.first {
                if let up = rest.prefixMatch(of: /\r\u{1B}\[(\d+)A\u{1B}\[J/) {
                    lines.removeLast((Int(up.1) ?? 0) + 1)
                    lines.append("")
                    rest = rest[up.range.upperBound...]
                } else {
                    if character == "\n" {
                        lines.append("")
                    } else {
                        lines[lines.count - 1].append(character)
                    }
                    rest = rest.dropFirst()
                }
            }
            return lines
        }

        func block() -> LivingBlock {
            LivingBlock(isAsked: { self.asked.withLock { $0 } }, write: { self.write($0) })
        }
    }

    @Test func whatStaysIsAboveWhatLives() {
        let screen = Screen()
        let block = screen.block()
        block.above("first\n") { screen.write("first\n") }
        block.show(["a", "b"], columns: 80)
        #expect(screen.lines == ["first", "a", "b", ""])
        block.above("second\n") { screen.write("second\n") }
        #expect(screen.lines == ["first", "second", "a", "b", ""])
        block.show(["c"], columns: 80)
        #expect(screen.lines == ["first", "second", "c", ""])
        // A prompt has the end of the screen.
        block.above("Go on? ") { screen.write("Go on? ") }
        #expect(screen.lines == ["first", "second", "Go on? "])
        block.clear()
        #expect(screen.lines == ["first", "second", "Go on? "])
    }

    @Test func aQuestionOfAnotherProgramIsNotTakenAway() {
        let screen = Screen()
        let block = screen.block()
        block.show(["a"], columns: 80)
        screen.asked.withLock { $0 = true }
        screen.write("Password: ")
        block.show(["b"], columns: 80)
        #expect(screen.lines == ["a", "Password: "])
        screen.asked.withLock { $0 = false }
        screen.write("\n")
        block.show(["c"], columns: 80)
        #expect(screen.lines == ["a", "Password: ", "c", ""])
    }

    @Test func linesThatWrapMeanwhileAreTakenAwayToo() {
        let written = Mutex<[String]>([])
        let block = LivingBlock(isAsked: { false }, write: { text in written.withLock { $0.append(text) } })
        block.show([String(repeating: "x", count: 50), "\u{1B}[1mshort\u{1B}[0m"], columns: 80)
        block.show(["y"], columns: 20)
        #expect(written.withLock { $0.last } == "\r\u{1B}[4A\u{1B}[Jy\n")
        block.show(["y"], columns: 20)
        #expect(written.withLock { $0.count } == 2, "nothing new")
    }

    /// Twelve characters of two columns take three rows of eleven: the last column of each stays empty.
    @Test func wideLinesThatWrapMeanwhileAreTakenAwayToo() {
        let written = Mutex<[String]>([])
        let block = LivingBlock(isAsked: { false }, write: { text in written.withLock { $0.append(text) } })
        block.show([String(repeating: "待", count: 12), "e\u{301}"], columns: 80)
        block.show(["y"], columns: 11)
        #expect(written.withLock { $0.last } == "\r\u{1B}[4A\u{1B}[Jy\n")
    }
}

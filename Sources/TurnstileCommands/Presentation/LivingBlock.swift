import Foundation
import Reports
import SSH
import Synchronization

/// Lines at the bottom of a terminal that are written over in place. Lines that stay are written above them.
final class LivingBlock: Sendable {
    /// The block of this program's standard error. All output makes room for it.
    static let shared = LivingBlock(isAsked: { TerminalHold.shared.isHeld || TerminalQuestion.isAsked }) {
        try? FileHandle.standardError.write(contentsOf: Data($0.utf8))
    }

    private struct State {
        /// The lines on the screen; empty where there are none.
        var shown: [String] = []
        var columns = 80
    }

    private let isAsked: @Sendable () -> Bool
    private let write: @Sendable (String) -> Void
    private let state = Mutex(State())

    /// - Parameters:
    ///   - isAsked: whether a question has the terminal to itself.
    ///   - write: writes to the terminal, with escapes.
    init(isAsked: @escaping @Sendable () -> Bool, write: @escaping @Sendable (String) -> Void) {
        self.isAsked = isAsked
        self.write = write
    }

    /// Shows these lines in the place of those before.
    ///
    /// - Parameter columns: of the terminal now. Lines that were written for a wider one wrap in it.
    func show(_ lines: [String], columns: Int) {
        let isAsked = isAsked()
        state.withLock { state in
            // A question stands below what is shown, which cannot be taken back any more.
            guard !isAsked else { return state.shown = [] }
            guard lines != state.shown || columns != state.columns else { return }
            state.columns = columns
            let text = Self.erasing(state) + Self.text(lines)
            state.shown = lines
            write(text)
        }
    }

    /// Takes the block away.
    func clear() {
        state.withLock { state in
            guard !state.shown.isEmpty else { return }
            write(Self.erasing(state))
            state.shown = []
        }
    }

    /// Writes a text that stays. The block is written anew below it, except below a line that goes on.
    func above(_ text: String, _ body: () throws -> Void) rethrows {
        try state.withLock { state in
            guard !state.shown.isEmpty else { return try body() }
            write(Self.erasing(state))
            let shown = state.shown
            state.shown = []
            try body()
            guard text.hasSuffix("\n") else { return }
            state.shown = shown
            write(Self.text(shown))
        }
    }

    /// Up to the block's first line, and away with all below.
    private static func erasing(_ state: State) -> String {
        guard !state.shown.isEmpty else { return "" }
        let rows = state.shown.reduce(0) { $0 + Terminal.rows(of: $1, columns: state.columns) }
        return "\r\u{1B}[\(rows)A\u{1B}[J"
    }

    private static func text(_ lines: [String]) -> String {
        lines.map { Terminal.passing($0 + "\n") }.joined()
    }
}

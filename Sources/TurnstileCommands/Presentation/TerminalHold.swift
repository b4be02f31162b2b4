import Foundation
import Glibc
import Reports
import SSH
import Synchronization

/// A question has the terminal to itself. Lines for it wait until the answer is there; those that are written over are left
/// out, as a newer one follows.
final class TerminalHold: Sendable {
    static let shared = TerminalHold()

    private struct Line: Sendable {
        var output: FileHandle
        var text: String
    }

    /// Nil while nobody is asked.
    private let held = Mutex<[Line]?>(nil)

    var isHeld: Bool { held.withLock { $0 != nil } }

    func begin() {
        // From here on nobody else writes there.
        held.withLock { $0 = $0 ?? [] }
        LivingBlock.shared.clear()
    }

    func end() {
        let lines = held.withLock { held in
            defer { held = nil }
            return held ?? []
        }
        for line in lines { line.output.put(line.text) }
    }

    /// - Returns: true if the text is kept for later, or left out.
    func takes(_ text: String, for output: FileHandle) -> Bool {
        let isLiving = [Terminal.eraseLine, Terminal.eraseLineAbove].contains { text.hasPrefix($0) }
        return held.withLock { held in
            // A ProxyCommand that asks does not tell when it was answered: lines that stay are not kept for it.
            let isTaken = held != nil || isLiving && TerminalQuestion.isAsked
            guard isTaken, isatty(output.fileDescriptor) == 1 else { return false }
            if !isLiving { held?.append(Line(output: output, text: text)) }
            return true
        }
    }
}

import Foundation
import Glibc

/// What an output can show. Data goes to standard output; everything for people goes to standard error.
package struct Terminal: Sendable {
    /// Someone is looking, and lines can be written over.
    var isLive: Bool
    /// Colours are welcome: a terminal, and no `NO_COLOR`.
    var hasColour: Bool
    /// Characters in a line; nil where nobody looks.
    var columns: Int?

    static func standardError() -> Terminal { Terminal(of: STDERR_FILENO) }
    static func standardOutput() -> Terminal { Terminal(of: STDOUT_FILENO) }

    package init(isLive: Bool, hasColour: Bool, columns: Int? = nil) {
        self.isLive = isLive
        self.hasColour = hasColour
        self.columns = columns
    }

    private init(of descriptor: Int32) {
        let environment = ProcessInfo.processInfo.environment
        let isTerminal = isatty(descriptor) == 1 && environment["TERM"] != "dumb"
        var size = winsize()
        let hasSize = isTerminal && ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
        self.init(
            isLive: isTerminal, hasColour: isTerminal && environment["NO_COLOR", default: ""].isEmpty,
            columns: hasSize ? Int(size.ws_col) : nil)
    }

    package enum Colour: String, CaseIterable {
        case red = "31"
        case green = "32"
        case yellow = "33"
        case bold = "1"
        case dim = "2"
    }

    package func paint(_ text: String, _ colour: Colour) -> String {
        hasColour ? "\u{1B}[\(colour.rawValue)m\(text)\u{1B}[0m" : text
    }
}

/// Writes a line to standard error, at once and whole.
package func say(_ line: String) {
    FileHandle.standardError.put(line + "\n")
}

/// Writes a line of data to standard output. In this module the library's own `print` is not meant by that name: it would
/// write past what is let through to terminals.
func print(_ line: String) {
    FileHandle.standardOutput.put(line + "\n")
}

extension FileHandle {
    /// Whoever reads it may be gone, with the terminal or the pipe: nothing is left to do about that, and much about a host
    /// that is out. `write(_:)` would end the program.
    ///
    /// The one way to a terminal: whatever got as far as here, only escapes of ours go on.
    package func put(_ text: String) {
        guard !TerminalHold.shared.takes(text, for: self) else { return }
        try? write(contentsOf: Data(Terminal.passing(text).utf8))
    }
}

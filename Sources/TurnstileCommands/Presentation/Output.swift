import Foundation
import Glibc
import Reports

extension Terminal {
    static func standardError() -> Terminal { Terminal(of: STDERR_FILENO) }
    static func standardOutput() -> Terminal { Terminal(of: STDOUT_FILENO) }

    private init(of descriptor: Int32) {
        let environment = ProcessInfo.processInfo.environment
        let isTerminal = isatty(descriptor) == 1 && environment["TERM"] != "dumb"
        var size = winsize()
        let hasSize = isTerminal && ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
        self.init(
            isLive: isTerminal, hasColour: isTerminal && environment["NO_COLOR", default: ""].isEmpty,
            columns: hasSize ? Int(size.ws_col) : nil,
            rows: hasSize && size.ws_row > 0 ? Int(size.ws_row) : nil)
    }
}

/// Writes a whole line to standard error at once; on a terminal, sentences wrap at words.
package func say(_ line: String) {
    FileHandle.standardError.put(Terminal.standardError().wrapped(line) + "\n")
}

/// Writes a line of data to standard output. The name hides the standard library's `print` in this module, which would
/// bypass the filter for terminals.
func print(_ line: String) {
    FileHandle.standardOutput.put(line + "\n")
}

extension OutputFormat {
    /// Prints a report to standard output.
    ///
    /// - Parameters:
    ///   - document: the report for programs.
    ///   - lines: the report for people.
    func show(_ document: some Encodable, _ lines: (Terminal) -> [String]) throws {
        switch self {
        case .table:
            let terminal = Terminal.standardOutput()
            lines(terminal).forEach { print(terminal.wrapped($0)) }
        case .json: print(try JSONText.document(document))
        }
    }
}

extension FileHandle {
    /// Writes text, and goes on after a failure: the reader may be gone with the terminal or the pipe, and a host that is out
    /// matters more. `write(_:)` would end the program. The exit code tells in the end that text was lost.
    ///
    /// All output passes here. Only Turnstile's own escape sequences reach a terminal.
    package func put(_ text: String) {
        do { try take(text) } catch { StandardStreams.note(error, on: fileDescriptor) }
    }

    /// Writes text.
    ///
    /// - Throws: Foundation's error where it cannot be written.
    func take(_ text: String) throws {
        guard !TerminalHold.shared.takes(text, for: self) else { return }
        let bytes = Data(Terminal.passing(text).utf8)
        guard isatty(fileDescriptor) == 1 else { return try write(contentsOf: bytes) }
        try LivingBlock.shared.above(text) { try write(contentsOf: bytes) }
    }
}

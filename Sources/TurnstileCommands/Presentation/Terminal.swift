import Foundation
import Glibc

/// What standard error can show. Data goes to standard output; everything for people goes here.
struct Terminal: Sendable {
    /// Someone is looking, and lines can be written over.
    var isLive: Bool
    /// Colours are welcome: a terminal, and no `NO_COLOR`.
    var hasColour: Bool

    static func standardError(environment: [String: String] = ProcessInfo.processInfo.environment) -> Terminal
    {
        let isTerminal = isatty(STDERR_FILENO) == 1 && environment["TERM"] != "dumb"
        return Terminal(
            isLive: isTerminal, hasColour: isTerminal && environment["NO_COLOR", default: ""].isEmpty)
    }

    static func standardOutput(environment: [String: String] = ProcessInfo.processInfo.environment)
        -> Terminal
    {
        let isTerminal = isatty(STDOUT_FILENO) == 1 && environment["TERM"] != "dumb"
        return Terminal(
            isLive: isTerminal, hasColour: isTerminal && environment["NO_COLOR", default: ""].isEmpty)
    }

    enum Colour: String {
        case red = "31"
        case green = "32"
        case yellow = "33"
        case bold = "1"
        case dim = "2"
    }

    func paint(_ text: String, _ colour: Colour) -> String {
        hasColour ? "\u{1B}[\(colour.rawValue)m\(text)\u{1B}[0m" : text
    }
}

/// Writes to standard error, at once and whole.
func say(_ line: String) {
    FileHandle.standardError.write(Data((line + "\n").utf8))
}

/// The output of deisctl.
struct DeisctlConsole: Sendable {
    var out: @Sendable (String) -> Void
    var err: @Sendable (String) -> Void

    static let standard = DeisctlConsole(out: StandardOutput.write, err: StandardError.write)
}

/// deisctl's colours, which it writes to a pipe as well.
enum DeisctlColour {
    static let yellow = "\u{1B}[0;33m"
    static let red = "\u{1B}[0;31m"
    static let none = "\u{1B}[0m"

    /// Three lines with the platform's sign, the second with a text.
    static func banner(_ text: String) -> String {
        """
        \u{1B}[31m● \u{1B}[34m▴ \u{1B}[32m■\u{1B}[0m
        \u{1B}[32m■ \u{1B}[31m● \u{1B}[34m▴\u{1B}[0m \(text)
        \u{1B}[34m▴ \u{1B}[32m■ \u{1B}[31m●\u{1B}[0m

        """
    }

    /// A unit and what becomes of it.
    static func line(_ unit: String, _ text: String) -> String { "\(yellow)\(unit):\(none) \(text)" }

    /// A line that the next one writes over: as wide as a terminal, its cursor back at the start.
    static func overwritten(_ line: String) -> String {
        line + String(repeating: " ", count: max(0, 80 - line.utf8.count)) + "\r"
    }
}

/// An end of deisctl before its last line.
enum DeisctlEnding: Error, Hashable, Sendable {
    case exit(Int32)
    /// An error that is told, on standard output, and is exit code 1.
    case failed(DeisctlError)
    case waitsForEver
}

/// Prints what becomes of units, in a version's manner.
struct DeisctlPrinter: Sendable {
    let console: DeisctlConsole
    let manner: DeisctlManner
    private var hasEnded = false

    init(_ console: DeisctlConsole, _ manner: DeisctlManner) {
        self.console = console
        self.manner = manner
    }

    mutating func heading(_ text: String) throws(DeisctlEnding) { try line(text) }

    mutating func progress(_ unit: String, _ active: String, _ sub: String) throws(DeisctlEnding) {
        let text = DeisctlColour.line(unit, "\(active)/\(sub)")
        guard manner.endsPrintingWithAnError else { return console.out(DeisctlColour.overwritten(text)) }
        try line(text + Self.tail)
    }

    /// Ends the line of a unit that is as it should be.
    func settled() { if !manner.endsPrintingWithAnError { console.out("\n") } }

    mutating func outcome(_ unit: String, _ text: String) throws(DeisctlEnding) {
        let text = DeisctlColour.line(unit, text)
        try line(manner.endsPrintingWithAnError ? text + Self.tail : text)
    }

    mutating func failure(_ target: String, while act: String) throws(DeisctlEnding) {
        console.err("\(DeisctlColour.red)The service '\(target)' failed while \(act).\(DeisctlColour.none)\n")
    }

    mutating func error(_ text: String, newline: Bool = true) throws(DeisctlEnding) {
        guard manner.endsPrintingWithAnError else { return console.err(newline ? text + "\n" : text) }
        try line(text)
        hasEnded = true
    }

    /// Prints a text past the printer, and so never waits for it.
    func plain(_ text: String) { console.out(text) }

    private mutating func line(_ text: String) throws(DeisctlEnding) {
        guard !hasEnded else { throw .waitsForEver }
        console.out(text + "\n")
    }

    private static let tail = String(repeating: " ", count: 33) + "\r"
}

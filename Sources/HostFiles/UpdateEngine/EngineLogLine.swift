/// A message of update_engine in journald: the engine's own prefix, which changed with the years (facts 1.4), and
/// its text, which did not.
///
/// The second and later lines of a message that has several carry no prefix; they are no `EngineLogLine`.
public struct EngineLogLine: Hashable, Sendable {
    public enum Level: Character, Hashable, Sendable {
        case info = "I"
        case warning = "W"
        case error = "E"
        case fatal = "F"
    }

    public var level: Level
    /// The source file, for example `update_attempter.cc`. The line number differs between releases and is dropped.
    public var sourceFile: String
    public var text: String

    /// nil for a message without one of the prefixes.
    public init?(_ message: String) {
        let message = message[...]
        guard let split = Self.bracketed(message) ?? Self.glog(message) else { return nil }
        level = split.level
        sourceFile = String(split.source)
        text = String(split.text)
    }

    private typealias Parts = (level: Level, source: Substring, text: Substring)

    /// Until 0.1.x: `[MMDD/HHMMSS:LEVEL:file(line)] text`
    private static func bracketed(_ message: Substring) -> Parts? {
        guard let (head, text) = message.after("[")?.split(atFirst: ")]"),
            let (moment, rest) = head.split(atFirst: ":" as Unicode.Scalar),
            let (name, place) = rest.split(atFirst: ":" as Unicode.Scalar),
            let (source, line) = place.split(atFirst: "(" as Unicode.Scalar),
            moment.consists(of: { $0.isDigit || $0 == UInt8(ascii: "/") }), line.consists(of: \.isDigit),
            let level = level(named: name)
        else { return nil }
        return (level, source, text.withoutLeadingSpace)
    }

    /// Since 0.2.0: `LMMDD HH:MM:SS.uuuuuu pid file:line] text`; newer builds write the year before the month.
    private static func glog(_ message: Substring) -> Parts? {
        guard let level = message.first.flatMap(Level.init), let (head, text) = message.split(atFirst: "]")
        else { return nil }
        let fields = head.dropFirst().split(separator: " ")
        guard fields.count == 4, [4, 8].contains(fields[0].utf8.count), fields[0].consists(of: \.isDigit),
            fields[1].consists(of: { $0.isDigit || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".") }),
            fields[2].consists(of: \.isDigit),
            let (source, line) = fields[3].split(atFirst: ":" as Unicode.Scalar), line.consists(of: \.isDigit)
        else { return nil }
        return (level, source, text.withoutLeadingSpace)
    }

    private static func level(named name: Substring) -> Level? {
        switch name {
        case "INFO": .info
        case "WARNING": .warning
        case "ERROR", "ERROR_REPORT": .error
        case "FATAL": .fatal
        // Chromium's verbose levels: VERBOSE1 and so on.
        default: name.hasPrefix("VERBOSE") ? .info : nil
        }
    }
}

extension Substring {
    fileprivate var withoutLeadingSpace: Substring { after(" ") ?? self }
}

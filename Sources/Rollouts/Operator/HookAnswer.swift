import RolloutModel

/// The outcome of a hook. `output` is the end of the hook's output, in whole lines as far as they fit; empty where it
/// printed nothing.
public enum HookAnswer: Hashable, Sendable {
    case proceed(output: String)
    /// The hook does not let through now, and is asked again until the time for the gates is up.
    case hold(output: String)
    /// `why` says how the hook ended.
    case failed(why: String, output: String)
    /// The hook's answer is unknown: its host could not be reached, or the connection was cut. The hook is asked again.
    case unheard(why: String, trouble: HostTrouble? = nil)

    /// `EX_TEMPFAIL` of sysexits.h.
    public static let holds: Int32 = 75
    /// The most bytes that a hook may print; more is a failure.
    public static let printedBytesMax = 1 << 20
    /// The most characters of the output that are kept.
    public static let outputCharactersMax = 2000

    /// How a hook's process ended.
    public enum Ending: Hashable, Sendable {
        case exited(Int32)
        case signalled(Int32)
    }

    /// Derives the outcome from the exit code: 0 lets through, 75 holds, anything else fails.
    ///
    /// - Parameters:
    ///   - output: all of standard output.
    ///   - errors: all of standard error; counts only where standard output is empty.
    public init(_ ending: Ending, output: String, errors: String) {
        let said = Self.end(of: output) ?? Self.end(of: errors) ?? ""
        switch ending {
        case .exited(0): self = .proceed(output: said)
        case .exited(Self.holds): self = .hold(output: said)
        case .exited(let code): self = .failed(why: "it ended with \(code)", output: said)
        case .signalled(let signal): self = .failed(why: "signal \(signal) ended it", output: said)
        }
    }

    public static func tooLate(after time: Duration) -> HookAnswer {
        .failed(why: "it did not end within \(time.wholeSeconds) s", output: "")
    }

    /// The last lines, without blank ones; nil where there are none.
    private static func end(of text: String) -> String? {
        var kept: [Substring] = []
        var room = outputCharactersMax
        for line in text.split(whereSeparator: \.isNewline).reversed()
        where !line.allSatisfy(\.isWhitespace) {
            guard line.count <= room else {
                if kept.isEmpty { kept = [line.prefix(room)] }
                break
            }
            kept.append(line)
            room -= line.count + 1
        }
        return kept.isEmpty ? nil : kept.reversed().map { ForeignText.line($0) }.joined(separator: "\n")
    }

}

extension String {
    /// The last line, at most 300 characters of it, for messages of one line.
    var lastLine: String {
        split(whereSeparator: \.isNewline).last.map { String($0.prefix(300)) } ?? ""
    }
}

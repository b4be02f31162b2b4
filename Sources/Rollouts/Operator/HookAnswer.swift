import RolloutModel

/// What a hook came to. `output` is the end of what it printed, whole lines as far as they fit; empty where it said nothing.
public enum HookAnswer: Hashable, Sendable {
    case proceed(output: String)
    /// Not now: it is asked again until the time for the gates is up.
    case hold(output: String)
    /// `why` says how it ended.
    case failed(why: String, output: String)
    /// Whether it let through is not known: its host could not be reached, or the connection was cut. It is asked again.
    case unheard(why: String, trouble: HostTrouble? = nil)

    /// `EX_TEMPFAIL` of sysexits.h.
    public static let holds: Int32 = 75
    /// What it may print; more is a failure.
    public static let printedBytesMax = 1 << 20
    /// What is kept of it.
    public static let outputCharactersMax = 2000

    /// How a hook's process ended.
    public enum Ending: Hashable, Sendable {
        case exited(Int32)
        case signalled(Int32)
    }

    /// By its exit code: 0 lets through, 75 holds, anything else fails.
    ///
    /// - Parameters:
    ///   - output: all that it printed.
    ///   - errors: what it complained; counts only where it printed nothing.
    public init(_ ending: Ending, output: String, errors: String) {
        let said = Self.end(of: output) ?? Self.end(of: errors) ?? ""
        switch ending {
        case .exited(0): self = .proceed(output: said)
        case .exited(Self.holds): self = .hold(output: said)
        case .exited(let code): self = .failed(why: "it ended with \(code)", output: said)
        case .signalled(let signal): self = .failed(why: "signal \(signal) ended it", output: said)
        }
    }

    public static func tooLate(after seconds: Double) -> HookAnswer {
        .failed(why: "it did not end within \(Int(clamping: seconds)) s", output: "")
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
    /// For messages of one line.
    var lastLine: String {
        split(whereSeparator: \.isNewline).last.map { String($0.prefix(300)) } ?? ""
    }
}

import RolloutModel

/// A command for a host. The text is constant; whatever varies goes in through standard input.
public struct HostCommand: Hashable, Sendable {
    public var text: StaticText
    public var input: [UInt8]
    /// More output than this, on either stream, is a fault.
    public var outputBytesMax: Int
    public var deadline: Duration

    public init(
        _ text: StaticText, input: [UInt8] = [], outputBytesMax: Int = 1 << 20,
        deadline: Duration = .seconds(20)
    ) {
        self.text = text
        self.input = input
        self.outputBytesMax = outputBytesMax
        self.deadline = deadline
    }

    /// Text that was written in this program's source, and nowhere else: no value can be pasted into it.
    public struct StaticText: Hashable, Sendable, ExpressibleByStringLiteral {
        public let text: String

        public init(stringLiteral literal: StaticString) { self.text = "\(literal)" }

        private init(joining first: StaticText, _ second: StaticText) {
            self.text = first.text + "\n" + second.text
        }

        /// Two constant texts, one after the other, each with lines of its own.
        public static func + (first: StaticText, second: StaticText) -> StaticText {
            StaticText(joining: first, second)
        }
    }
}

/// The outcome of a command on a host.
public struct HostCommandResult: Hashable, Sendable {
    public var output: [UInt8]
    public var errors: [UInt8]
    /// nil when a signal ended it, or the host did not say.
    public var exitStatus: Int32?
    /// Without `SIG`, for example `KILL`.
    public var exitSignal: String?

    public init(output: [UInt8], errors: [UInt8] = [], exitStatus: Int32?, exitSignal: String? = nil) {
        self.output = output
        self.errors = errors
        self.exitStatus = exitStatus
        self.exitSignal = exitSignal
    }

    /// As plain text: whatever else the host sent is replaced.
    public var outputText: String { ForeignText.lines(String(decoding: output, as: UTF8.self)) }
    public var errorText: String { ForeignText.lines(String(decoding: errors, as: UTF8.self)) }

    /// How it ended, for a message: the status or signal, and the first line of what it complained.
    public var ending: String {
        let lines = ForeignText.lines(String(decoding: errors.prefix(400), as: UTF8.self))
        let complaint = ForeignText.line(lines.split(separator: "\n").first ?? "")
        let how =
            exitStatus.map { "exit status \($0)" }
            ?? exitSignal.map { "signal \(ForeignText.line($0, charactersMax: 20))" } ?? "no exit status"
        return complaint.isEmpty ? how : "\(how), \(complaint)"
    }
}

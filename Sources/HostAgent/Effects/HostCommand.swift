/// A program of the host and its arguments, passed as they are: no shell is involved.
public struct HostCommand: Hashable, Sendable, CustomStringConvertible {
    public var program: String
    public var arguments: [String]
    /// How long it may run.
    public var allowed: Duration

    public init(_ program: String, _ arguments: [String], allowed: Duration = .seconds(30)) {
        self.program = program
        self.arguments = arguments
        self.allowed = allowed
    }

    /// As an operator would type it; for messages only.
    public var description: String { ([program] + arguments).joined(separator: " ") }
}

/// How a command ended, and what it printed.
public struct CommandOutcome: Hashable, Sendable {
    public var ending: Ending
    /// Output that is not UTF-8 is repaired.
    public var output: String
    public var errors: String

    public enum Ending: Hashable, Sendable {
        case exited(Int32)
        case signalled(Int32)
    }

    public init(ending: Ending, output: String = "", errors: String = "") {
        self.ending = ending
        self.output = output
        self.errors = errors
    }

    public var succeeded: Bool { ending == .exited(0) }

    /// The last thing the command said for itself, or how it ended where it said nothing.
    public var complaint: String {
        // systemctl's last word is where to read on.
        let said =
            errors.split(separator: "\n").last { !$0.hasPrefix("See ") } ?? output.split(separator: "\n").last
        return said.map { String($0.prefix(300)) } ?? ending.description
    }
}

extension CommandOutcome.Ending: CustomStringConvertible {
    public var description: String {
        switch self {
        case .exited(let code): "exit \(code)"
        case .signalled(let signal): "ended by signal \(signal)"
        }
    }
}

/// A command that runs while it is attended to.
public struct RunningCommand: Sendable {
    /// The next event of the command; `.quiet` when nothing happened for so long.
    public var next: @Sendable (_ upTo: Duration) async throws(HostFault) -> Happening

    public enum Happening: Hashable, Sendable {
        /// Lines of its standard output or error, without their newlines; at least one.
        case lines([String])
        case quiet
        /// All its lines were handed out before.
        case ended(CommandOutcome.Ending)
    }

    public init(next: @escaping @Sendable (_ upTo: Duration) async throws(HostFault) -> Happening) {
        self.next = next
    }
}

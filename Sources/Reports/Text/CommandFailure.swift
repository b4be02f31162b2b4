import RolloutModel

/// The failure of a command: the message for standard error, and the exit code.
package struct CommandFailure: Error, CustomStringConvertible {
    package var code: Code
    /// The message for a person who calls turnstile in some way.
    private var words: @Sendable (Invocation) -> String

    /// The exit codes, which the README documents.
    package enum Code: Int32 {
        case failed = 1
        /// Turnstile has broken nothing; a person must look.
        case held = 2
        case usage = 64
    }

    package init(_ code: Code, _ message: String) {
        self.init(code) { $0.completing(message) }
    }

    /// - Parameter words: the message; the invocation completes the commands in it.
    package init(_ code: Code, words: @escaping @Sendable (Invocation) -> String) {
        self.code = code
        self.words = words
    }

    package func message(for invocation: Invocation) -> String { words(invocation) }

    package var message: String { message(for: Invocation()) }

    package var description: String { message }
}

extension CommandFailure {
    package static func afterRollout(_ reason: HoldReason) -> Self {
        Self(
            .failed,
            """
            every host is upgraded, but \(ForeignText.line(reason.description))
            Do by hand what it should have done; nothing of the rollout is left to do.
            """)
    }
}

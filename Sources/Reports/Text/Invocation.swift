import RolloutModel

/// The options with which this operator calls turnstile, for the commands they are told to run next.
package struct Invocation: Hashable, Sendable {
    /// The configuration file and the directory of journals, as the operator named them.
    var config: String?
    var journal: String?

    package init(config: String? = nil, journal: String? = nil) {
        self.config = config
        self.journal = journal
    }

    /// A turnstile command, as this operator types it.
    package func command(_ text: String) -> String { "turnstile \(options)\(text)" }

    /// A turnstile command, as this operator types it.
    func typed(_ command: OperatorCommand) -> String { self.command(command.words) }

    /// The text with every turnstile command completed, so that this operator can paste it. Texts quote plain commands,
    /// as in `'turnstile status'`.
    package func completing(_ text: String) -> String {
        guard !options.isEmpty else { return text }
        // A command that begins with an option is complete already. The pattern matches plain words up to the closing
        // quote, so a foreign quoted text with special characters of the shell stays as it is.
        return text.replacing(/(['`]turnstile )(?!--)(?=[A-Za-z0-9 ._\/:=@,+…-]+['`])/) {
            "\($0.1)\(options)"
        }
    }

    private var options: String {
        [("--config", config), ("--journal", journal)].map { name, value in
            value.map { "\(name) \(ShellWord($0)) " } ?? ""
        }.joined()
    }
}

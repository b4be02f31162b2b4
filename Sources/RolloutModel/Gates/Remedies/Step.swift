extension Remedy {
    /// A clause of a remedy, in which each command, setting or wait is a value.
    ///
    /// A clause is written as text. `\(run: "systemctl status \(unit)", on: host)` is a command on a host,
    /// `\(look: .audit(host))` a command of turnstile's that changes nothing, `\(or: .lose(host))` one that may be chosen,
    /// `\(.next)` the remedy's own, `\(set: "gates.fleet.ttl", to: "60s")` a setting, `\(option: "to", version)` an option
    /// of `upgrade` and `resume`, and `\(.wait)` a wait.
    public struct Step: Hashable, Sendable {
        public var parts: [Part]
        /// True if the clause makes sense in a rollout only.
        var isInRolloutOnly = false

        init(parts: [Part]) { self.parts = parts }

        /// A clause that makes sense in a rollout only.
        static func inRollout(_ step: Step) -> Step {
            var step = step
            step.isInRolloutOnly = true
            return step
        }

        public enum Part: Hashable, Sendable {
            case words(String)
            /// The command that goes on.
            case next(OperatorCommand?)
            /// A command that changes nothing.
            case look(OperatorCommand)
            /// A command that may be chosen instead.
            case choice(OperatorCommand)
            case command(ShellLine, Place, asRoot: Bool)
            /// A key of turnstile.yaml; nil where the value is the reader's to choose.
            case setting(String, to: String?)
            /// An option of turnstile's, without its dashes; nil for one that has no value, or the reader's.
            case option(String, ShellWord?)
            /// A gate is passed over, for a reason that is the reader's to give.
            case override(OverridableGate)
            case wait
        }

        /// Where a command is typed.
        public enum Place: Hashable, Sendable {
            case host(HostID)
            case anyHost
            /// The machine that turnstile runs on.
            case here
        }

        /// The commands of turnstile's in it, in their order.
        public var commands: [OperatorCommand] {
            parts.compactMap { part in
                switch part {
                case .next(let command): command
                case .look(let command), .choice(let command): command
                case .words, .command, .setting, .option, .override, .wait: nil
                }
            }
        }

        func settled(_ then: Way, in rollout: RolloutID?) -> Step {
            var step = self
            step.parts = parts.map { part in
                switch part {
                case .next: .next(then.command(of: rollout))
                case .look(let command): .look(command.of(rollout))
                case .choice(let command): .choice(command.of(rollout))
                case .words, .command, .setting, .option, .override, .wait: part
                }
            }
            return step
        }

        public func text(typed: (OperatorCommand) -> String) -> String {
            parts.map { $0.text(typed: typed) }.joined()
        }
    }
}

extension Remedy.Step.Part {
    /// As it stands in a sentence.
    public func text(typed: (OperatorCommand) -> String) -> String {
        switch self {
        case .words(let words): words
        case .next(let command): command.map { "'\(typed($0))'" } ?? "the command below"
        case .look(let command), .choice(let command): "'\(typed(command))'"
        case .command(let line, _, _): "'\(line)'"
        case .setting(let key, let value): key + (value.map { ": \($0)" } ?? "")
        case .option(let name, let value): "--\(name)" + (value.map { " \($0)" } ?? "")
        case .override(let gate): "--override \(gate)='why'"
        case .wait: "wait"
        }
    }
}

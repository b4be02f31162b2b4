import RolloutModel

extension HoldReport {
    /// A clause of a remedy, and what in it can be done as it stands.
    struct Step: Codable, Hashable {
        var text: String
        var acts: [Act]

        init(_ step: Remedy.Step, _ invocation: Invocation) {
            text = step.text(typed: invocation.typed)
            acts = step.parts.compactMap { Act($0, invocation) }
        }
    }

    /// Something to type, to set or to wait for. Only the fields of its kind are there.
    struct Act: Codable, Hashable {
        var kind: Kind
        /// A command as it is typed.
        var line: String?
        /// The arguments of a command of turnstile's, unquoted and without this operator's own options.
        var arguments: [String]?
        /// Where a command is typed.
        var place: Place?
        var host: String?
        var needsRoot: Bool?
        /// A key of turnstile.yaml, or the name of an option.
        var key: String?
        var value: String?

        enum Kind: String, Codable, Hashable {
            /// The command of turnstile's that goes on.
            case next
            /// A command of turnstile's that changes nothing.
            case look
            /// A command of turnstile's that may be chosen instead.
            case choice
            case command, setting, option, override, wait
        }

        enum Place: String, Codable, Hashable {
            case host, here
            case anyHost = "any-host"
        }

        /// nil for words.
        init?(_ part: Remedy.Step.Part, _ invocation: Invocation) {
            switch part {
            case .words, .next(nil): return nil
            case .next(let command?): self.init(.next, command, invocation)
            case .look(let command): self.init(.look, command, invocation)
            case .choice(let command): self.init(.choice, command, invocation)
            case .command(let line, let place, let asRoot): self.init(line, place, asRoot: asRoot)
            case .setting(let key, let value): self.init(.setting, key: key, value: value)
            case .option(let name, let value): self.init(.option, key: name, value: value?.text)
            case .override(let gate): self.init(.override, key: gate.rawValue)
            case .wait: self.init(.wait)
            }
        }

        private init(_ kind: Kind, key: String? = nil, value: String? = nil) {
            self.kind = kind
            self.key = key
            self.value = value
        }

        private init(_ line: ShellLine, _ place: Remedy.Step.Place, asRoot: Bool) {
            kind = .command
            self.line = line.description
            needsRoot = asRoot
            switch place {
            case .host(let host): (self.place, self.host) = (.host, host.rawValue)
            case .anyHost: self.place = .anyHost
            case .here: self.place = .here
            }
        }

        private init(_ kind: Kind, _ command: OperatorCommand, _ invocation: Invocation) {
            self.kind = kind
            line = invocation.typed(command)
            arguments = command.arguments
        }
    }
}

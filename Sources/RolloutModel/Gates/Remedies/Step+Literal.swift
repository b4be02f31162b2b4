extension Remedy.Step: ExpressibleByStringInterpolation {
    public init(stringLiteral text: String) { parts = [.words(text)] }

    public init(stringInterpolation: StringInterpolation) { parts = stringInterpolation.parts }

    /// Parts that a step names by a word alone.
    enum Meant {
        case next, wait
    }

    public struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var parts: [Remedy.Step.Part] = []

        public init(literalCapacity: Int, interpolationCount: Int) {}

        public mutating func appendLiteral(_ literal: String) { words(literal) }

        /// A name or an amount, as it stands.
        public mutating func appendInterpolation(_ value: some CustomStringConvertible) {
            words(value.description)
        }

        mutating func appendInterpolation(_ meant: Meant) {
            switch meant {
            case .next: parts.append(.next(nil))
            case .wait: parts.append(.wait)
            }
        }

        public mutating func appendInterpolation(look command: OperatorCommand) {
            parts.append(.look(command))
        }

        public mutating func appendInterpolation(or command: OperatorCommand) {
            parts.append(.choice(command))
        }

        public mutating func appendInterpolation(run line: ShellLine, on host: HostID, asRoot: Bool = false) {
            parts.append(.command(line, .host(host), asRoot: asRoot))
        }

        public mutating func appendInterpolation(
            run line: ShellLine, _ place: Remedy.Step.Place, asRoot: Bool = false
        ) {
            parts.append(.command(line, place, asRoot: asRoot))
        }

        public mutating func appendInterpolation(set key: String, to value: String? = nil) {
            parts.append(.setting(key, to: value))
        }

        mutating func appendInterpolation(option name: String, _ value: String? = nil) {
            parts.append(.option(name, value.map { ShellWord($0) }))
        }

        mutating func appendInterpolation(override gate: OverridableGate) { parts.append(.override(gate)) }

        /// Parts of another clause.
        mutating func appendInterpolation(step: Remedy.Step) { parts += step.parts }

        private mutating func words(_ text: String) {
            guard !text.isEmpty else { return }
            if case .words(let before)? = parts.last {
                parts.removeLast()
                parts.append(.words(before + text))
            } else {
                parts.append(.words(text))
            }
        }
    }
}

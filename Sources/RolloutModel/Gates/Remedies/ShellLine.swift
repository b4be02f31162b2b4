/// A command line that a person pastes into a shell. The fixed text is of this source; each value in it is one word of
/// the shell, whoever wrote it.
public struct ShellLine: Hashable, Sendable, CustomStringConvertible, ExpressibleByStringInterpolation {
    public var description: String

    public init(stringLiteral text: String) { description = text }

    public init(stringInterpolation: StringInterpolation) { description = stringInterpolation.text }

    public struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var text = ""

        public init(literalCapacity: Int, interpolationCount: Int) {}

        public mutating func appendLiteral(_ literal: String) { text += literal }

        public mutating func appendInterpolation(_ value: some CustomStringConvertible) {
            text += ShellWord(value.description).description
        }

        /// A part of a line that is a line itself.
        mutating func appendInterpolation(line: ShellLine) { text += line.description }
    }
}

/// The version that a program says it is, or that an image's tag names: `2.3.7`, `18.06.3-ce`.
public struct ProgramVersion: Hashable, Sendable, CustomStringConvertible {
    public let description: String

    /// Two numbers at least; a `v` before them is left away.
    public init?(_ text: String) {
        var rest = text[...]
        if rest.utf8.first == UInt8(ascii: "v") { rest = rest.dropFirst() }
        let numbers = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        let parts = numbers.split(separator: ".", omittingEmptySubsequences: false).prefix(3)
        guard parts.count >= 2, (3...Self.bytesMax).contains(rest.utf8.count),
            parts.allSatisfy({ (1...6).contains($0.utf8.count) }),
            rest.consists(of: { $0.isDigit || $0.isLetter || ".+-_".utf8.contains($0) })
        else { return nil }
        description = String(rest)
    }

    /// The first version in what a program prints: `etcd Version: 2.3.7`, `Docker version 1.10.3, build 20f81dd`.
    public init?(printed text: String) {
        let head = text.prefix(Self.printedMax).split(whereSeparator: \.isNewline).prefix(Self.linesMax)
        let words = head.flatMap { $0.split(whereSeparator: { " \t,:()".contains($0) }) }
        guard let found = words.lazy.compactMap({ ProgramVersion(String($0)) }).first else { return nil }
        self = found
    }

    private static let bytesMax = 32
    private static let printedMax = 4096
    private static let linesMax = 20
}

/// A line that a command prints before anything else, so that what the login shell prints by itself (a greeting in .bashrc) is
/// told apart from what the command says.
struct CommandMark {
    /// No greeting is longer. In bytes.
    private static let greetingMax = 64 << 10
    /// What a command's output may be longer by.
    static var bytesMax: Int { greetingMax + mark.count }
    private static let line = "@turnstile begins"
    /// The line alone, wherever the greeting stopped.
    private static let mark = Array("\n\(line)\n".utf8)

    private var isSeen = false
    private var greeting: [UInt8] = []

    static func marked(_ text: HostCommand.StaticText) -> String { "printf '\\n\(line)\\n'; \(text.text)" }

    /// What the login shell printed in place of a command's mark; nil once that came.
    var saidInstead: [UInt8]? { isSeen ? nil : greeting }

    /// - Returns: what the command itself said, of these.
    mutating func strip(_ bytes: [UInt8]) -> [UInt8] {
        guard !isSeen, greeting.count <= Self.greetingMax else { return isSeen ? bytes : [] }
        greeting += bytes
        guard let end = Self.end(of: Self.mark, in: greeting) else { return [] }
        isSeen = true
        defer { greeting = [] }
        return Array(greeting[end...])
    }

    private static func end(of mark: [UInt8], in bytes: [UInt8]) -> Int? {
        guard bytes.count >= mark.count else { return nil }
        for start in 0...(bytes.count - mark.count) where bytes[start] == mark[0] {
            if bytes[start..<start + mark.count].elementsEqual(mark) { return start + mark.count }
        }
        return nil
    }
}

/// A line that a command prints before anything else. It separates the command's output from text that the login shell
/// prints by itself, such as a greeting in .bashrc.
struct CommandMark {
    /// The longest greeting that is accepted, in bytes.
    private static let greetingMax = 64 << 10
    /// The bytes by which the greeting and the mark may lengthen a command's output.
    static var bytesMax: Int { greetingMax + mark.count }
    private static let line = "@turnstile begins"
    /// The mark on a line of its own, even if the greeting did not end with a newline.
    private static let mark = Array("\n\(line)\n".utf8)

    private var isSeen = false
    private var greeting: [UInt8] = []

    static func marked(_ text: HostCommand.StaticText) -> String { "printf '\\n\(line)\\n'; \(text.text)" }

    /// The text that the login shell printed instead of the mark; nil once the mark came.
    var saidInstead: [UInt8]? { isSeen ? nil : greeting }

    /// - Returns: those of the bytes that the command itself printed.
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

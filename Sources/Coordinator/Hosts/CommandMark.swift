/// A line that a command prints before anything else. The mark separates the command's output from text that the login
/// shell prints by itself, such as a greeting in .bashrc.
struct CommandMark {
    /// The longest greeting that is skipped, in bytes.
    static let greetingMax = 4 << 20
    /// The bytes by which the greeting and the mark may lengthen a command's output.
    static var bytesMax: Int { greetingMax + mark.count }
    private static let line = "@turnstile begins"
    /// The mark on a line of its own, even if the greeting did not end with a newline.
    private static let mark = Array("\n\(line)\n".utf8)
    /// The bytes of the greeting that a message shows.
    private static let wordsMax = 80

    private var isSeen = false
    private var words: [UInt8] = []
    /// The end of the greeting, which may be the beginning of the mark.
    private var end: [UInt8] = []
    private var count = 0

    /// - Returns: the command line, which works in any login shell.
    static func marked(_ text: HostCommand.StaticText) -> String {
        ShellLine(running: "printf '\\n\(line)\\n'\n\(text.text)").text
    }

    /// The beginning of what the login shell printed instead of the mark; nil once the mark came.
    var saidInstead: [UInt8]? { isSeen ? nil : words }

    /// True if the greeting is longer than any that is skipped.
    var isHopeless: Bool { !isSeen && count > Self.greetingMax }

    /// - Returns: the bytes that the command itself printed.
    mutating func strip(_ bytes: [UInt8]) -> [UInt8] {
        guard !isSeen else { return bytes }
        guard !isHopeless else { return [] }
        count += bytes.count
        words += bytes.prefix(Self.wordsMax - words.count)
        let searched = end + bytes
        guard let end = Self.end(of: Self.mark, in: searched) else {
            self.end = searched.suffix(Self.mark.count - 1)
            return []
        }
        isSeen = true
        return Array(searched[end...])
    }

    private static func end(of mark: [UInt8], in bytes: [UInt8]) -> Int? {
        guard bytes.count >= mark.count else { return nil }
        for start in 0...(bytes.count - mark.count) where bytes[start] == mark[0] {
            if bytes[start..<start + mark.count].elementsEqual(mark) { return start + mark.count }
        }
        return nil
    }
}

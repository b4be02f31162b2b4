import RolloutModel

extension Terminal {
    /// Takes the line away that is written over.
    package static let eraseLine = "\r\u{1B}[2K"
    /// Goes back up one line, and takes it away; a newline follows.
    package static let eraseLineAbove = "\u{1B}[1A\u{1B}[2K\u{1B}[1A"

    /// A text as a terminal may have it: lines, and escapes of ours. Text from others was made plain where it came in; what was
    /// forgotten there does nothing here.
    package static func passing(_ text: String) -> String {
        if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) || $0 == UInt8(ascii: "\n") }) { return text }
        var passed = ""
        var rest = text[...].utf8
        // Cursors are moved before anything is written, and nowhere else.
        for movement in [eraseLineAbove, eraseLine] where rest.starts(with: movement.utf8) {
            passed += movement
            rest = rest.dropFirst(movement.utf8.count)
        }
        while let byte = rest.first {
            if byte == 0x1B, let colour = colours.first(where: { rest.starts(with: $0) }) {
                passed += String(decoding: colour, as: UTF8.self)
                rest = rest.dropFirst(colour.count)
                continue
            }
            let plain = rest.dropFirst().prefix { $0 != 0x1B }
            // An escape of nobody's is cleaned away with the text behind it.
            let end = plain.endIndex
            passed += lines(Substring(rest[..<end]))
            rest = rest[end...]
        }
        return passed
    }

    /// Ends of lines as CSV has them stay, too.
    private static func lines(_ text: Substring) -> String {
        let parts = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
        return parts.enumerated().map { index, part in
            let isEnded = index < parts.count - 1
            let hasReturn = isEnded && part.last == "\r"
            let line = Substring(hasReturn ? part.dropLast() : part)
            return ForeignText.lines(line) + (hasReturn ? "\r" : "") + (isEnded ? "\n" : "")
        }.joined()
    }

    private static let colours: [[UInt8]] =
        (Colour.allCases.map(\.rawValue) + ["0"]).map { Array("\u{1B}[\($0)m".utf8) }
}

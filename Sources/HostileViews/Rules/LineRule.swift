import Reports
import RolloutModel
import TurnstileCommands

/// A line is one line, of text that shows itself; what stands in it to be pasted does no more than it says.
enum LineRule {
    static func complaint(_ lines: [String]) -> String? {
        for line in lines {
            if let scalar = line.unicodeScalars.first(where: { !ForeignText.isShown($0) }) {
                return "\(code(scalar)) in the line \(line.debugDescription.prefix(300))"
            }
            if let danger = PastedRule.danger(in: line) {
                return "a shell would obey \(danger), pasted from \(line.debugDescription.prefix(600))"
            }
            // The terminal's own filter must find nothing left to remove.
            guard Terminal.passing(line + "\n") == line + "\n" else {
                return "a terminal gets another line than \(line.debugDescription.prefix(300))"
            }
        }
        return nil
    }

    /// Colours are the only difference.
    static func complaint(_ plain: [String], coloured: [String]) -> String? {
        if let complaint = complaint(plain) { return complaint }
        guard coloured.map(TerminalRule.withoutColours) == plain else {
            return "with colours it is another text: \(coloured.debugDescription.prefix(300))"
        }
        return coloured.lazy.compactMap { TerminalRule.complaint(Terminal.passing($0 + "\n")) }.first
    }

    static func complaint(_ text: String, lines count: Int) -> String? {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard lines.count == count else {
            return "\(lines.count) lines instead of \(count): \(text.debugDescription.prefix(300))"
        }
        return complaint(lines)
    }

    static func code(_ scalar: Unicode.Scalar) -> String {
        "U+" + String(scalar.value, radix: 16, uppercase: true)
    }
}

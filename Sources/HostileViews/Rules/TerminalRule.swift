import Reports
import RolloutModel
import TurnstileCommands

/// A terminal gets lines of text, our own colours, and the two movements that erase a line, before anything is written.
enum TerminalRule {
    static func complaint(_ text: String) -> String? {
        var rest = text
        for movement in [Terminal.eraseLineAbove, Terminal.eraseLine]
        where rest.utf8.starts(with: movement.utf8) {
            rest = String(decoding: rest.utf8.dropFirst(movement.utf8.count), as: UTF8.self)
        }
        rest = withoutColours(rest).replacing("\r\n", with: "\n")
        for scalar in rest.unicodeScalars
        where scalar != "\n" && scalar != "\t" && !ForeignText.isShown(scalar) {
            return "\(LineRule.code(scalar)) gets to a terminal in \(text.debugDescription.prefix(300))"
        }
        return nil
    }

    private static let colours = (Terminal.Colour.allCases.map(\.rawValue) + ["0"]).map {
        Array("[\($0)m".utf8)
    }

    static func withoutColours(_ text: String) -> String {
        guard text.utf8.contains(0x1B) else { return text }
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == 0x1B, let colour = colours.first(where: { rest.starts(with: $0) }) {
                rest = rest.dropFirst(colour.count)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

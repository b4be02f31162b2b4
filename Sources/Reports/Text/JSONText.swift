import Foundation
import RolloutModel

/// How every command prints JSON: one document, keys sorted, for people and programs alike.
package enum JSONText {
    package static func document(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return escaped(String(decoding: try encoder.encode(value), as: UTF8.self))
    }

    /// Escapes the characters that a terminal must not get, as JSON escapes them, so that the value stays the same.
    package static func escaped(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 < 0x7F }) { return text }
        var escaped = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if scalar.value < 0x7F || ForeignText.isShown(scalar) {
                escaped.append(scalar)
            } else {
                for unit in String(scalar).utf16 {
                    let digits = String(unit, radix: 16)
                    let text = #"\u"# + String(repeating: "0", count: 4 - digits.count) + digits
                    escaped.append(contentsOf: text.unicodeScalars)
                }
            }
        }
        return String(escaped)
    }
}

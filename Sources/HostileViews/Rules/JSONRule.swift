import Foundation
import RolloutModel

/// A program reads the document, and a terminal shows it as it is.
enum JSONRule {
    static func complaint(_ text: String, count: Int?) -> String? {
        for scalar in text.unicodeScalars where scalar != "\n" && !ForeignText.isShown(scalar) {
            return "\(LineRule.code(scalar)) in \(text.debugDescription.prefix(300))"
        }
        guard let value = try? JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
        else {
            return "no JSON: \(text.debugDescription.prefix(300))"
        }
        guard let count else { return nil }
        let found = (value as? [Any])?.count
        return found == count ? nil : "a list of \(found.map(String.init) ?? "nothing") instead of \(count)"
    }

    static func complaint(lines text: String, count: Int) -> String? {
        let lines = text.split(separator: "\n")
        guard lines.count == count else { return "\(lines.count) lines instead of \(count)" }
        return lines.lazy.compactMap { complaint(String($0), count: nil) }.first
    }
}

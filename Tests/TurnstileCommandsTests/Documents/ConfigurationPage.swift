import Foundation

@testable import Settings
@testable import TurnstileCommands

/// docs/configuration.md: one row for each key.
struct ConfigurationPage {
    struct Entry {
        var key: String
        /// As written: a value in a code span, or words.
        var usual: String
        var unit: String
        /// A value, as YAML.
        var example: String
        var meaning: String

        /// The default, where it is a value and no words.
        var usualValue: String? {
            guard usual.hasPrefix("`"), usual.hasSuffix("`"), usual.filter({ $0 == "`" }).count == 2 else {
                return nil
            }
            return String(usual.dropFirst().dropLast())
        }

        var name: String { key.split(separator: ".").last.map(String.init) ?? key }
    }

    var entries: [Entry]

    init() throws {
        entries = try Document("docs/configuration.md").lines.compactMap { line in
            let cells = line.split(separator: "|", omittingEmptySubsequences: false).map {
                $0.trimmingCharacters(in: .whitespaces)
            }
            guard cells.count == 7, cells[1].hasPrefix("`") else { return nil }
            return Entry(
                key: cells[1].trimmingCharacters(in: ["`"]), usual: cells[2], unit: cells[3],
                example: cells[4].trimmingCharacters(in: ["`"]), meaning: cells[5])
        }
    }

    /// The entries of one mapping.
    func entries(of keys: ConfigurationKeys) -> [Entry] {
        entries.filter { keys.paths.contains($0.key) }
    }

    /// A `turnstile.yaml` with these values in one mapping.
    static func yaml(_ keys: ConfigurationKeys, _ values: [(name: String, value: String)]) -> String {
        var text = ""
        var indentation = ""
        for part in keys.rawValue.split(separator: ".") {
            text += "\(indentation)\(part.replacing("[]", with: "").replacing("HOOK", with: "gate")):\n"
            indentation += "  "
        }
        var isFirstOfList = keys.rawValue.hasSuffix("[]")
        for (name, value) in values {
            text += indentation + (isFirstOfList ? "- " : "") + "\(name): \(value)\n"
            if isFirstOfList { indentation += "  " }
            isFirstOfList = false
        }
        return text
    }
}

/// cgpt's warning about a table with one damaged copy. cgpt prints it on standard error, beside its answer and with
/// exit code 0 (facts 0.60).
public enum CgptWarning {
    private static let wordsMax = 200

    /// The warning; nil if there is none.
    ///
    /// - Parameters:
    ///   - errors: standard error of `cgpt show DISK`.
    ///   - table: the table that it showed.
    public static func of(errors: String, table: CgptTable?) -> String? {
        var words = errors.split(separator: "\n").map(\.trimmingBlanks).filter { !$0.isEmpty }.map(
            String.init)
        if let table, !table.invalidParts.isEmpty {
            words.append("INVALID: " + table.invalidParts.joined(separator: ", "))
        }
        if table?.copiesDiffer == true { words.append("its two copies differ") }
        guard !words.isEmpty else { return nil }
        return String(words.joined(separator: "; ").prefix(wordsMax))
    }

    /// Separates output with both streams in it into the rows of the table and all other lines.
    public static func parted(_ text: String) -> (table: String, errors: String) {
        var table: [Substring] = []
        var errors: [Substring] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.trimmingBlanks.isEmpty || isRow(line) { table.append(line) } else { errors.append(line) }
        }
        return (table.joined(separator: "\n"), errors.joined(separator: "\n"))
    }

    private static let beginnings = ["start ", "Type: ", "UUID: ", "Attr: "]

    /// True if the line is a row of the table; most rows are indented.
    private static func isRow(_ line: Substring) -> Bool {
        guard let first = line.utf8.first else { return false }
        return first.isBlank || first.isDigit || beginnings.contains { line.after($0) != nil }
    }
}

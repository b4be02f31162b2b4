import RolloutModel

/// Tables of as many rows and columns as were written, and no markup but our own `**`.
enum MarkdownRule {
    static func complaint(_ text: String, rows count: Int) -> String? {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let tables = lines.split { !$0.hasPrefix("|") }
        let rows = tables.reduce(0) { $0 + $1.count - 2 }
        guard rows == count else { return "\(rows) rows of tables instead of \(count)" }
        for table in tables {
            let columns = Set(table.map { unescaped("|", in: $0) })
            guard columns.count == 1 else { return "columns differ: \(columns)" }
        }
        for line in lines
        where !line.isEmpty && !["|", "- "].contains(where: line.hasPrefix) && !line.hasSuffix(":") {
            return "a line of nobody's: \(line.debugDescription.prefix(300))"
        }
        for line in lines {
            if let scalar = line.unicodeScalars.first(where: { !ForeignText.isShown($0) }) {
                return "\(LineRule.code(scalar)) in the line \(line.debugDescription.prefix(300))"
            }
            for mark in ["<", "`", "[", "_", "&", "@"] as [Character] where unescaped(mark, in: line) > 0 {
                return "markup \(mark) in the line \(line.debugDescription.prefix(300))"
            }
        }
        return nil
    }

    private static func unescaped(_ mark: Character, in line: String) -> Int {
        var (count, isEscaped) = (0, false)
        for scalar in line.unicodeScalars {
            if !isEscaped, Character(scalar) == mark { count += 1 }
            isEscaped = !isEscaped && scalar == "\\"
        }
        return count
    }
}

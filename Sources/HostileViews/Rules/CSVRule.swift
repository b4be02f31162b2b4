import RolloutModel

/// A spreadsheet reads as many rows and columns as were written, and no formula.
enum CSVRule {
    static func complaint(_ text: String, rows count: Int) -> String? {
        guard let rows = rows(text) else {
            return "a quote that nothing closes in \(text.debugDescription.prefix(300))"
        }
        guard rows.count == count + 1 else { return "\(rows.count) rows instead of \(count + 1)" }
        for row in rows where row.count != rows[0].count {
            return "\(row.count) columns instead of \(rows[0].count): \(row.debugDescription.prefix(300))"
        }
        for cell in rows.joined() {
            if let first = cell.unicodeScalars.first, "=+-@\t\r\n＝＋－＠".unicodeScalars.contains(first) {
                return "a formula: \(cell.debugDescription.prefix(300))"
            }
            if let scalar = cell.unicodeScalars.first(where: {
                $0 != "\n" && $0 != "\t" && !ForeignText.isShown($0)
            }) {
                return "\(LineRule.code(scalar)) in the cell \(cell.debugDescription.prefix(300))"
            }
        }
        return nil
    }

    /// As RFC 4180 has them; nil where a quote is not closed, or stands in a cell without quotes.
    static func rows(_ text: String) -> [[String]]? {
        var rows: [[String]] = []
        var (row, cell): ([String], [UInt8]) = ([], [])
        var (isQuoted, isClosed) = (false, false)
        let bytes = Array(text.utf8)
        var index = 0
        func end() { (isQuoted, isClosed) = (false, false) }
        while index < bytes.count {
            let byte = bytes[index]
            let next = index + 1 < bytes.count ? bytes[index + 1] : 0
            index += 1
            switch byte {
            case 0x22 where isQuoted && !isClosed && next == 0x22:
                cell.append(byte)
                index += 1
            case 0x22 where isQuoted && !isClosed: isClosed = true
            case 0x22 where cell.isEmpty && !isQuoted: isQuoted = true
            case 0x22: return nil
            case 0x2C where !isQuoted || isClosed:
                row.append(String(decoding: cell, as: UTF8.self))
                cell = []
                end()
            case 0x0D where (!isQuoted || isClosed) && next == 0x0A:
                rows.append(row + [String(decoding: cell, as: UTF8.self)])
                (row, cell) = ([], [])
                end()
                index += 1
            default:
                if isClosed || (!isQuoted && (byte == 0x0A || byte == 0x0D)) { return nil }
                cell.append(byte)
            }
        }
        return row.isEmpty && cell.isEmpty && !isQuoted ? rows : nil
    }
}

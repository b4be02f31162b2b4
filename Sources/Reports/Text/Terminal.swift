/// The abilities of an output. Data goes to standard output; everything for people goes to standard error.
package struct Terminal: Sendable {
    /// True if a person is watching, and lines can be overwritten.
    package var isLive: Bool
    /// True if colours are wanted: at a terminal, and without `NO_COLOR`.
    var hasColour: Bool
    /// The width of a line in columns; nil where no person is watching.
    package var columns: Int?
    /// Lines on a screen; nil where nobody looks.
    package var rows: Int?

    package init(isLive: Bool, hasColour: Bool, columns: Int? = nil, rows: Int? = nil) {
        self.isLive = isLive
        self.hasColour = hasColour
        self.columns = columns
        self.rows = rows
    }

    package enum Colour: String, CaseIterable {
        case red = "31"
        case green = "32"
        case yellow = "33"
        case bold = "1"
        case dim = "2"
    }

    /// The columns that a line takes, colours left out.
    package static func width(of line: String) -> Int { withoutColours(line).columns }

    /// The rows that a line takes where a row has so many columns. A character of two columns is never parted: where a row
    /// has one left, the terminal draws it in the next row.
    package static func rows(of line: String, columns: Int) -> Int {
        let room = max(1, columns)
        var (rows, used) = (1, 0)
        for character in withoutColours(line) {
            let width = min(room, String(character).columns)
            if used + width > room { (rows, used) = (rows + 1, 0) }
            used += width
        }
        return rows
    }

    private static func withoutColours(_ line: String) -> String {
        guard line.utf8.contains(0x1B) else { return line }
        var plain = ""
        var rest = line[...]
        while let character = rest.popFirst() {
            if character == "\u{1B}" {
                rest = rest.drop { $0 != "m" }.dropFirst()
            } else {
                plain.append(character)
            }
        }
        return plain
    }

    /// The same without an end of its lines.
    var endless: Terminal {
        var endless = self
        endless.columns = nil
        return endless
    }

    package func paint(_ text: String, _ colour: Colour) -> String {
        hasColour ? "\u{1B}[\(colour.rawValue)m\(text)\u{1B}[0m" : text
    }
}

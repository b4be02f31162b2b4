import RolloutModel

/// A table of aligned columns, a header first. On a terminal it is no wider than that is: columns that it can do without are
/// left out, and named below it, and the words of the others are wrapped.
///
/// Written here because the table packages there are measure a cell with its colour escapes in it.
package struct Columns {
    package struct Cell: ExpressibleByStringInterpolation {
        package var text: String
        var colour: Terminal.Colour?

        package init(_ text: String, _ colour: Terminal.Colour? = nil) {
            // A cell is one line, whatever a host may have sent.
            self.text = ForeignText.line(text)
            self.colour = colour
        }

        package init(stringLiteral text: String) { self.init(text) }
    }

    var header: [String]
    package var rows: [[Cell]]
    /// The titles of columns that are left out where there is no room for them, the first of them first.
    package var dispensable: [String] = []

    package init(header: [String], rows: [[Cell]] = []) {
        self.header = header
        self.rows = rows
    }

    package func lines(on terminal: Terminal) -> [String] {
        guard let room = terminal.columns else { return lines(widths: natural, on: terminal) }
        let (table, left) = fitted(to: room)
        return table.lines(widths: table.widths(in: room), on: terminal)
            + (left.isEmpty ? [] : terminal.lines(of: Self.note(left)))
    }

    private static func note(_ left: [String]) -> String {
        "Left out for want of room: \(left.joined(separator: ", ")). '--output json' has \(left.count == 1 ? "it" : "them")."
    }

    static let gap = 2

    private func lines(widths: [Int], on terminal: Terminal) -> [String] {
        ([header.map { Cell($0, .bold) }] + rows).flatMap { row in
            Self.lines(of: row, widths: widths, on: terminal)
        }
    }

    /// The lines of a row: as many as its highest cell has.
    private static func lines(of row: [Cell], widths: [Int], on terminal: Terminal) -> [String] {
        let texts = zip(row, widths).enumerated().map { place, pair in
            wrapped(pair.0.text, to: pair.1, isLast: place == widths.count - 1)
        }
        return (0..<(texts.map(\.count).max() ?? 0)).map { number in
            // Below its first line a row ends with the last text that goes on.
            let end = number == 0 ? texts.count - 1 : texts.lastIndex { $0.count > number } ?? 0
            return texts[...end].enumerated().map { place, lines in
                let text = number < lines.count ? lines[number] : ""
                let painted = row[place].colour.map { text.isEmpty ? text : terminal.paint(text, $0) } ?? text
                return place == end
                    ? painted : painted + String(repeating: " ", count: max(0, widths[place] - text.columns))
            }.joined(separator: String(repeating: " ", count: gap))
        }
    }
}

import RolloutModel

/// A table of aligned columns, a header first.
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

    package init(header: [String], rows: [[Cell]] = []) {
        self.header = header
        self.rows = rows
    }

    package func lines(on terminal: Terminal) -> [String] {
        let widths = header.indices.map { column in
            ([header[column]] + rows.map { $0[column].text }).map(\.columns).max() ?? 0
        }
        func line(_ cells: [Cell]) -> String {
            let padded = zip(cells, widths).enumerated().map { index, pair in
                let (cell, width) = pair
                let text = cell.colour.map { terminal.paint(cell.text, $0) } ?? cell.text
                let isLast = index == cells.count - 1
                return isLast ? text : text + String(repeating: " ", count: width - cell.text.columns)
            }
            return padded.joined(separator: "  ")
        }
        return [line(header.map { Cell($0, .bold) })] + rows.map(line)
    }
}

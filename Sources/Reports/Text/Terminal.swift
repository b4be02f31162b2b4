/// The abilities of an output. Data goes to standard output; everything for people goes to standard error.
package struct Terminal: Sendable {
    /// True if a person is watching, and lines can be overwritten.
    package var isLive: Bool
    /// True if colours are wanted: at a terminal, and without `NO_COLOR`.
    var hasColour: Bool
    /// The width of a line in characters; nil where no person is watching.
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
    package static func width(of line: String) -> Int {
        var count = 0
        var rest = line[...]
        while let character = rest.popFirst() {
            if character == "\u{1B}" {
                rest = rest.drop { $0 != "m" }.dropFirst()
            } else {
                count += 1
            }
        }
        return count
    }

    package func paint(_ text: String, _ colour: Colour) -> String {
        hasColour ? "\u{1B}[\(colour.rawValue)m\(text)\u{1B}[0m" : text
    }
}

/// A text behind a head, such as a time and a name. Lines after the first begin below the text.
package struct HangingText {
    var head: String
    /// The width of a line; nil where lines have any width.
    var columns: Int?

    package init(head: String, columns: Int?) {
        self.head = head
        self.columns = columns
    }

    /// The least width of the text: beside a longer head it has lines to itself.
    private static let textMin = 20

    package func lines(_ text: String) -> [String] { parts(text).map { $0.head + $0.text } }

    /// The lines, apart from what stands before their text. Quotations are not broken, however long: they may be commands, and a
    /// line's end would be pasted with them.
    package func parts(_ text: String) -> [(head: String, text: String)] {
        let indent = head.columns
        guard let columns, indent + text.columns > columns, columns - indent >= Self.textMin else {
            return [(head, text)]
        }
        let words = WrappedText.words(text, quotationMax: .max)
        let lines = WrappedText(columns: columns - indent).lines(words, indent: 0)
        let margin = String(repeating: " ", count: indent)
        return lines.enumerated().map { place, line in (place == 0 ? head : margin, line) }
    }
}

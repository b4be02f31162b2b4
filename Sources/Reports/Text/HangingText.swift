/// A text behind a head, such as a time and a name. Lines after the first begin below the text.
package struct HangingText {
    var head: String
    var columns: Int

    package init(head: String, columns: Int) {
        self.head = head
        self.columns = columns
    }

    /// The least width of the text: beside a longer head it has lines to itself.
    private static let textMin = 20

    /// Quotations are not broken, however long: they may be commands, and a line's end would be pasted with them.
    package func lines(_ text: String) -> [String] {
        guard head.count + text.count > columns, columns - head.count >= Self.textMin else {
            return [head + text]
        }
        let words = WrappedText.words(text, quotationMax: .max)
        let lines = WrappedText(columns: columns).lines(words, indent: head.count)
        return [head + (lines.first ?? "").dropFirst(head.count)] + lines.dropFirst()
    }
}

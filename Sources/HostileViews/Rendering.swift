/// The output of one view, with the form in which the output is read.
struct Rendering: Sendable {
    /// The view's name, for people.
    var view: String
    var form: Form

    enum Form: Sendable {
        /// Lines for a terminal without colours, each of them one line.
        case lines([String])
        /// The same lines without colours, and with them.
        case coloured(plain: [String], coloured: [String])
        /// Several lines in one text: so many.
        case message(String, lines: Int)
        /// Bytes as a terminal gets them.
        case terminal(String)
        /// RFC 4180, with so many rows below the header.
        case csv(String, rows: Int)
        /// A document; of so many elements where it is a list.
        case json(String, count: Int?)
        /// A document a line.
        case ndjson(String, count: Int)
        /// GitHub's, with so many rows in all its tables.
        case markdown(String, rows: Int)
        case html(String, scripts: Int = 1)
    }

    init(_ view: String, _ form: Form) {
        self.view = view
        self.form = form
    }

    /// The part of the output that a terminal, spreadsheet, browser or shell would obey; nil if there is none.
    var complaint: String? {
        switch form {
        case .lines(let lines): LineRule.complaint(lines)
        case .coloured(let plain, let coloured): LineRule.complaint(plain, coloured: coloured)
        case .message(let text, let count): LineRule.complaint(text, lines: count)
        case .terminal(let text): TerminalRule.complaint(text)
        case .csv(let text, let rows): CSVRule.complaint(text, rows: rows)
        case .json(let text, let count): JSONRule.complaint(text, count: count)
        case .ndjson(let text, let count): JSONRule.complaint(lines: text, count: count)
        case .markdown(let text, let rows): MarkdownRule.complaint(text, rows: rows)
        case .html(let text, let scripts): HTMLRule.complaint(text, scripts: scripts)
        }
    }
}

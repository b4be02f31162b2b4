/// The questions that a server asks at once.
struct QuestionRound: Sendable {
    struct Line: Sendable {
        var words: String
        /// True if the answer may be shown as it is typed.
        var isShown: Bool
    }

    /// The server's words before the questions.
    var introduction: String
    var lines: [Line]
}

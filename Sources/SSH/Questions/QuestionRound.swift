/// What a server asks at once.
struct QuestionRound: Sendable {
    struct Line: Sendable {
        var words: String
        /// True if the answer may be shown as it is typed.
        var isShown: Bool
    }

    /// What the server says beforehand.
    var introduction: String
    var lines: [Line]
}

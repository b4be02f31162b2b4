import RolloutModel

/// The subject of a command's wait, and its beginning.
struct InquiryLine: Hashable, Sendable {
    var words: String
    var since: Moment

    func text(at now: Moment) -> String {
        "\(words), \(max(0, (now - since).components.seconds)) s"
    }
}

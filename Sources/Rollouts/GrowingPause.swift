/// The pause between two questions about the same thing: twice as long from one to the next, up to the longest.
struct GrowingPause {
    private var next: Duration
    private let longest: Duration

    /// - Parameter longest: the first pause where that is longer.
    init(first: Duration, longest: Duration) {
        next = first
        self.longest = max(first, longest)
    }

    /// The pause of this time.
    mutating func take() -> Duration {
        defer { next = min(next * 2, longest) }
        return next
    }
}

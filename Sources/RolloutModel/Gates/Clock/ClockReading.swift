/// The time that a host's clock on the wall showed, at some moment between two of the coordinator's.
public struct ClockReading: Hashable, Sendable {
    public var shown: UTCTime
    /// When it was asked for.
    public var asked: Moment
    /// When the answer was there.
    public var answered: Moment

    public init(shown: UTCTime, asked: Moment, answered: Moment) {
        self.shown = shown
        self.asked = asked
        self.answered = answered
    }

    /// The time from the coordinator's moments to the clock's time lies between these two.
    private var offsets: (least: Duration, most: Duration) { (offset(at: answered), offset(at: asked)) }
    /// The time that the answer took.
    var answerTime: Duration { answered - asked }
    var likelyOffset: Duration { offset(at: asked + answerTime / 2) }

    private func offset(at moment: Moment) -> Duration { shown.sinceEpoch - moment.sinceStart }

    /// The span by which it is ahead of another, whatever the answers took; below 0 where it is behind, 0 where that cannot
    /// be told.
    func surelyAhead(of other: ClockReading) -> Duration {
        let (ahead, behind) = (offsets.least - other.offsets.most, other.offsets.least - offsets.most)
        return ahead > .zero ? ahead : min(.zero, .zero - behind)
    }
}

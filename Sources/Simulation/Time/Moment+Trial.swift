import RolloutModel

extension Moment {
    /// Later than every moment of a trial.
    static let never = Moment.start + .forGood
    /// Earlier than every moment of a trial.
    static let longAgo = Moment.start - .seconds(1000)

    /// Full seconds since the beginning, for logs.
    var seconds: Int { Int(clamping: sinceStart.components.seconds) }
}

extension Duration {
    /// Longer than every trial.
    static let forGood = Duration.seconds(1_000_000_000_000)
}

import RolloutModel

/// The seeded generator of every choice in a trial: the same seed makes the same trial.
struct Dice: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// SplitMix64: one addition and two multiplications, and any seed is a good one.
    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }

    /// Draws an event of this probability. True if it happens.
    mutating func happens(_ probability: Double) -> Bool {
        Double.random(in: 0..<1, using: &self) < probability
    }

    mutating func roll(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

    mutating func roll(_ range: ClosedRange<Double>) -> Double { Double.random(in: range, using: &self) }

    mutating func roll(seconds range: ClosedRange<Double>) -> Duration { Duration(clamping: roll(range)) }

    mutating func roll(_ range: ClosedRange<Duration>) -> Duration {
        roll(seconds: range.lowerBound.inSeconds...range.upperBound.inSeconds)
    }

    mutating func pick<Element>(_ elements: [Element]) -> Element? { elements.randomElement(using: &self) }

    /// A separate generator, whose draws do not depend on how many more this one makes.
    mutating func split() -> Dice { Dice(seed: next()) }
}

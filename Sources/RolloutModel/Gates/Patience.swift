/// The means by which a hold clears.
public enum Patience: Hashable, Sendable {
    /// Time alone, and not much of it. Such a hold is left out beside others that need more.
    case soon
    /// Time alone, after this span at least.
    case later(Duration)
    /// The hold may clear while the gates are asked: a host, the cluster or somebody else may mend it. A person may have to.
    case mending
    /// A person must change something; waiting does not help.
    case act
    /// A person's word, given with an option of `resume`; asking again without it could harm.
    case word(Word)

    /// The word that a person gives.
    public enum Word: String, Hashable, Sendable {
        /// A host that went back may be tried again: `--retry-reverted`.
        case retryReverted
        /// No host can go back afterwards: `--yes`.
        case noReturn
    }

    /// True if the hold is not cleared within `span`, however often the gates are asked.
    public func outlasts(_ span: Duration) -> Bool {
        switch self {
        case .soon, .mending: false
        case .later(let least): least > span
        case .act, .word: true
        }
    }
}

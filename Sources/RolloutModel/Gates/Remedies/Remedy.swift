/// The steps that a person takes about a hold, and the one command that goes on afterwards.
///
/// A remedy has one `then`. A step that means it says `\(.next)`, and names other commands as what may be done
/// instead; so no remedy gives two contrary orders.
public struct Remedy: Hashable, Sendable {
    /// In the order in which they are done.
    public var steps: [Step]
    public var then: Way

    public init(_ steps: [Step], then: Way = .resume) {
        self.steps = steps
        self.then = then
    }

    /// How a rollout goes on from a hold.
    public enum Way: Hashable, Sendable {
        /// With the word that the hold's patience asks for, if any.
        case resume
        /// The host goes back first.
        case rollback(HostID)
        /// The rollout ends: it cannot come to another end.
        case abandon

        /// - Parameter rollout: nil where it is plain which one is meant.
        func command(of rollout: RolloutID?) -> OperatorCommand {
            switch self {
            case .resume: .resume(rollout)
            case .rollback(let host): .rollback(host)
            case .abandon: .abandon(rollout)
            }
        }
    }

    /// The steps that make sense in a rollout, or without one.
    public func steps(in rollout: RolloutID?) -> [Step] {
        steps.filter { rollout != nil || !$0.isInRolloutOnly }.map { $0.settled(then, in: rollout) }
    }

    /// All steps as one sentence, without its full stop.
    ///
    /// - Parameter typed: a command as this reader types it.
    public func text(
        in rollout: RolloutID? = nil, typed: (OperatorCommand) -> String = { "turnstile \($0.words)" }
    ) -> String {
        steps(in: rollout).map { $0.text(typed: typed) }.joined(separator: "; ")
    }
}

extension Remedy: ExpressibleByArrayLiteral {
    public init(arrayLiteral steps: Step...) { self.init(steps) }
}

/// The life of the cluster's lock in one rollout: it is acquired, as often as somebody takes the rollout up, and released
/// once, at the end. The journal has each of these before or after it is done.
public struct LockTenure: Codable, Hashable, Sendable {
    let rollout: RolloutID
    /// The highest token that any coordinator of this rollout held; 0 until one is known.
    public private(set) var token: Token
    /// The first token; nil until it is known.
    public private(set) var firstToken: Token?
    /// True if the rollout was about to take locksmith's semaphore, and may have it.
    public private(set) var reserves: Bool
    /// True if the rollout has ended and has released the cluster's lock.
    public private(set) var isReleased: Bool

    init(rollout: RolloutID) {
        self.rollout = rollout
        self.token = 0
        self.firstToken = nil
        self.reserves = false
        self.isReleased = false
    }

    public enum Event: Hashable, Sendable {
        /// A coordinator has the cluster under this token.
        case acquired(Token)
        /// locksmith's semaphore is about to be taken under this id, and then held to the end.
        case reserving(holder: String)
        /// The rollout does not have the cluster any more, which it had under this token.
        case released(Token)
    }

    /// - Parameter hasEnded: the rollout has ended.
    /// - Returns: why the event cannot follow, with nothing changed; nil where it was taken.
    mutating func take(_ event: Event, hasEnded: Bool) -> IllegalLockEvent? {
        switch event {
        case .acquired(let token):
            guard token >= .ceiling || token > self.token else { return .notAbove(token, held: self.token) }
            // A token at the limit was not reached by counting; tokens were set back after it.
            if token < .ceiling { self.token = token }
            if firstToken == nil { firstToken = token }
        case .reserving(let holder):
            guard holder == rollout.rawValue else { return .foreign(holder: holder) }
            reserves = true
        case .released(let token):
            guard hasEnded else { return .notEnded }
            guard token >= self.token else { return .below(token) }
            isReleased = true
        }
        return nil
    }
}

/// An event of the lock that cannot follow: a damaged journal, or two coordinators with one journal.
public enum IllegalLockEvent: Error, Hashable, Sendable, CustomStringConvertible {
    case notAbove(Token, held: Token)
    case foreign(holder: String)
    case notEnded
    case below(Token)

    public var description: String {
        switch self {
        case .notAbove(let token, let held): "token \(token) is not above \(held), which was held before"
        case .foreign(let holder): "'\(holder)' is not this rollout"
        case .notEnded: "the rollout has not ended"
        case .below(let token): "token \(token) is below that it was held by"
        }
    }
}

extension RolloutMachine {
    /// Takes an event of the cluster's lock, which leads to no directives.
    ///
    /// - Throws: `IllegalLockEvent`, with the machine unchanged.
    public mutating func handle(lock event: LockTenure.Event) throws(IllegalLockEvent) {
        if let illegal = tenure.take(event, hasEnded: outcome != nil) { throw illegal }
    }
}

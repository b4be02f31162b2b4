import RolloutModel

/// A coordinator of the small model: what is in its journal, and what it is about to do.
struct ModelCoordinator: Hashable, Sendable {
    // Durable.
    /// Its journal, folded; nil before it has one.
    var machine: RolloutMachine?
    /// The token it was attached with last.
    var token: Token = 0
    /// What its journal announced last.
    var announced: RolloutMachine.Intent?

    // Lost when it dies.
    var life = Life.waiting
    var agenda: [Step] = []
    /// Granted by the lock, and not in the journal yet.
    var grantedToken: Token = 0
    /// What it has sent, and not heard of.
    var sent: ModelRequest?

    /// How often it may still be started, and may still die.
    var startsLeft: Int
    var crashesLeft: Int

    enum Life: Hashable, Sendable {
        /// Not running: not started yet, held, refused, or dead.
        case waiting
        case running
        case finished
    }

    enum Step: Hashable, Sendable {
        case takeLock
        case claim(Int)
        case attach
        case begin
        case perform(RolloutMachine.Directive)
    }

    mutating func start(hosts: Int) {
        life = .running
        startsLeft -= 1
        agenda = [.takeLock] + (0..<hosts).map { .claim($0) } + [.attach, .begin]
    }

    /// Held, refused, or dead: all that it knew and did not write is gone.
    mutating func stop() {
        life = .waiting
        agenda = []
        sent = nil
        grantedToken = 0
    }

    mutating func die() {
        stop()
        crashesLeft -= 1
    }

    /// Takes what happened into its journal.
    mutating func take(_ event: RolloutMachine.Event) throws(RolloutMachine.IllegalEvent) {
        agenda = try machine?.handle(event).map { .perform($0) } ?? []
        sent = nil
    }
}

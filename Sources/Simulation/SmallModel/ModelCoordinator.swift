import RolloutModel

/// A coordinator of the small model: its journal, and the steps it is about to do.
struct ModelCoordinator: Hashable, Sendable {
    // Durable.
    /// The machine that its journal folds to; nil before there is a journal.
    var machine: RolloutMachine?
    /// The token under which it last took the lock.
    var token: Token = 0
    /// The act that its journal announced last.
    var announced: RolloutMachine.Intent?

    // Lost when the coordinator dies.
    var life = Life.waiting
    var agenda: [Step] = []
    /// The token that the lock granted, not yet in the journal.
    var grantedToken: Token = 0
    /// The request that was sent and not answered.
    var sent: ModelRequest?

    /// The numbers of starts and crashes that are left.
    var startsLeft: Int
    var crashesLeft: Int

    enum Life: Hashable, Sendable {
        /// The coordinator does not run: it was not started yet, is held, was refused, or died.
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

    /// Stops the coordinator, which is held, refused, or dead. Everything that was not written is gone.
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

    /// Records an event in the journal.
    mutating func take(_ event: RolloutMachine.Event) throws(RolloutMachine.IllegalEvent) {
        agenda = try machine?.handle(event).map { .perform($0) } ?? []
        sent = nil
    }
}

/// How long an operation may go on, and whether it stops when its task is cancelled.
struct Patience: Sendable {
    var operation: SSHError.Operation
    var allowed: Duration
    var deadline: ContinuousClock.Instant
    /// False for cleaning up, which a cancelled task must still do.
    var heedsCancellation: Bool

    /// - Parameter last: ends it earlier.
    init(
        _ operation: SSHError.Operation, for allowed: Duration, until last: ContinuousClock.Instant? = nil,
        heedsCancellation: Bool = true
    ) {
        let now = ContinuousClock.now
        self.operation = operation
        self.allowed = last.map { max(.zero, min(allowed, $0 - now)) } ?? allowed
        self.deadline = now + self.allowed
        self.heedsCancellation = heedsCancellation
    }

    var isOver: Bool { deadline <= .now }
}

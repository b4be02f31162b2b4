/// How long an operation may go on, and whether it stops when its task is cancelled.
struct Patience: Sendable {
    var operation: SSHError.Operation
    var allowed: Duration
    var deadline: ContinuousClock.Instant
    /// False for cleaning up, which a cancelled task must still do.
    var heedsCancellation: Bool

    init(_ operation: SSHError.Operation, for allowed: Duration, heedsCancellation: Bool = true) {
        self.operation = operation
        self.allowed = allowed
        self.deadline = .now + allowed
        self.heedsCancellation = heedsCancellation
    }

    var isOver: Bool { deadline <= .now }
}

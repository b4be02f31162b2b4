/// A router as the cluster's hosts reach it: whether it says that it is well, and what it answers for applications.
public struct RouterView: Hashable, Sendable {
    /// The address of its machine; nil where it has none.
    public var address: String?
    /// The status of `:9090/health-check`.
    public var health: Observation<Int>
    /// The status of each application's probe, by the application.
    public var answers: [String: Observation<Int>]

    public init(address: String?, health: Observation<Int>, answers: [String: Observation<Int>] = [:]) {
        self.address = address
        self.health = health
        self.answers = answers
    }
}

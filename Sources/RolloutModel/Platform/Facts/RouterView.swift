/// A router as the cluster's hosts reach it: the status of its health, and its answers for applications.
public struct RouterView: Hashable, Sendable {
    /// The address of the router's machine; nil where the router has no place.
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

/// The requests that a cluster's routers had of late.
public struct RouterRequests: Hashable, Sendable {
    /// The requests by the name that was asked for, of the names that were looked for. A name without one is not there.
    public var names: [DomainName: Int]
    /// The requests for any other name, or for an address: health checks, scanners.
    public var others: Int

    public init(names: [DomainName: Int], others: Int) {
        self.names = names
        self.others = others
    }

    public mutating func add(_ more: RouterRequests) {
        names.merge(more.names) { $0.adding(clamping: $1) }
        others = others.adding(clamping: more.others)
    }
}

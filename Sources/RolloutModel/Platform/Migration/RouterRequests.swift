/// The requests that a cluster's routers had of late.
public struct RouterRequests: Hashable, Sendable {
    /// The requests by the name that was asked for, of the names that were looked for. A name without one is not there.
    public var names: [DomainName: Int]
    /// The requests for any other name, or for an address: health checks, scanners.
    public var others: Int
    /// The hosts whose journals may have lost requests. No request at all proves nothing where there is one.
    public var gaps: [RouterLogGap]

    public init(names: [DomainName: Int], others: Int, gaps: [RouterLogGap] = []) {
        self.names = names
        self.others = others
        self.gaps = gaps
    }

    public mutating func add(_ more: RouterRequests) {
        names.merge(more.names) { $0.adding(clamping: $1) }
        others = others.adding(clamping: more.others)
        gaps += more.gaps
    }
}

/// A part of a host's journal that is missing from the time in which requests are counted.
public struct RouterLogGap: Hashable, Sendable {
    public var host: HostID
    public var why: Why

    public enum Why: Hashable, Sendable {
        /// The journal begins so long after that time has begun: what was before was vacuumed, or ended with a boot.
        case beginsLate(by: Duration)
        /// journald says in that time that it dropped so many messages, of a router's or of units that it does not name.
        case dropped(messages: Int)
    }

    public init(host: HostID, why: Why) {
        self.host = host
        self.why = why
    }
}

extension RouterLogGap: CustomStringConvertible {
    public var description: String {
        switch why {
        case .beginsLate(let span):
            "the journal of '\(host)' begins \(max(1, span.wholeSeconds / 60)) min after that time began"
        case .dropped(let messages):
            "journald on '\(host)' dropped \(messages) messages in that time"
        }
    }
}

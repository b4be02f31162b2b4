import HostFiles

/// The reason why fleetctl exited with 1, from its standard error (facts 5.1).
public enum FleetctlFailure: Error, Hashable, Sendable {
    /// fleetd answers, etcd does not: a cluster without quorum looks like this.
    case etcdUnreachable(reason: String)
    /// The list could not be had, mostly because fleetd does not run.
    case listUnavailable(reason: String)
    case clientUnusable(reason: String)
    /// An unknown reason: the first line, or an empty text.
    case other(message: String)

    public init(standardError: String) {
        let lines = standardError.utf8.prefix(64 << 10)
            .split(separator: UInt8(ascii: "\n")).map { (Substring($0)).trimmingBlanks }
        for line in lines {
            if let reason = Self.listReason(line) {
                self =
                    reason.split(atFirst: "unable to communicate with etcd") != nil
                    ? .etcdUnreachable(reason: String(reason)) : .listUnavailable(reason: String(reason))
                return
            }
            if let reason = line.after("Unable to initialize client: ") {
                self = .clientUnusable(reason: String(reason))
                return
            }
        }
        self = .other(message: lines.first.map { String($0.prefix(200)) } ?? "")
    }

    private static func listReason(_ line: Substring) -> Substring? {
        line.after("Error retrieving list of active machines: ")
            ?? line.after("Error retrieving list of active machines from fleet API (")
            .map { $0.before(suffix: ")") ?? $0 }
    }
}

extension FleetctlFailure: CustomStringConvertible {
    public var description: String {
        switch self {
        case .etcdUnreachable(let reason):
            "cannot list fleet's machines: etcd does not answer fleet: \(reason)"
        case .listUnavailable(let reason): "cannot list fleet's machines: \(reason)"
        case .clientUnusable(let reason): "cannot use fleetctl: \(reason)"
        case .other(let message):
            message.isEmpty ? "fleetctl failed without a message" : "fleetctl failed: \(message)"
        }
    }
}

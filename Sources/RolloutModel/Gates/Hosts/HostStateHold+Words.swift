extension HostStateHold {
    public var says: String {
        switch self {
        case .hostUnreadable(let host, let why, _, _): "host '\(host)' could not be read: \(why)"
        case .hostUncommitted(let host):
            "host '\(host)' runs a partition that is not committed: its next reboot may go back to the other one"
        case .partitionsUnreadable(let host, let why):
            "the partitions of host '\(host)' could not be read by its agent" + (why.map { ": \($0)" } ?? "")
        case .updateAlreadyPending(let host):
            "host '\(host)' already has an update applied that waits for a reboot"
        case .otherPartitionNext(let host, let partition, let why):
            "the next boot of host '\(host)' goes to \(partition), where no update waits for it: \(why)"
        case .claimedByAnother(let host, let rollout):
            "host '\(host)' is in the middle of another rollout, \(rollout)"
        case .machineChanged(let host, let planned, let found):
            "host '\(host)' is another machine now: machine-id \(found), planned was \(planned)"
        case .sameMachine(let host, let twin):
            "'\(host)' and '\(twin)' are one machine: they have the same machine-id"
        case .hostUnsafe(let host, let unit, let message):
            "host '\(host)' is not fit for it, by \(unit): \(message)"
        case .untold(let host, let what, let why):
            "\(what.words) of host '\(host)' cannot be told: \(why)"
        }
    }

    public var brief: String {
        switch self {
        case .hostUnreadable(let host, _, let trouble, _):
            "host '\(host)' could not be read" + (trouble.map { ": \($0.words)" } ?? "")
        case .untold(let host, let what, _): "\(what.words) of host '\(host)' cannot be told"
        case .hostUnsafe(let host, let unit, _): "host '\(host)' is not fit for a reboot, by \(unit)"
        default: says
        }
    }
}

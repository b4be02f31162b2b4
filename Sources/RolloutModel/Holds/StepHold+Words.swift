extension PrefetchDoubt {
    /// The doubt in a few words.
    public var words: String {
        switch self {
        case .engineAtWork: "update-engine is at work"
        case .downloadedSince: "an update was begun since"
        case .attributesChanged: "the boot order was changed"
        case .runsAlready: "its partition runs already"
        case .partitionRewritten: "the partition was written to"
        case .kernelChanged: "its kernel was changed"
        }
    }
}

extension StepHold {
    public var says: String {
        switch self {
        case .stepFailed(let host, let step, let why):
            "\(step.rawValue) of host '\(host)' failed: \(why)"
        case .notReturned(let host, let waited, let why, let trouble?):
            """
            host '\(host)' is up, and could not be read within \(waited.wholeSeconds) s of its reboot, as \(trouble.words): \
            \(why)
            """
        case .notReturned(let host, let waited, let why, nil):
            "host '\(host)' did not come back within \(waited.wholeSeconds) s of its reboot: \(why)"
        case .rebootIgnored(let host, let attempts):
            "host '\(host)' is still on the boot it was told to leave, after \(attempts) requests"
        case .reverted(let host, let running, let target):
            "host '\(host)' reverted: it rebooted towards \(target) and runs \(running) again"
        case .wrongVersion(let host, let running, let target):
            "host '\(host)' came back on \(running), and the target is \(target)"
        case .revertedBefore(let host, let why):
            "host '\(host)' went back to its old partition before: \(why)"
        case .prefetchDoubted(let host, _, let why):
            "what was downloaded ahead on host '\(host)' was not armed: \(why)"
        case .rolledBack(let host, let running, let from):
            "host '\(host)' was rolled back from \(from), and runs \(running)"
        case .notGivenBack(let host, let running):
            "host '\(host)' runs \(running) on its single try, and cannot be given back from there"
        case .notRolledBack(let host, let why): "host '\(host)' was not rolled back: \(why)"
        }
    }

    public var brief: String {
        switch self {
        case .notReturned(let host, _, _, let trouble?):
            "'\(host)' is up after its reboot, and \(trouble.words)"
        case .notReturned(let host, _, _, nil): "'\(host)' has not come back from its reboot"
        case .prefetchDoubted(let host, let doubt, _):
            "what was downloaded ahead on host '\(host)' was not armed: \(doubt.words)"
        case .stepFailed(let host, let step, _): "\(step.rawValue) of host '\(host)' failed"
        default: says
        }
    }
}

/// Words of the holds that a preflight gives.
extension HostFacts.Untold {
    /// Something "of host 'x'".
    var words: String {
        switch self {
        case .hazards: "what could disturb a rollout"
        case .pendingUpdate: "whether an update waits for a reboot"
        case .engine: "what update-engine does"
        case .cgroups: "the cgroup hierarchy"
        case .space: "the room for what staging writes"
        case .clock: "the time"
        case .settings: "the user-data and drop-ins"
        case .units: "which units fail"
        case .partitions: "which partition runs, and which boots next,"
        }
    }
}

extension HostFacts.Space.Purpose {
    var words: String {
        switch self {
        case .kernel: "a kernel as large as the one that runs"
        case .state: "the agent's record and the journal"
        }
    }

    func remedy(on host: HostID, _ path: String) -> String {
        switch self {
        case .kernel:
            "see 'ls -lR \(ShellWord(path))' on '\(host)', and remove what is neither a kernel nor the boot loader's"
        case .state:
            """
            free what \(path) on '\(host)' lies on: 'df \(ShellWord(path))', 'journalctl --vacuum-size', docker's \
            images
            """
        }
    }
}

extension ClockSkew {
    func sentence(of host: HostID) -> String {
        """
        the clock of host '\(host)' is at least \(abs(aheadSeconds).asApart) \(aheadSeconds < 0 ? "behind" : "ahead of") that \
        of '\(other)', and \(mostSeconds.asApart) is the most allowed: it shows \(UTCTime(secondsSince1970: shown)), and the \
        other \(UTCTime(secondsSince1970: otherShown))
        """
    }
}

extension [SettingsDrift] {
    /// The first of them, and how many more there are.
    var listed: String {
        let shown = prefix(5).map(\.description).joined(separator: ", ")
        return count > 5 ? "\(shown), and \(count - 5) more" : shown
    }
}

extension SettingsDrift.Against {
    func remedy(on host: HostID) -> String {
        switch self {
        case .hosts:
            """
            see which of them fits the new release, and make them alike; where '\(host)' is meant to differ, say so for good \
            with gates.drift.compare
            """
        case .plan: "see who changed it on '\(host)', and whether it fits the new release"
        }
    }
}

extension Int64 {
    /// `0.5 MiB`, `62.0 MiB`: rounded down.
    var asMebibytes: String {
        let tenths = self / ((1 << 20) / 10)
        return "\(tenths / 10).\(tenths % 10) MiB"
    }
}

extension Double {
    /// `5 s`, `7.4 s`, rounded down; from two minutes on `3 min`.
    fileprivate var asApart: String {
        // Beyond any clock: whoever sent it is not believed anyway.
        let tenths = Int(clamping: Swift.max(-1e12, Swift.min(self, 1e12)) * 10)
        guard tenths < 1200 else { return (tenths / 600).asHours }
        return tenths % 10 == 0 ? "\(tenths / 10) s" : "\(tenths / 10).\(tenths % 10) s"
    }
}

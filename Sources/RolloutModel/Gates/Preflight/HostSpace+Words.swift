extension HostSpace {
    /// True if there is so little room that nothing of the kind fits: no kernel is an eighth of another one. A word that
    /// passes the gate over could only fail on the host.
    var isHopeless: Bool { freeBytes < neededBytes / 8 }
}

extension HostSpace.Purpose {
    var words: String {
        switch self {
        case .kernel: "a kernel as large as the one that runs"
        case .state: "the agent's record and the journal"
        }
    }

    func remedy(on host: HostID, _ path: String) -> Remedy {
        switch self {
        case .kernel:
            [
                """
                see \(run: "ls -lR \(path)", on: host) on '\(host)', and remove what is neither a kernel nor the boot \
                loader's
                """
            ]
        case .state:
            [
                """
                free what \(path) on '\(host)' lies on: \(run: "df \(path)", on: host), \
                \(run: "journalctl --vacuum-size=100M", on: host, asRoot: true), docker's images
                """
            ]
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

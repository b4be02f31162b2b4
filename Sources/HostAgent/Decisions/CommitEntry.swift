import AgentProtocol

/// Where `commit` has to begin.
enum CommitEntry: Hashable, Sendable {
    case refused(Refusal)
    case committedAlready
    case go

    init(_ host: HostSituation, bootID: String, version: String) {
        if let refusal = Self.refusal(host, bootID: bootID, version: version) {
            self = .refused(refusal)
        } else {
            self = host.table.isCommitted ? .committedAlready : .go
        }
    }

    private static func refusal(_ host: HostSituation, bootID: String, version: String) -> Refusal? {
        guard bootID == host.bootID else {
            return Refusal(
                reason: .bootDiffers,
                message: "this is boot \(host.bootID), and boot \(bootID) was judged: judge this one first")
        }
        if host.isReverted { return Refusal(reason: .reverted, message: host.revertedMessage) }
        guard let mark = host.record.staging, host.hasLeftStagingBoot(mark) else {
            return Refusal(
                reason: .phaseUnsuitable,
                message: "this host has not rebooted into an update of ours (phase "
                    + "\(host.record.phase.rawValue)): stage and reboot first")
        }
        guard mark.version == version, host.runningVersion == version else {
            return Refusal(
                reason: .versionDiffers,
                message:
                    "\(host.runningVersion) runs and \(mark.version ?? "an unknown version") was staged; "
                    + "asked to commit \(version)")
        }
        guard mark.partition.number == host.table.booted.number else {
            return Refusal(
                reason: .phaseUnsuitable,
                message:
                    "\(version) was staged on \(mark.partition.label), and \(host.table.booted.label) runs")
        }
        return nil
    }
}

extension HostSituation {
    fileprivate func hasLeftStagingBoot(_ mark: StagingMark) -> Bool {
        switch record.phase {
        case .staged, .rebooting, .committing, .committed: mark.bootID != bootID
        case .idle, .staging, .prefetched, .rollingBack: false
        }
    }
}

import AgentProtocol

/// The decision whether `reboot` may go on.
enum RebootEntry: Hashable, Sendable {
    case refused(Refusal)
    /// The present boot is a later one than the one asked about.
    case rebootedAlready
    case go

    init(_ host: HostSituation, bootID: String, version: String) {
        guard bootID == host.bootID else {
            self = .rebootedAlready
            return
        }
        self = Self.refusal(host, version: version).map { .refused($0) } ?? .go
    }

    private static func refusal(_ host: HostSituation, version: String) -> Refusal? {
        guard host.record.phase == .staged || host.record.phase == .rebooting,
            let mark = host.record.staging, mark.bootID == host.bootID
        else {
            return Refusal(
                reason: .phaseUnsuitable,
                message: "nothing is staged in this boot (phase \(host.record.phase.rawValue)): stage first")
        }
        guard mark.version == version else {
            return Refusal(
                reason: .versionDiffers,
                message: "\(mark.version ?? "an unknown version") is staged on this host, not \(version)")
        }
        guard host.table.isArmed, host.table.other.number == mark.partition.number else {
            return Refusal(
                reason: .phaseUnsuitable,
                message: "\(mark.partition.label) (\(mark.partition.device)) is no longer armed for the next "
                    + "boot: stage again")
        }
        guard host.engine.isMasked, !host.engine.isRunning else {
            return Refusal(
                reason: .phaseUnsuitable,
                message:
                    "update-engine is \(host.engine.activeState) and \(host.engine.unitFileState); unmasked "
                    + "it would commit the update before it was judged: stage again")
        }
        return host.hazard(.leavesClusterOnShutdown)
    }
}

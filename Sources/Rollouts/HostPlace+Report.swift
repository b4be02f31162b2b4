import AgentProtocol
import RolloutModel

extension HostPlace {
    /// By what a host's agent said, or that it said nothing.
    ///
    /// - Parameter trouble: what kept it from that, where it is known: a host that refuses a login is not silent.
    public init(_ report: Observation<HostReport>, trouble: HostTrouble? = nil) {
        switch report {
        case .unknown: self = trouble?.mayBeDown ?? true ? .silent : .unreadable
        case .seen(let report): self.init(report)
        }
    }

    public init(_ report: HostReport) {
        guard let table = report.partitions,
            !report.unreadable.contains(where: { $0.subject == AgentState.recordPath })
        else {
            self = .unreadable
            return
        }
        self.init(
            Evidence(
                phase: report.agent.phase, runsGoodPartition: table.runsGoodPartition,
                isArmed: table.isArmed, isOtherBootable: table.other.isBootable,
                wasOtherTriedInVain: table.otherWasTriedInVain,
                remembersRevert: report.agent.revertedFrom != nil,
                runsWhatWasStaged: report.agent.version != nil && report.agent.version == report.version))
    }
}

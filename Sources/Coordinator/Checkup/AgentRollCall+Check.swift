import AgentProtocol
import RolloutModel
import Rollouts

extension AgentRollCall {
    /// - Parameters:
    ///   - hosts: the hosts that were asked, in the order in which they are told.
    ///   - exposed: the places that somebody else than root may write to.
    func check(_ hosts: [HostID], exposed: [HostID: ExposedPlace]) -> AgentCheck {
        AgentCheck(hosts.map { AgentCheck.Seen($0, state(of: $0, exposed[$0])) })
    }

    private func state(of host: HostID, _ exposed: ExposedPlace?) -> AgentCheck.State {
        if let place = exposed {
            return .exposed(why: place.why, path: place.path, isLink: place.isLink)
        }
        if let finding = skew.unfit.first(where: { $0.host == host }) { return .unfit(why: finding.why) }
        if let finding = skew.otherPrograms.first(where: { $0.host == host }) {
            return .otherProgram(why: finding.why)
        }
        if let finding = skew.otherVersions.first(where: { $0.host == host }) {
            return .otherVersion(why: finding.why)
        }
        switch reports[host] ?? .unknown("it was not asked") {
        case .seen(let report):
            if let why = report.reason(for: AgentState.recordPath) {
                return .silent(.recordUnreadable, why: "it cannot read its own record: \(why)")
            }
            return .fit(version: report.agent.agentVersion)
        case .unknown(let why): return .silent(troubles[host] ?? .agentFailed, why: why)
        }
    }
}

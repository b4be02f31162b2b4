import AgentProtocol
import RolloutModel

/// The changes that abandoning a rollout undoes on each host, for an operator to read before saying yes.
package enum GivingBackText {
    package static func lines(
        _ hosts: [HostID], _ reports: [HostID: Observation<HostReport>], on terminal: Terminal
    ) -> [String] {
        var table = Columns(header: ["HOST", "NOW", "AGENT", "IS GIVEN BACK"])
        for host in hosts {
            switch reports[host] ?? .unknown("not asked") {
            case .unknown(let why):
                table.rows.append([
                    .init(host.rawValue), .init("-"), .init("unreadable", .red), .init("not now: \(why)"),
                ])
            case .seen(let report):
                table.rows.append([
                    .init(host.rawValue), .init(report.version ?? "-"), .init(phase(report.agent)),
                    .init(givenBack(report)),
                ])
            }
        }
        return table.lines(on: terminal)
    }

    private static func phase(_ agent: AgentState) -> String {
        let goal = agent.goal.map { $0.isOpen ? ", at \($0.verb.rawValue)" : "" } ?? ""
        return agent.phase.rawValue + goal
    }

    static func givenBack(_ report: HostReport) -> String {
        let agent = report.agent
        let staged: String? =
            switch agent.phase {
            case .staging: "what is being staged"
            case .prefetched: "\(agent.version ?? "the update") downloaded ahead is forgotten"
            case .staged: "the boot order: \(agent.version ?? "the update") staged is disarmed"
            case .idle, .rebooting, .committing, .committed, .rollingBack: nil
            }
        let parts = [staged, agent.holdsOriginal ? "update.conf and update-engine as found" : nil]
        let text = parts.compactMap(\.self).joined(separator: "; ")
        return text.isEmpty ? "nothing: nothing of ours is left" : text
    }
}

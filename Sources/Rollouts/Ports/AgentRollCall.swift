import AgentProtocol
import RolloutModel

/// Every host's report, and what is wrong with the hosts' agents.
public struct AgentRollCall: Sendable {
    public var reports: [HostID: Observation<HostReport>]
    /// The reasons why hosts gave no report.
    public var troubles: [HostID: HostTrouble]
    /// The bastions that keep hosts away, by the host that is kept away.
    public var bastions: [HostID: ShutBastion]
    public var skew: AgentSkew

    public init(_ heard: [HostID: Result<HostReport, HostFault>], skew: AgentSkew = AgentSkew()) {
        let faults = heard.compactMapValues { answer -> HostFault? in
            guard case .failure(let fault) = answer else { return nil }
            return fault
        }
        reports = heard.mapValues { answer in
            switch answer {
            case .success(let report): .seen(report)
            case .failure(let fault): .unknown(fault.why)
            }
        }
        troubles = faults.mapValues(\.trouble)
        bastions = faults.compactMapValues(\.bastion)
        self.skew = skew
    }
}

extension AgentRollCall {
    /// Asks all hosts at once, and looks at no program.
    public static func reports(of hosts: [HostID], access: HostAccess) async -> AgentRollCall {
        let (reports, faults) = await access.sort(hosts, access.report)
        var heard = reports.compactMapValues { $0.value.map { Result<HostReport, HostFault>.success($0) } }
        for (host, fault) in faults { heard[host] = .failure(fault) }
        return AgentRollCall(heard)
    }
}

/// Hosts that have no agent, or one that does not fit this turnstile.
public struct AgentSkew: Hashable, Sendable {
    /// The hosts whose agents this turnstile cannot work with, in order.
    public var unfit: [Finding] = []
    /// Hosts whose agent has another version of the same protocol, which works.
    public var otherVersions: [Finding] = []
    /// Hosts at rest whose agent is another program, by SHA-256, than most hosts at rest of the same kind of machine have,
    /// whatever version it reports.
    public var otherPrograms: [Finding] = []
    /// Hosts in the middle of their turn, where no agent can be replaced, whose agent is another program than hosts at rest
    /// have.
    public var otherProgramsAtWork: [Finding] = []

    public struct Finding: Hashable, Sendable {
        public var host: HostID
        public var why: String

        public init(host: HostID, why: String) {
            self.host = host
            self.why = why
        }
    }

    public init() {}
}

import AgentProtocol
import Driving
import HostFiles
import RolloutModel

/// Hosts whose agent is not there, or is not this turnstile's.
public struct AgentSkew: Hashable, Sendable {
    /// What this turnstile cannot work with, in the order of the hosts.
    public var unfit: [Finding] = []
    /// Another version of the same protocol: it works.
    public var otherVersions: [Finding] = []

    public struct Finding: Hashable, Sendable {
        public var host: HostID
        public var why: String
    }

    /// - Parameters:
    ///   - reports: of all hosts; any other fault than the agent's is none of this.
    ///   - units: what systemd says of `turnstile-agent.service`, where it could be asked.
    ///   - version: of this turnstile.
    init(
        hosts: [HostID], reports: [HostID: Result<HostReport, HostFault>], units: [HostID: SystemdUnitState],
        version: String
    ) {
        for host in hosts {
            switch reports[host] {
            case .failure(let fault) where fault.kind == .agentMissing || fault.kind == .agentDiffers:
                unfit.append(Finding(host: host, why: fault.why))
            case .success(let report):
                let found = report.agent.agentVersion
                if let state = units[host]?.loadState, state != "loaded" {
                    unfit.append(Finding(host: host, why: "its turnstile-agent.service is \(state)"))
                } else if found != version {
                    otherVersions.append(Finding(host: host, why: "its agent is \(found)"))
                }
            case .failure, nil: break
            }
        }
    }
}

/// Every host's report, and what is wrong with the agents that give them.
public struct AgentRollCall: Sendable {
    public var reports: [HostID: Observation<HostReport>]
    /// What kept hosts from giving one.
    public var troubles: [HostID: HostTrouble]
    public var skew: AgentSkew

    /// Asks all hosts at once.
    public static func take(
        of hosts: [HostID], access: HostAccess, shell: HostShell, version: String
    ) async -> AgentRollCall {
        async let reports = answers(of: hosts, access.report)
        async let units = answers(of: hosts) { host throws(HostFault) in try await shell.agentUnit(on: host) }
        let heard = await reports
        let skew = AgentSkew(
            hosts: hosts, reports: heard, units: await units.compactMapValues { try? $0.get() },
            version: version)
        return AgentRollCall(
            reports: heard.mapValues { answer in
                switch answer {
                case .success(let report): .seen(report)
                case .failure(let fault): .unknown(fault.why)
                }
            },
            troubles: heard.compactMapValues { answer in
                guard case .failure(let fault) = answer else { return nil }
                return fault.trouble
            }, skew: skew)
    }

    private static func answers<Value: Sendable>(
        of hosts: [HostID], _ ask: @escaping @Sendable (HostID) async throws(HostFault) -> Value
    ) async -> [HostID: Result<Value, HostFault>] {
        await withTaskGroup { group in
            for host in hosts {
                group.addTask { () -> (HostID, Result<Value, HostFault>) in
                    do throws(HostFault) {
                        return (host, .success(try await ask(host)))
                    } catch {
                        return (host, .failure(error))
                    }
                }
            }
            return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
    }
}

extension HostShell {
    fileprivate func agentUnit(on host: HostID) async throws(HostFault) -> SystemdUnitState {
        let text: HostCommand.StaticText = """
            systemctl show -p LoadState -p ActiveState -p UnitFileState turnstile-agent.service
            """
        let result = try await run(host, HostCommand(text))
        do {
            return try SystemdUnitState(result.outputText)
        } catch {
            throw HostFault(host: host, kind: .answerUnreadable, why: "\(error)")
        }
    }
}

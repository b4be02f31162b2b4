import AgentProtocol
import Driving
import HostFiles
import RolloutModel

/// Hosts whose agent is not there, or is not this turnstile's.
public struct AgentSkew: Hashable, Sendable {
    /// The agents that this turnstile cannot work with, in the order of the hosts.
    public var unfit: [Finding] = []
    /// Another version of the same protocol: it works.
    public var otherVersions: [Finding] = []
    /// Another program than the most hosts of its kind of machine have, by SHA-256, whatever version it says it is.
    public var otherPrograms: [Finding] = []

    public struct Finding: Hashable, Sendable {
        public var host: HostID
        public var why: String
    }

    /// - Parameters:
    ///   - reports: of all hosts; any other fault than the agent's is none of this.
    ///   - places: what stands at the agent's place and its unit's, where that could be asked.
    ///   - version: of this turnstile.
    init(
        hosts: [HostID], reports: [HostID: Result<HostReport, HostFault>], places: [HostID: AgentPlace],
        version: String
    ) {
        for host in hosts {
            switch reports[host] {
            case .failure(let fault) where fault.kind == .agentMissing || fault.kind == .agentDiffers:
                unfit.append(Finding(host: host, why: fault.why))
            case .success(let report):
                let found = report.agent.agentVersion
                if let state = places[host]?.unit?.loadState, state != "loaded" {
                    unfit.append(Finding(host: host, why: "its turnstile-agent.service is \(state)"))
                } else if found != version {
                    otherVersions.append(Finding(host: host, why: "its agent is \(found)"))
                }
            case .failure, nil: break
            }
        }
        otherPrograms = Self.oddPrograms(hosts, places).filter { odd in
            !unfit.contains { $0.host == odd.host }
        }
    }

    /// The programs that differ from the usual one of their kind of machine. The usual program is the one on the most
    /// hosts; among equals, the first host's.
    private static func oddPrograms(_ hosts: [HostID], _ places: [HostID: AgentPlace]) -> [Finding] {
        let programs = hosts.compactMap { host in places[host]?.program.map { (host: host, program: $0) } }
        return Dictionary(grouping: programs) { $0.program.machine }.values.flatMap { alike -> [Finding] in
            var counts: [AgentPlace.Program: Int] = [:]
            for each in alike { counts[each.program, default: 0] += 1 }
            let most = counts.values.max() ?? 0
            guard let usual = alike.first(where: { counts[$0.program] == most })?.program else { return [] }
            return alike.filter { $0.program != usual }.map {
                Finding(
                    host: $0.host,
                    why: "its agent has SHA-256 \($0.program.digest), and others have \(usual.digest)")
            }
        }.sorted { (hosts.firstIndex(of: $0.host) ?? 0) < (hosts.firstIndex(of: $1.host) ?? 0) }
    }
}

/// Every host's report, and what is wrong with the hosts' agents.
public struct AgentRollCall: Sendable {
    public var reports: [HostID: Observation<HostReport>]
    /// The reasons why hosts gave no report.
    public var troubles: [HostID: HostTrouble]
    /// The bastions that keep hosts away, by the host that is kept away.
    public var bastions: [HostID: ShutBastion]
    public var skew: AgentSkew

    /// Asks all hosts at once; an agent that somebody else than root may have put there is not run.
    public static func take(
        of hosts: [HostID], access: HostAccess, shell: HostShell, version: String
    ) async -> AgentRollCall {
        let looked = await answers(of: hosts) { host throws(HostFault) in try await shell.agentPlace(on: host)
        }
        let heard = await answers(of: hosts) { host throws(HostFault) in
            if let exposed = try looked[host]?.get().exposed {
                throw HostFault(host: host, kind: .agentDiffers, why: exposed)
            }
            return try await access.report(host)
        }
        let places = looked.compactMapValues { try? $0.get() }
        let skew = AgentSkew(hosts: hosts, reports: heard, places: places, version: version)
        let faults = heard.compactMapValues { answer -> HostFault? in
            guard case .failure(let fault) = answer else { return nil }
            return fault
        }
        return AgentRollCall(
            reports: heard.mapValues { answer in
                switch answer {
                case .success(let report): .seen(report)
                case .failure(let fault): .unknown(fault.why)
                }
            },
            troubles: faults.mapValues(\.trouble), bastions: faults.compactMapValues(\.bastion), skew: skew)
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

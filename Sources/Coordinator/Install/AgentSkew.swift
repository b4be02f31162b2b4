import AgentProtocol
import HostFiles
import RolloutModel
import Rollouts

extension AgentSkew {
    /// - Parameters:
    ///   - reports: of all hosts; any other fault than the agent's is none of this.
    ///   - places: what stands at the agent's place and its unit's, where that could be asked.
    ///   - version: of this turnstile.
    init(
        hosts: [HostID], reports: [HostID: Result<HostReport, HostFault>], places: [HostID: AgentPlace],
        version: String
    ) {
        self.init()
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
        let atWork = Set(
            hosts.filter { host in
                guard case .success(let report)? = reports[host] else { return false }
                return HostEngagement(report)?.isInMidTurn ?? false
            })
        let odd = Self.oddPrograms(hosts, places, atWork: atWork).filter { odd in
            !unfit.contains { $0.host == odd.host }
        }
        otherPrograms = odd.filter { !atWork.contains($0.host) }
        otherProgramsAtWork = odd.filter { atWork.contains($0.host) }
    }

    /// The programs that differ from the usual one of their kind of machine. The usual program is the one on the most
    /// hosts at rest; among equals, the first host's.
    private static func oddPrograms(
        _ hosts: [HostID], _ places: [HostID: AgentPlace], atWork: Set<HostID>
    ) -> [Finding] {
        let programs = hosts.compactMap { host in places[host]?.program.map { (host: host, program: $0) } }
        return Dictionary(grouping: programs) { $0.program.machine }.values.flatMap { alike -> [Finding] in
            let atRest = alike.filter { !atWork.contains($0.host) }
            var counts: [AgentPlace.Program: Int] = [:]
            for each in atRest { counts[each.program, default: 0] += 1 }
            let most = counts.values.max() ?? 0
            guard let usual = atRest.first(where: { counts[$0.program] == most })?.program else { return [] }
            return alike.filter { $0.program != usual }.map {
                Finding(
                    host: $0.host,
                    why: "its agent has SHA-256 \($0.program.digest), and others have \(usual.digest)")
            }
        }.sorted { (hosts.firstIndex(of: $0.host) ?? 0) < (hosts.firstIndex(of: $1.host) ?? 0) }
    }
}

extension HostEngagement {
    /// True if a step of a rollout has begun on the host and has not ended.
    fileprivate var isInMidTurn: Bool {
        guard case .engaged = self else { return false }
        return true
    }
}

extension AgentRollCall {
    /// Asks all hosts at once; an agent that somebody else than root may have put there is not run.
    public static func take(
        of hosts: [HostID], access: HostAccess, shell: HostShell, version: String
    ) async -> AgentRollCall {
        await look(at: hosts, access: access, shell: shell, version: version).roll
    }

    /// The roll call, and the places that somebody else than root may write to, by the host whose agent was not run for
    /// that.
    static func look(
        at hosts: [HostID], access: HostAccess, shell: HostShell, version: String
    ) async -> (roll: AgentRollCall, exposed: [HostID: ExposedPlace]) {
        let looked = await answers(of: hosts) { host throws(HostFault) in try await shell.agentPlace(on: host)
        }
        let heard = await answers(of: hosts) { host throws(HostFault) in
            if let exposed = try looked[host]?.get().exposed {
                throw HostFault(host: host, kind: .agentDiffers, why: exposed)
            }
            return try await access.report(host)
        }
        let places = looked.compactMapValues { try? $0.get() }
        let roll = AgentRollCall(
            heard, skew: AgentSkew(hosts: hosts, reports: heard, places: places, version: version))
        return (roll, places.compactMapValues(\.exposedPlace))
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

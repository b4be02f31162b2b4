import AgentProtocol
import RolloutJournal
import RolloutModel
import Rollouts

/// A turnstile process over a simulated fleet: the use cases that ship, on simulated ports.
struct SimulatedTurnstile: Sendable {
    let fleet: Fleet
    let process: SimulatedProcess
    let disk: SimulatedDisk
    /// The operator's rollout.
    var rollout: RolloutID
    let settings: GateSettings
    let timeouts: RolloutTimeouts
    /// True if the lock is kept in etcd; false if at the agents alone.
    let hasStore: Bool
    /// The error of the machine's time of day, which may differ between commands.
    let clockError: Duration
    let log: Log
    /// True if somebody can be asked at etcd's point of no return.
    var isAttended = false
    var hooks: SimulatedHooks?
    var onState: @Sendable (RolloutMachine.State) -> Void = { _ in }
    /// The people who are told the course; nil where nobody listens.
    var audience: RehearsalAudience?

    /// How a command ends.
    enum Ending: Hashable, Sendable {
        case finished(RolloutMachine.Outcome)
        case held([HoldReason])
        /// The process died, or could not write its journal.
        case died
        /// The command does not act in this place, and refers to another command.
        case referred(RecoveryCommand, retryReverted: Bool)
        /// The command could not begin.
        case refused(String)
    }

    var useCases: UseCases {
        UseCases(
            ports: ports,
            settings: RolloutSettings(
                gates: settings, interval: audience?.interval ?? (settings.fleet?.ttl ?? .seconds(6)) / 3,
                timeouts: timeouts,
                mark: ConfigurationMark(digest: "")),
            decider: decider, tell: teller)
    }

    /// `turnstile upgrade`
    func upgrade(_ draft: PlanDraft) async -> Ending {
        await ending { try await useCases.upgrade(draft) }
    }

    /// `turnstile resume --from-hosts`, by a person who sees whose rollout the hosts report.
    ///
    /// - Returns: nil where no host knows of the operator's rollout.
    func resumeFromHosts(_ draft: PlanDraft) async -> Ending? {
        let ending = await ending { try await useCases.resumeFromHosts(draft, acceptsNoReturn: false) }
        return ending == .refused(Self.notTheirs) ? nil : ending
    }

    /// `turnstile resume`
    func resume(retryReverted: Bool) async -> Ending {
        await ending {
            let machine = try await disk.store(for: process, fleet).record(of: rollout).machine
            if retryReverted { fleet.giveWord(machine.state) }
            if machine.plan.acceptsNoReturn { fleet.acceptNoReturn(of: rollout) }
            let wish = ResumeWish(
                retryReverted: retryReverted, acceptsNoReturn: fleet.acceptNoReturn(machine))
            return try await useCases.resume(rollout.rawValue, wish)
        }
    }

    /// `turnstile abandon`
    func abandon() async -> Ending {
        await ending { try await useCases.abandon(rollout.rawValue) }
    }

    /// `turnstile rollback HOST`, for a host of the operator's rollout.
    func rollback(_ host: HostID) async -> Ending {
        await ending {
            let machine = try await disk.store(for: process, fleet).record(of: rollout).machine
            guard machine.retreating == host || machine.isFree(toRetreat: host) else {
                throw Refused(why: "their rollout has no way back for \(host)")
            }
            let draft = PlanDraft(
                rollout: rollout, hosts: machine.remaining.hosts.map(\.id), bystanders: [], order: .given,
                target: .firstOffer, found: nil, group: nil, server: nil, engineRest: .masked,
                commit: .engine, deadManMinutes: nil, onFailure: .hold, retryReverted: false,
                acceptsNoReturn: false, movesLeader: false, etcdAfter: nil, overrides: [],
                purpose: .upgrade, stopAfter: nil, operatorName: process.name, createdAt: "")
            return try await useCases.rollBack(host, draft)
        }
    }

    /// `turnstile lose HOST`
    func lose(_ host: HostID) async -> Ending {
        await ending {
            let end = try await useCases.lose(host)
            fleet.declareLost(host)
            return end
        }
    }

    /// `turnstile unlock ROLLOUT`
    func unlock(_ rollout: RolloutID, hosts: [HostID]) async {
        var turnstile = self
        turnstile.rollout = rollout
        let ending: String
        do {
            ending = "\(try await turnstile.useCases.unlock(rollout, hosts: hosts))"
        } catch {
            // A host that could not be told is named in a later hold, and is unlocked then.
            ending = "\(error)"
        }
        disk.close(for: process)
        log.write("\(process.name) unlocks \(rollout): \(ending)", at: fleet.time.now)
    }

    /// `turnstile hold`, beside the process that drives the rollout.
    func hold() async {
        let isHeard = (try? await useCases.hold(rollout.rawValue)) != nil
        if isHeard { fleet.count(.held) }
    }

    static let notTheirs = "no host knows of their rollout"

    private struct Refused: Error {
        var why: String
    }

    private func ending(_ body: () async throws -> RolloutEnd) async -> Ending {
        let ending: Ending
        do {
            let end = try await body()
            ending =
                switch end.ending {
                case .finished(let outcome): .finished(outcome)
                case .held(let reasons): .held(reasons)
                }
        } catch let refusal as CommandRefusal {
            ending = Self.ending(refusal)
        } catch let refused as Refused {
            ending = .refused(refused.why)
        } catch let error as JournalError {
            if case .notWritten = error { ending = .died } else { ending = .refused(error.description) }
        } catch {
            ending = .died
        }
        disk.close(for: process)
        let told: Ending = process.isDead ? .died : ending
        if process.isDead { fleet.count(.crash) }
        log.write("\(process.name) ends: \(told)", at: fleet.time.now)
        return told
    }

    private static func ending(_ refusal: CommandRefusal) -> Ending {
        switch refusal {
        case .held(let reasons), .notGoneOn(_, let reasons), .notRolledBack(let reasons): .held(reasons)
        case .noHostKnowsARollout, .declined(.journalLost): .refused(notTheirs)
        // The refusal names the remedy: to unlock that rollout.
        case .holderUnreadable(let rollout, _):
            .held([
                .lock(.lockHeld(by: LockHolder(rollout: rollout, token: 0, operatorName: "", since: "")))
            ])
        case .refers(let referral): .referred(referral.command, retryReverted: referral.retriesReverted)
        default: .refused("\(refusal)")
        }
    }
}

extension HostReferral {
    /// True if the command line retries a host that went back.
    fileprivate var retriesReverted: Bool { line.contains("--retry-reverted") }
}

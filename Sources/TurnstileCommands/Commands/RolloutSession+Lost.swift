import AgentProtocol
import Coordinator
import Driving
import Foundation
import RolloutJournal
import RolloutModel

/// A rollout whose journal is lost is taken up from what the hosts' own agents tell.
extension RolloutSession {
    /// What the hosts know of a rollout, and the plan that goes on with it.
    ///
    /// - Parameters:
    ///   - onFailure: no host knows what was chosen when it began.
    ///   - movesLeader: likewise.
    /// - Throws: `CommandFailure` where they know of none, where it cannot be told, or where its journal is here after all.
    func findLost(
        onFailure: Plan.OnFailure, movesLeader: Bool
    ) async throws -> (LostRollout, Plan) {
        let roll = try await agentRoll()
        let reports = roll.reports
        do {
            guard let lost = try LostRollout.found(on: hosts, in: reports, troubles: roll.troubles) else {
                throw CommandFailure(
                    .usage,
                    "no host knows of a rollout. Begin one with: \(invocation.command("upgrade"))"
                )
            }
            var draft = draft(of: lost, onFailure: onFailure, movesLeader: movesLeader)
            draft.hosts = try await arrangeLost(reports)
            var plan = try draft.plan(with: reports).get()
            let unknown = try await takeBaselines(into: &plan) + identifyNodes(of: &plan)
            guard unknown.isEmpty else { throw CommandFailure.held(unknown) }
            return (lost, plan)
        } catch let cannot as PlanDraft.CannotPlan {
            throw CommandFailure.held(cannot.reasons)
        }
    }

    /// Begins its journal anew. The rollout keeps its id: it has the cluster already, and takes it again.
    func begin(_ lost: LostRollout, _ plan: Plan) async throws -> (Journal, token: Token) {
        if let trouble = try choice.trouble(with: lost.rollout) { throw trouble }
        guard try !choice.directory.rollouts().contains(lost.rollout) else {
            throw CommandFailure(
                .usage,
                """
                the journal of rollout \(lost.rollout) is not lost: it is '\(choice.directory.journalPath(of: lost.rollout))'. \
                Go on with: \(resumeCommand(lost.rollout))
                """)
        }
        return try await begin(plan)
    }

    /// - Throws: `CommandFailure` where what the order depends on cannot be told.
    private func arrangeLost(_ reports: [HostID: Observation<HostReport>]) async throws -> [HostID] {
        do throws(HostFault) {
            return try await arrange(reports)
        } catch {
            throw CommandFailure.held([
                .plan(
                    .orderUnknown(
                        order: configuration.update.order, why: "through '\(error.host)': \(error.why)"))
            ])
        }
    }

    private func draft(of lost: LostRollout, onFailure: Plan.OnFailure, movesLeader: Bool) -> PlanDraft {
        let target = lost.target ?? configuration.update.to
        return PlanDraft(
            rollout: lost.rollout, hosts: hosts, order: configuration.update.order,
            target: target.map { .pinned(version: $0) } ?? .firstOffer,
            found: lost.found,
            group: configuration.update.group, server: configuration.update.server,
            engineRest: configuration.update.engineRest, commit: configuration.update.commit,
            deadManMinutes: configuration.update.deadManMinutes, onFailure: onFailure,
            retryReverted: false, acceptsNoReturn: false, movesLeader: movesLeader,
            etcdAfter: configuration.gates.settings.etcd?.after, overrides: [], purpose: .upgrade,
            stopAfter: nil,
            operatorName: Self.operatorName, createdAt: Date.now.formatted(.iso8601))
    }
}

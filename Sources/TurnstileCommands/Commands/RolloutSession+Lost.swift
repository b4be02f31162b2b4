import Coordinator
import Driving
import Foundation
import RolloutJournal
import RolloutModel

/// A rollout whose journal is lost is taken up from what the hosts' own agents tell.
extension RolloutSession {
    /// What the hosts know of a rollout, and the plan that goes on with it.
    ///
    /// - Throws: `CommandFailure` where they know of none, where it cannot be told, or where its journal is here after all.
    func findLost() async throws -> (LostRollout, Plan) {
        let roll = try await agentRoll()
        let reports = roll.reports
        do {
            guard let lost = try LostRollout.found(on: hosts, in: reports, troubles: roll.troubles) else {
                throw CommandFailure(
                    .usage,
                    "no host knows of a rollout. Begin one with: \(invocation.command("upgrade"))"
                )
            }
            var plan = try plan(for: lost).plan(with: reports).get()
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

    private func plan(for lost: LostRollout) -> PlanDraft {
        let target = lost.target ?? configuration.update.to
        return PlanDraft(
            rollout: lost.rollout, hosts: hosts, target: target.map { .pinned(version: $0) } ?? .firstOffer,
            found: lost.found,
            group: configuration.update.group, server: configuration.update.server,
            engineRest: configuration.update.engineRest, commit: configuration.update.commit,
            deadManMinutes: configuration.update.deadManMinutes,
            etcdAfter: configuration.gates.settings.etcd?.after, stopAfter: nil,
            operatorName: Self.operatorName, createdAt: Date.now.formatted(.iso8601))
    }
}

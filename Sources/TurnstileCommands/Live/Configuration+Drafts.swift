import Foundation
import RolloutModel
import Rollouts
import Settings

extension Configuration {
    /// The draft for `upgrade` and `plan`.
    func draft(_ options: UpdateOptions, acceptsNoReturn: Bool = false) throws -> PlanDraft {
        var draft = try draft
        draft.onFailure = options.onFailure.onFailure
        draft.retryReverted = options.retryReverted
        draft.acceptsNoReturn = acceptsNoReturn
        // Whoever is asked about the point of no return is asked about an offer that is not known yet.
        draft.asksAboutOffer = !acceptsNoReturn && draft.target == .firstOffer ? true : nil
        draft.movesLeader = options.moveLeader
        draft.overrides = options.overrides.gates
        draft.stopAfter = options.stopAfter
        return draft
    }

    /// The draft that follows from the configuration alone.
    var draft: PlanDraft {
        get throws {
            PlanDraft(
                rollout: Self.newRollout(), hosts: try namedHosts, bystanders: bystanders,
                order: update.order,
                target: update.to.map { .pinned(version: $0) } ?? .firstOffer, found: nil,
                group: update.group, server: update.server, engineRest: update.engineRest,
                commit: update.commit, deadManMinutes: update.deadManMinutes, onFailure: .hold,
                retryReverted: false, acceptsNoReturn: false, movesLeader: false,
                etcdAfter: gates.settings.etcd?.after, overrides: [], purpose: .upgrade, stopAfter: nil,
                operatorName: OperatorName.text, createdAt: TimeOfDay.now())
        }
    }

    /// The draft for hosts that no rollout here knows, and on which something is to be undone. Without hosts where none
    /// is named.
    var undoingDraft: PlanDraft {
        PlanDraft(
            rollout: Self.newRollout(), hosts: hosts.map(\.id), bystanders: [], order: .given,
            target: .firstOffer,
            found: nil, group: nil, server: nil, engineRest: update.engineRest, commit: update.commit,
            deadManMinutes: nil, onFailure: .hold, retryReverted: false, acceptsNoReturn: false,
            movesLeader: false, etcdAfter: nil, overrides: [], purpose: .upgrade, stopAfter: nil,
            operatorName: OperatorName.text, createdAt: TimeOfDay.now())
    }

    /// A new id. Ids sort by the time of the plan.
    static func newRollout() -> RolloutID {
        let time = Date.now.formatted(.iso8601.timeSeparator(.omitted).dateSeparator(.omitted))
            .replacing("T", with: "-").replacing("Z", with: "")
        let random = String(UInt32.random(in: 0x1000...0xffff), radix: 16)
        return RolloutID("r-\(time)-\(random)")
    }
}

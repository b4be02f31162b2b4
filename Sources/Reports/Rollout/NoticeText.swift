import RolloutJournal
import RolloutModel
import Rollouts

/// The lines that a use case's notices are to people. The course of a rollout is `RolloutView`'s.
package enum NoticeText {
    package static func lines(_ notice: Notice, _ invocation: Invocation) -> [String] {
        switch notice {
        case .begins, .course, .settled, .asking, .watching, .taking, .lettingGo, .driven: []
        case .leftOut(let errors): leftOut(errors).map(invocation.completing)
        case .otherAgents(let skew): AgentSkewText.notes(skew, invocation)
        case .coverage(let sentence): ["Note: \(sentence)."]
        case .ttlDiffers(let difference): ["Note: \(difference)."]
        case .settings(let start, let last, let now):
            SettingsDifference(from: start, over: last, to: now).sentence.map { [$0] } ?? []
        case .taken(let rollout, let missing): missing.isEmpty ? [] : untold(missing, rollout)
        case .heldStill(let rollout, let left):
            ["Rollout \(rollout) has ended, and these are held by it still:"] + left.map { "  - \($0)" }
                + ["To free them: \(invocation.command(.resume, rollout))"]
        case .endedAlready(let rollout): ["Rollout \(rollout) has ended already."]
        case .overridden(let overrides): overrides.map { "Passed over from here on: \($0)" }
        case .rollbackGoesOn(let host): ["Going on with the rollback of '\(host)'."]
        case .wouldGoBack(let host, let version, let from, let to):
            ["'\(host)' runs \(version) on \(from), and would go back to \(to)."]
        case .nodeFreed(let name): ["Node '\(name)', which it had cordoned, is uncordoned."]
        case .nodesNotFreed(let why): ["Nodes that it cordoned stay so: \(why). See: kubectl get nodes"]
        case .drivingUnknown(let rollout, let error):
            ["Whether a turnstile drives rollout \(rollout) cannot be told: \(error)"]
        }
    }

    private static func untold(_ missing: [RolloutLock.Missing], _ rollout: RolloutID) -> [String] {
        ["These hosts could not be told that rollout \(rollout) has this cluster:"]
            + missing.map { "  - \($0)" } + ["The gates stay shut until each host can be read."]
    }

    /// The first few by name: a directory may be full of them.
    private static func leftOut(_ errors: [JournalError]) -> [String] {
        let named = errors.prefix(namedMax).map { "Left out: \($0)" }
        guard errors.count > namedMax else { return named }
        return named + ["Left out: \(errors.count - namedMax) more files. See 'turnstile history'."]
    }

    private static let namedMax = 5
}

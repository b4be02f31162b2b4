import Foundation
import RolloutJournal

/// The words for a timeline's parts.
enum TimelineWords {
    static func words(_ kind: RolloutTimeline.Phase.Kind) -> String {
        switch kind {
        case .gates: "asking the gates"
        case .staging: "staging"
        case .staged: "staged, asking the gates once more"
        case .draining: "draining its node"
        case .away: "rebooting"
        case .proving: "back, not proved whole"
        case .committing: "committing"
        case .uncordoning: "uncordoning its node"
        case .settling: "committed, looking once more"
        case .retreating: "to go back, asking the gates"
        case .goingBack: "going back"
        case .recovering: "gone back, not proved whole"
        case .givingBack: "being given back"
        case .held: "held"
        }
    }

    static func words(_ kind: RolloutTimeline.Decision.Kind) -> String {
        switch kind {
        case .override: "gate passed over"
        case .holdAsked: "hold asked for"
        case .resumed: "gone on with"
        case .retryReverted: "hosts that went back may be tried again"
        case .acceptsNoReturn: "no host need go back any more"
        case .rollbackAsked: "rollback asked for"
        case .abandonAsked: "abandonment asked for"
        case .declaredLost: "declared lost"
        }
    }

    static func words(_ result: RolloutTimeline.Result) -> String {
        switch result {
        case .upgraded: "upgraded"
        case .alreadyThere: "already there"
        case .unchanged: "offered nothing"
        case .rolledBack: "rolled back"
        case .lost: "declared lost"
        }
    }

    /// How long something took.
    ///
    /// - Parameters:
    ///   - time: nil where it is not over, or could not be measured.
    ///   - now: what is not over is measured up to here.
    static func took(_ time: Duration?, since began: String, isOver: Bool, now: Date) -> String {
        if let time { return RolloutText.elapsed(time) }
        guard !isOver, let began = try? Date(began, strategy: .iso8601), began <= now else { return "?" }
        return RolloutText.elapsed(now.time(since: began)) + " so far"
    }

    static func words(_ attachment: RolloutTimeline.Attachment) -> String {
        if attachment.hasUnnamedChanges { return "differ; the journal does not tell which" }
        let changes = attachment.changes.map { change in
            "\(change.key): \(change.was ?? "not set") → \(change.now ?? "not set")"
        }
        return changes.isEmpty ? "-" : changes.joined(separator: "; ")
    }
}

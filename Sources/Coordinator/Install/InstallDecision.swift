import AgentProtocol
import RolloutModel

/// The decision whether a host may be touched. Decided from what was read; asks nothing.
enum InstallDecision: Hashable, Sendable {
    case go
    case refuse(why: String, remedy: String)

    /// A rollout that is held may need another agent before it can go on: whoever has its journal may put it there.
    ///
    /// - Parameters:
    ///   - ours: rollouts that are recorded here, and not being driven.
    ///   - despiteUnreadable: a person's word that no rollout is under way where that cannot be read.
    static func installing(
        _ engagement: HostEngagement, ours: Set<String>, despiteUnreadable: Bool
    ) -> InstallDecision {
        switch engagement {
        case .atRest: .go
        case .held(let claim): ours.contains(claim.rollout) ? .go : .held(claim, ours: ours)
        case .engaged(let with, let rollout): .engaged(with, rollout)
        case .unreadable(let why): despiteUnreadable ? .go : .unreadable(why)
        }
    }

    static func removing(
        _ engagement: HostEngagement, from host: HostID, ours: Set<String>, despiteUnreadable: Bool
    ) -> InstallDecision {
        switch engagement {
        case .atRest(holdsOriginal: false): .go
        case .atRest(holdsOriginal: true):
            .refuse(
                why: "update.conf or the mask of update-engine are still as Turnstile left them",
                remedy:
                    "give back what was found with 'turnstile abandon --host \(host.word)', then uninstall"
            )
        case .held(let claim): .held(claim, ours: ours)
        case .engaged(let with, let rollout): .engaged(with, rollout)
        case .unreadable(let why): despiteUnreadable ? .go : .unreadable(why)
        }
    }

    private static func engaged(_ with: String, _ rollout: String?) -> InstallDecision {
        let name = rollout.map { " \($0)" } ?? ""
        return .refuse(
            why: with,
            remedy: "finish it with 'turnstile resume\(name)', or give it up with 'turnstile abandon\(name)'")
    }

    private static func held(_ claim: Claim, ours: Set<String>) -> InstallDecision {
        let with = "rollout \(claim.rollout) of \(claim.holder) has it since \(claim.since)"
        guard !ours.contains(claim.rollout) else { return .engaged(with, claim.rollout) }
        return .refuse(
            why: with,
            remedy: """
                wait for its end; only if its turnstile is dead for good, 'turnstile unlock \(claim.rollout)' frees its hosts
                """)
    }

    private static func unreadable(_ why: String) -> InstallDecision {
        .refuse(
            why:
                "whether a rollout is under way there cannot be read from \(HostEngagement.recordPath): \(why)",
            remedy: "look at that file; where no rollout is under way, add --despite-unreadable")
    }
}

import RolloutModel
import Testing

@testable import Coordinator

@Suite struct InstallDecisionTests {
    let held = HostEngagement.held(by: HostEngagementTests.claim)
    let engaged = HostEngagement.engaged(with: "rollout r-1 is at 'staged' there", rollout: "r-1")

    func install(_ engagement: HostEngagement, ours: Set<String> = []) -> InstallDecision {
        .installing(engagement, ours: ours, despiteUnreadable: false)
    }

    func remove(_ engagement: HostEngagement, ours: Set<String> = []) -> InstallDecision {
        .removing(engagement, from: HostID("core-1"), ours: ours, despiteUnreadable: false)
    }

    /// A rollout that is held may be waiting for just that agent.
    @Test func whoHasTheJournalMayReplaceAnAgentBetweenTwoHosts() {
        #expect(install(held, ours: ["r-0", "r-1"]) == .go)
        for ours in [[], ["r-0", "r-11"]] as [Set<String>] {
            guard case .refuse(let why, let remedy) = install(held, ours: ours) else {
                Issue.record("it is replaced under another's rollout")
                continue
            }
            #expect(why == "rollout r-1 of core@bastion has it since 2026-11-25T08:00:00Z")
            #expect(remedy.contains("wait for its end") && remedy.contains("'turnstile unlock r-1'"))
        }
    }

    @Test func nobodyReplacesAnAgentAtWork() {
        for ours in [[], ["r-1"]] as [Set<String>] {
            guard case .refuse(_, let remedy) = install(engaged, ours: ours) else {
                Issue.record("it is replaced at work")
                continue
            }
            #expect(remedy.contains("'turnstile resume r-1'"))
        }
    }

    /// Without its agent a held rollout could not end.
    @Test func nobodyRemovesAnAgentThatIsHeld() {
        guard case .refuse(_, let ours) = remove(held, ours: ["r-1"]),
            case .refuse(_, let anothers) = remove(held)
        else {
            Issue.record("it is removed")
            return
        }
        #expect(ours.contains("'turnstile abandon r-1'"))
        #expect(anothers.contains("'turnstile unlock r-1'"))
    }

    @Test func atRestBothMayBeDone() {
        #expect(install(.atRest(holdsOriginal: true)) == .go)
        #expect(remove(.atRest(holdsOriginal: false)) == .go)
        #expect(remove(.atRest(holdsOriginal: true)) != .go)
    }
}

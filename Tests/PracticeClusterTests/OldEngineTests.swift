import AgentProtocol
import Testing

extension PracticeClusterTests {
    /// An engine of 2016 leaves LAST_CHECKED_TIME as it was where nothing is on offer, and names no version (facts 0.53):
    /// a host that has what there is would hold every rollout.
    @Test func anEngineOf2016IsUnderstood() async throws {
        try await PracticeCluster.with([
            "--hosts", "1", "--time-scale", "0.02", "--from", "1185.3.0",
        ]) { cluster in
            var agent = PracticeAgent(cluster: cluster)
            try await cluster.offer("none")
            let nothing = try await agent.stage()
            guard case .nothingOffered(let answer)? = nothing else {
                Issue.record("\(String(describing: nothing))")
                return
            }
            #expect(answer.runningVersion == "1185.3.0" && answer.offered == nil)

            try await cluster.offer("1353.8.0")
            agent = agent.withHigherToken()
            let staged = try await agent.stage(target: "1353.8.0")
            guard case .staged(let update)? = staged else {
                Issue.record("\(String(describing: staged))")
                return
            }
            #expect(update.version == "1353.8.0" && update.evidence.last == .partition)
        }
    }
}

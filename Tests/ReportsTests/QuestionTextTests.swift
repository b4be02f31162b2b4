import RolloutModel
import Rollouts
import Testing

@testable import Reports

/// The text that a person reads before the answer.
@Suite struct QuestionTextTests {
    private static let plain = Terminal(isLive: false, hasColour: false)

    private func lines(_ question: Question) async -> [String] {
        await QuestionText.lines(question, makesBackup: false, on: Self.plain, forecasts: { _ in [] })
    }

    /// A way back drains nothing, and the question says so.
    @Test func aWayBackSaysThatPodsEnd() async {
        let undrained = await lines(.rollBack(HostID("core-1"), in: nil, isUndrained: true))
        #expect(undrained.count == 1 && undrained[0].contains("is not drained for a way back"))
        #expect(await lines(.rollBack(HostID("core-1"), in: nil, isUndrained: false)) == [])
    }

    /// A rollout that was held long ago is not taken up unsaid.
    @Test func aWayBackNamesTheRolloutThatItIsIn() async throws {
        let record = try StatusWordsTests.record([.began, .holdRequested(by: .command(by: "bob@desk"))])
        let lines = await lines(.rollBack(HostID("a"), in: record, isUndrained: false))
        let begins = "'a' is in rollout r-1 of core@bastion, begun 2026-11-24T00:00:00Z ("
        #expect(lines.count == 2 && lines[0].hasPrefix(begins), "\(lines)")
        #expect(lines[0].hasSuffix(" ago), which has not ended and is taken up for this. It stands at:"))
        #expect(lines[1] == "  held before 'a': bob@desk asked to hold")
    }

    @Test func anOfferIsNamedWithItsHost() async {
        let reason = HoldReason.offer(
            .offerUnconfirmed(host: HostID("core-1"), offered: Version("1520.8.0")))
        #expect(
            await lines(.acceptOffer(reason)) == [
                "host 'core-1' was offered 1520.8.0, which becomes the target of all; it is staged there, and not booted."
            ])
        #expect(QuestionText.question(.acceptOffer(reason)) == "Go on?")
    }
}

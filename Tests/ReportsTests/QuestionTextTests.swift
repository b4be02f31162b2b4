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
        let undrained = await lines(.rollBack(HostID("core-1"), isUndrained: true))
        #expect(undrained.count == 1 && undrained[0].contains("is not drained for a way back"))
        #expect(await lines(.rollBack(HostID("core-1"), isUndrained: false)) == [])
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

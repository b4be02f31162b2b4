import RolloutModel
import Rollouts
import Testing

@testable import Reports

/// The journal of a platform's upgrade is lost, in words.
@Suite struct LostPlatformTextTests {
    static let words = [
        "hosts know nothing of its steps", "'deisctl start publisher'",
        "turnstile --config /t.yaml resume r-1-platform", "turnstile --config /t.yaml platform audit",
        "turnstile --config /t.yaml unlock r-1-platform",
    ]

    @Test(arguments: words) func theRefusalSaysWhatToDoInstead(words: String) {
        let failure = CommandFailure(.platformLost(RolloutID("r-1-platform")), Invocation(config: "/t.yaml"))
        #expect(failure.code == .held && failure.message.contains(words), "\(failure.message)")
    }
}

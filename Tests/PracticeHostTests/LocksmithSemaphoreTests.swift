import ClusterAnswers
import Testing

@testable import PracticeHost

/// The stand-in keeps the semaphore as the real one did (facts 8, and what 0.6.2 was seen to write).
@Suite struct LocksmithSemaphoreTests {
    @Test func isLockedAndUnlockedAsTheRealOne() throws {
        var semaphore = LocksmithSemaphore.initial
        #expect(semaphore.json == #"{"semaphore":1,"max":1,"holders":null}"#)
        try semaphore.lock("65e")
        #expect(semaphore.json == #"{"semaphore":0,"max":1,"holders":["65e"]}"#)
        #expect(refusal { try semaphore.lock("01d") } == "semaphore is at 0")
        semaphore.setMax(2)
        #expect(refusal { try semaphore.lock("65e") } == "holder exists")
        try semaphore.lock("01d")
        #expect(semaphore.json == #"{"semaphore":0,"max":2,"holders":["01d","65e"]}"#)
        #expect(refusal { try semaphore.unlock("nosuch") } == "holder does not exist")
        try semaphore.unlock("01d")
        try semaphore.unlock("65e")
        semaphore.setMax(1)
        #expect(semaphore.json == #"{"semaphore":1,"max":1,"holders":[]}"#)
    }

    /// The product reads the stand-in's text, and writes it back byte for byte.
    @Test func theProductWritesTheSame() throws {
        var semaphore = LocksmithSemaphore.initial
        semaphore.setMax(3)
        try semaphore.lock("b")
        try semaphore.lock("a")
        #expect(try LocksmithStatus(json: semaphore.json).json == semaphore.json)
    }

    private func refusal(_ body: () throws -> Void) -> String? {
        do {
            try body()
            return nil
        } catch {
            return "\(error)"
        }
    }
}

import Synchronization
import Testing

@testable import SSH

/// Tests how long an answer is kept, and how often a person is asked.
@Suite struct GivenAnswersTests {
    enum Act: Sendable {
        case asked, taken
        /// Refused so many seconds after the beginning.
        case refused(at: Int)
    }

    private static let target = SSHTarget(name: "box", host: "192.0.2.1", port: 22, user: "core")

    static let courses: [([Act], Int)] = [
        ([.asked, .asked], 1),
        ([.asked, .refused(at: 0), .asked], 2),
        // Three wrong answers are the last.
        ([.asked, .refused(at: 0), .asked, .refused(at: 0), .asked, .refused(at: 0), .asked], 3),
        // A host that boots refuses what it took before.
        ([.asked, .taken, .refused(at: 0), .asked], 1),
        ([.asked, .taken, .refused(at: 0), .refused(at: 119), .asked], 1),
        ([.asked, .taken, .refused(at: 0), .refused(at: 120), .asked], 2),
        ([.asked, .taken, .refused(at: 0), .taken, .refused(at: 120), .asked], 1),
        // The password was changed meanwhile, and the new one is wrong at first.
        ([.asked, .taken, .refused(at: 0), .refused(at: 120), .asked, .refused(at: 121), .asked], 3),
        // A refused answer is not taken for right.
        ([.asked, .refused(at: 0), .taken, .asked, .refused(at: 1), .asked], 3),
    ]

    @Test(arguments: courses.indices) func aPersonIsAskedAsOftenAsNeeded(index: Int) async {
        let (acts, times) = Self.courses[index]
        let count = Mutex(0)
        let time = Mutex(0)
        let start = ContinuousClock.now
        let answers = GivenAnswers(
            from: .there { _ in
                count.withLock {
                    $0 += 1
                    return "answer \($0)"
                }
            }, now: { start + .seconds(time.withLock { $0 }) })
        for question in [
            LoginQuestion.password(of: Self.target),
            .server(Self.target, words: "Password: ", isSecret: true),
        ] {
            count.withLock { $0 = 0 }
            var given = ""
            for act in acts {
                switch act {
                case .asked: given = await answers.answer(to: question) ?? given
                case .taken: answers.accept(given, to: question)
                case .refused(let at):
                    time.withLock { $0 = at }
                    _ = answers.reject(given, to: question)
                }
            }
            #expect(count.withLock { $0 } == times, "\(question)")
        }
    }
}

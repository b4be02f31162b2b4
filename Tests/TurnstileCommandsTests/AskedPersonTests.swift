import SSH
import Synchronization
import Testing

@testable import TurnstileCommands

/// Tests how often a person is asked, and which answers count as declining.
@Suite struct AskedPersonTests {
    private static let (a, b) = (target("a"), target("b"))

    private static func target(_ name: String) -> SSHTarget {
        SSHTarget(name: name, host: "192.0.2.1", port: 22, user: "core")
    }

    /// - Returns: the number of questions that reach the person, where all get the same answer.
    private static func asked(_ questions: [LoginQuestion], answer: String?) async -> Int {
        let count = Mutex(0)
        let person = AskedPerson { _ in
            count.withLock { $0 += 1 }
            return answer
        }
        for question in questions { _ = await person.answer(to: question) }
        return count.withLock { $0 }
    }

    @Test(
        arguments: [
            ([.password(of: a), .password(of: b)], "secret", 2),
            // An empty answer is no password.
            ([.password(of: a), .password(of: b)], "", 1), ([.password(of: a), .password(of: b)], nil, 1),
            ([.server(a, words: "Code: ", isSecret: true), .password(of: b)], nil, 1),
            // A server may accept an empty answer.
            ([.server(a, words: "Go on? ", isSecret: false), .password(of: b)], "", 2),
            // A key is one of several, and the next host may need another.
            ([.passphrase(path: "/k"), .passphrase(path: "/l"), .password(of: a)], nil, 3),
            ([.password(of: a), .passphrase(path: "/k")], nil, 2),
        ] as [([LoginQuestion], String?, Int)])
    func aPersonWhoDeclinesIsAskedByNoOtherHost(_ questions: [LoginQuestion], _ answer: String?, _ count: Int)
        async
    {
        #expect(await Self.asked(questions, answer: answer) == count)
    }

    @Test func oneQuestionIsPutAtATime() async {
        let now = Mutex(0)
        let most = Mutex(0)
        let person = AskedPerson { _ in
            let count = now.withLock { now in
                now += 1
                return now
            }
            most.withLock { $0 = max($0, count) }
            for _ in 0..<20 { await Task.yield() }
            now.withLock { $0 -= 1 }
            return "secret"
        }
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<8 {
                group.addTask { _ = await person.answer(to: .password(of: Self.target("h\(number)"))) }
            }
        }
        #expect(most.withLock { $0 } == 1)
    }
}

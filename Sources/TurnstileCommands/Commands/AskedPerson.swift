import SSH
import Settings
import Synchronization

/// A person who is asked one thing at a time, however many hosts have questions.
final class AskedPerson: Sendable {
    private let ask: Person.Ask
    private let turns = Slots(count: 1)
    private let hasDeclined = Mutex(false)

    /// - Parameter ask: puts a question. Nil is the answer of a person who declines.
    init(_ ask: @escaping Person.Ask) { self.ask = ask }

    func answer(to question: LoginQuestion) async -> String? {
        await turns.enter()
        let answer = await answerInTurn(to: question)
        await turns.leave()
        return answer
    }

    /// A person who declines a host's question is asked by no other host: there may be hundreds of them.
    private func answerInTurn(to question: LoginQuestion) async -> String? {
        if case .passphrase = question { return await ask(question) }
        guard !hasDeclined.withLock({ $0 }) else { return nil }
        var answer = await ask(question)
        if case .password = question, answer == "" { answer = nil }
        if answer == nil, !Task.isCancelled { hasDeclined.withLock { $0 = true } }
        return answer
    }
}

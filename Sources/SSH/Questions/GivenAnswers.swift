import Synchronization

/// Passphrases asked for so far. However many hosts want one, the person is asked once.
final class Passphrases: Sendable {
    /// How often one key's passphrase may be given wrongly.
    static let attemptsMax = 3

    private struct Question {
        var attempts = 0
        var isBeingAsked = false
        /// Nil inside: there is none to be had.
        var answer: String??
        var waiters: [Int: CheckedContinuation<Void, Never>] = [:]
        var nextWaiter = 0
    }

    private let ask: SSHCredentials.AskPassphrase?
    private let questions = Mutex<[String: Question]>([:])

    init(ask: SSHCredentials.AskPassphrase?) { self.ask = ask }

    private enum Turn { case answered(String?), ask, wait(Int) }

    /// The passphrase of a key file; nil if there is none to be had or the task was cancelled.
    func passphrase(for path: String) async -> String? {
        guard let ask else { return nil }
        while !Task.isCancelled {
            switch turn(path) {
            case .answered(let answer): return answer
            case .ask:
                let answer = await ask(path)
                // A person who did not get to answer has not declined.
                settle(path, Task.isCancelled && answer == nil ? .none : .some(answer))
                return answer
            case .wait(let id): await wait(path, id)
            }
        }
        return nil
    }

    /// A passphrase that did not open the key is forgotten, unless another took its place meanwhile.
    ///
    /// - Returns: whether it is worth asking again.
    func reject(_ answer: String, for path: String) -> Bool {
        questions.withLock { questions in
            guard var question = questions[path] else { return false }
            if case .some(.some(answer)) = question.answer {
                question.attempts += 1
                question.answer = question.attempts < Self.attemptsMax ? .none : .some(nil)
                questions[path] = question
            }
            return question.attempts < Self.attemptsMax
        }
    }

    private func turn(_ path: String) -> Turn {
        questions.withLock { questions in
            var question = questions[path] ?? Question()
            defer { questions[path] = question }
            if let answer = question.answer { return .answered(answer) }
            if question.isBeingAsked {
                question.nextWaiter += 1
                return .wait(question.nextWaiter)
            }
            question.isBeingAsked = true
            return .ask
        }
    }

    private func settle(_ path: String, _ answer: String??) {
        let waiters = questions.withLock { questions in
            var question = questions[path] ?? Question()
            question.answer = answer
            question.isBeingAsked = false
            let waiters = question.waiters.values
            question.waiters = [:]
            questions[path] = question
            return Array(waiters)
        }
        for waiter in waiters { waiter.resume() }
    }

    private func wait(_ path: String, _ id: Int) async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isWaiting = questions.withLock { questions in
                    guard questions[path]?.isBeingAsked == true, !Task.isCancelled else { return false }
                    questions[path]?.waiters[id] = continuation
                    return true
                }
                if !isWaiting { continuation.resume() }
            }
        } onCancel: {
            questions.withLock { $0[path]?.waiters.removeValue(forKey: id) }?.resume()
        }
    }
}

import Synchronization

/// The answers given so far. However many hosts want one, the person is asked once.
final class GivenAnswers: Sendable {
    /// How often one question may be answered wrongly.
    static let attemptsMax = 3
    /// The time for which a server may refuse an answer that it took before. A server that boots refuses every login
    /// (pam_nologin), in the words for a wrong answer.
    static let bootTime = Duration.seconds(120)

    private struct State {
        var attempts = 0
        /// True if the server took the answer.
        var wasTaken = false
        /// The first refusal since the server took it.
        var refusedSince: ContinuousClock.Instant?
        var isBeingAsked = false
        /// Nil inside: there is none to be had.
        var answer: String??
        var waiters: [Int: CheckedContinuation<Void, Never>] = [:]
        var nextWaiter = 0
    }

    let person: Person
    private let questions = Mutex<[LoginQuestion: State]>([:])
    private let now: @Sendable () -> ContinuousClock.Instant

    init(from person: Person, now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }) {
        self.person = person
        self.now = now
    }

    private enum Turn { case answered(String?), ask, wait(Int) }

    /// - Returns: nil if there is none to be had, or the task was cancelled.
    func answer(to question: LoginQuestion) async -> String? {
        guard case .there(let ask) = person else { return nil }
        guard question.hasLastingAnswer else { return await ask(question) }
        while !Task.isCancelled {
            switch turn(question) {
            case .answered(let answer): return answer
            case .ask:
                let answer = await ask(question)
                // A person who did not get to answer has not declined.
                settle(question, Task.isCancelled && answer == nil ? .none : .some(answer))
                return answer
            case .wait(let id): await wait(question, id)
            }
        }
        return nil
    }

    /// Notes that the server took an answer.
    func accept(_ answer: String, to question: LoginQuestion) {
        questions.withLock { questions in
            guard var state = questions[question], case .some(.some(answer)) = state.answer else { return }
            (state.wasTaken, state.refusedSince, state.attempts) = (true, nil, 0)
            questions[question] = state
        }
    }

    /// An answer that was wrong is forgotten, unless another took its place meanwhile. An answer that the server took
    /// before is kept at first.
    ///
    /// - Returns: whether it is worth asking again.
    func reject(_ answer: String, to question: LoginQuestion) -> Bool {
        questions.withLock { questions in
            guard var state = questions[question] else { return false }
            if case .some(.some(answer)) = state.answer {
                if state.wasTaken {
                    let since = state.refusedSince ?? now()
                    state.refusedSince = since
                    guard now() - since >= Self.bootTime else {
                        questions[question] = state
                        return false
                    }
                    (state.wasTaken, state.refusedSince) = (false, nil)
                }
                state.attempts += 1
                state.answer = state.attempts < Self.attemptsMax ? .none : .some(nil)
                questions[question] = state
            }
            return state.attempts < Self.attemptsMax
        }
    }

    private func turn(_ question: LoginQuestion) -> Turn {
        questions.withLock { questions in
            var state = questions[question] ?? State()
            defer { questions[question] = state }
            if let answer = state.answer { return .answered(answer) }
            if state.isBeingAsked {
                state.nextWaiter += 1
                return .wait(state.nextWaiter)
            }
            state.isBeingAsked = true
            return .ask
        }
    }

    private func settle(_ question: LoginQuestion, _ answer: String??) {
        let waiters = questions.withLock { questions in
            var state = questions[question] ?? State()
            state.answer = answer
            state.isBeingAsked = false
            let waiters = state.waiters.values
            state.waiters = [:]
            questions[question] = state
            return Array(waiters)
        }
        for waiter in waiters { waiter.resume() }
    }

    private func wait(_ question: LoginQuestion, _ id: Int) async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isWaiting = questions.withLock { questions in
                    guard questions[question]?.isBeingAsked == true, !Task.isCancelled else { return false }
                    questions[question]?.waiters[id] = continuation
                    return true
                }
                if !isWaiting { continuation.resume() }
            }
        } onCancel: {
            questions.withLock { $0[question]?.waiters.removeValue(forKey: id) }?.resume()
        }
    }
}

import Dispatch
import Synchronization

/// A thread for calls that may never return, such as a write into a full pipe. Calls are made one after another.
///
/// A cancelled task waits no longer. Its call cannot be ended, and stays on the thread until it returns or the process
/// ends.
public final class Aside: Sendable {
    private let queue = DispatchQueue(label: "turnstile.aside")

    public init() {}

    /// - Throws: what the call throws; `CancellationError` where the task was cancelled before the call returned.
    public func run(_ call: @escaping @Sendable () throws -> Void) async throws {
        let answer = Answer()
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                answer.await(continuation)
                queue.async { answer.give(Result(catching: call)) }
            }
        } onCancel: {
            answer.give(.failure(CancellationError()))
        }
    }

    /// The first answer that is given, for the one who waits.
    private final class Answer: Sendable {
        private enum State {
            case open
            case awaited(CheckedContinuation<Void, any Error>)
            case given(Result<Void, any Error>)
            case over
        }

        private let state = Mutex(State.open)

        func await(_ continuation: CheckedContinuation<Void, any Error>) {
            let given: Result<Void, any Error>? = state.withLock { state in
                guard case .given(let result) = state else {
                    state = .awaited(continuation)
                    return nil
                }
                state = .over
                return result
            }
            if let given { continuation.resume(with: given) }
        }

        func give(_ result: Result<Void, any Error>) {
            let waiter: CheckedContinuation<Void, any Error>? = state.withLock { state in
                switch state {
                case .open:
                    state = .given(result)
                    return nil
                case .awaited(let continuation):
                    state = .over
                    return continuation
                case .given, .over: return nil
                }
            }
            waiter?.resume(with: result)
        }
    }
}

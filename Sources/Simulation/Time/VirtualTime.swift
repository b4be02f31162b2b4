import RolloutModel
import Rollouts
import Synchronization

/// Runs concurrent code on one thread, in an order drawn from a seed, over a clock that moves only when nothing else
/// can run.
///
/// Tasks that prefer this executor, and the actors and child tasks they use, run here job by job. The next job is
/// picked at random among those that are ready, so that many interleavings are tried; a sleeping task wakes when the
/// clock reaches its moment.
final class VirtualTime: TaskExecutor {
    private struct State {
        var dice: Dice
        var ready: [UnownedJob] = []
        var now = Moment.start
        var sleepers = Sleepers()
        var jobsRun = 0
    }

    private let state: Mutex<State>

    init(dice: Dice) { state = Mutex(State(dice: dice)) }

    /// The moment of the run.
    var now: Moment { state.withLock { $0.now } }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        state.withLock { $0.ready.append(job) }
    }

    /// Waits on the virtual clock. Ends early, and throws, when the task is cancelled.
    func sleep(_ span: Duration) async throws(CancellationError) {
        let id = state.withLock { state in state.sleepers.nextID() }
        await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                let isTooLate = state.withLock { state in
                    guard !Task.isCancelled else { return true }
                    state.sleepers.add(id, until: state.now + max(.zero, span), continuation)
                    return false
                }
                if isTooLate { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.sleepers.wake(id) }?.resume()
        }
        if Task.isCancelled { throw CancellationError() }
    }

    /// The clock for a driver.
    var clock: RolloutClock {
        RolloutClock(
            now: { [self] in now },
            sleep: { [self] span throws(CancellationError) in try await sleep(span) })
    }

    /// Runs ready jobs, and advances the clock, until the body's task has ended.
    ///
    /// - Returns: nil when nothing could run any more although the body had not ended, or after `jobsMax` jobs.
    func run<Value: Sendable>(jobsMax: Int, _ body: @escaping @Sendable () async -> Value) -> Value? {
        let result = Mutex(Value?.none)
        // The root task of a run has no parent: the caller is a plain thread, which plays the processor.
        let root = Task(executorPreference: self) {
            let value = await body()
            result.withLock { $0 = value }
        }
        while result.withLock({ $0 == nil }), step(jobsMax: jobsMax) {}
        if result.withLock({ $0 == nil }) { root.cancel() }
        return result.withLock { $0 }
    }

    private func step(jobsMax: Int) -> Bool {
        let job = state.withLock { state -> UnownedJob? in
            guard !state.ready.isEmpty, state.jobsRun < jobsMax else { return nil }
            state.jobsRun += 1
            let index = state.dice.roll(0...(state.ready.count - 1))
            state.ready.swapAt(index, state.ready.count - 1)
            return state.ready.removeLast()
        }
        if let job {
            job.runSynchronously(on: asUnownedTaskExecutor())
            return true
        }
        let sleeper = state.withLock { state -> UnsafeContinuation<Void, Never>? in
            guard state.jobsRun < jobsMax, let next = state.sleepers.next() else { return nil }
            state.now = max(state.now, next.until)
            return next.continuation
        }
        sleeper?.resume()
        return sleeper != nil
    }
}

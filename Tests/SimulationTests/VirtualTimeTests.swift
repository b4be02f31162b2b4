import RolloutModel
import Synchronization
import Testing

@testable import Simulation

/// The values that several tasks noted, in the order of noting.
private final class Noted<Value: Sendable>: Sendable {
    private let values = Mutex<[Value]>([])

    var all: [Value] { values.withLock { $0 } }

    func note(_ value: Value) { values.withLock { $0.append(value) } }
}

@Suite struct VirtualTimeTests {
    @Test func theClockMovesOnlyWhenNothingElseCan() {
        let time = VirtualTime(dice: Dice(seed: 1))
        let woken = Noted<Duration>()
        let end = time.run(jobsMax: 10_000) {
            await withTaskGroup { group in
                for seconds in [30, 10, 20] {
                    group.addTask {
                        try? await time.sleep(.seconds(seconds))
                        woken.note(time.now.sinceStart)
                    }
                }
            }
            return time.now.sinceStart
        }
        #expect(end == .seconds(30))
        #expect(woken.all == [.seconds(10), .seconds(20), .seconds(30)])
    }

    @Test func aCancelledSleepEndsAtOnce() {
        let time = VirtualTime(dice: Dice(seed: 1))
        let outcome = time.run(jobsMax: 10_000) {
            await withTaskGroup { group in
                group.addTask { () -> Bool in
                    do throws(CancellationError) { try await time.sleep(.seconds(1000)) } catch {
                        return false
                    }
                    return true
                }
                try? await time.sleep(.seconds(5))
                group.cancelAll()
                let hasSlept = await group.next()
                return (hasSlept, time.now.sinceStart)
            }
        }
        #expect(outcome?.0 == false)
        #expect(outcome?.1 == .seconds(5))
    }

    /// A run in which no task can go on is told from a run that has ended.
    @Test func whatWaitsForEverIsFound() {
        let time = VirtualTime(dice: Dice(seed: 1))
        let end: Void? = time.run(jobsMax: 10_000) {
            let (stream, continuation) = AsyncStream<Int>.makeStream()
            for await _ in stream {}
            continuation.finish()
        }
        #expect(end == nil)
    }

    /// Any ready task may run next: another seed gives another order.
    @Test func theOrderIsTheDice() {
        let orders = (1...20 as ClosedRange<UInt64>).map { seed -> [Int]? in
            let time = VirtualTime(dice: Dice(seed: seed))
            let order = Noted<Int>()
            return time.run(jobsMax: 10_000) {
                await withTaskGroup { group in
                    for number in 1...3 { group.addTask { order.note(number) } }
                }
                return order.all
            }
        }
        #expect(orders.allSatisfy { $0?.sorted() == [1, 2, 3] })
        #expect(Set(orders).count > 2)
    }
}

import Synchronization

/// Why a wait ended.
enum Wake: Sendable { case activity, deadlinePassed, cancelled }

/// An actor that lives on a loop: its code runs on the loop's thread, and it waits for its socket without
/// blocking it.
protocol LoopResident: Actor {
    nonisolated var loop: SSHLoop { get }
    var waits: LoopWaits { get }
    /// A socket became ready; wake whoever waits for that.
    ///
    /// - Parameter token: the one under which the socket is watched: the resident's own, or another that it was given.
    func handle(_ events: SocketEvents, on token: UInt64)
    /// Something else to do when a timer fires, after the waits whose deadline passed were woken.
    func handleTimer()
}

/// The suspended waits of one resident. Confined to it.
final class LoopWaits {
    fileprivate struct Wait {
        let continuation: UnsafeContinuation<Wake, Never>
        let deadline: ContinuousClock.Instant
        /// How much had been received when the wait began.
        let seen: UInt64
    }
    fileprivate var waits: [UInt64: Wait] = [:]
    private var nextID: UInt64 = 0
    fileprivate(set) var token: UInt64 = 0
    private var armed: ContinuousClock.Instant?
    /// Waits that were asked for and have not begun.
    private var coming: Set<UInt64> = []
    private var cancelledBeforehand: Set<UInt64> = []
    /// Grows with everything that would end a wait.
    private(set) var happenings: UInt64 = 0

    var isEmpty: Bool { waits.isEmpty }

    fileprivate func newID() -> UInt64 {
        nextID += 1
        coming.insert(nextID)
        return nextID
    }

    func noteHappening() { happenings += 1 }

    /// - Parameter happenings: how many there had been when it was decided to wait.
    fileprivate func begin(_ id: UInt64, _ wait: Wait, since happenings: UInt64) {
        coming.remove(id)
        if cancelledBeforehand.remove(id) != nil { return wait.continuation.resume(returning: .cancelled) }
        if self.happenings != happenings { return wait.continuation.resume(returning: .activity) }
        waits[id] = wait
    }

    fileprivate func cancel(_ id: UInt64) {
        if coming.contains(id) { cancelledBeforehand.insert(id) } else { end(id, .cancelled) }
    }

    fileprivate func end(_ id: UInt64, _ wake: Wake) {
        waits.removeValue(forKey: id)?.continuation.resume(returning: wake)
    }

    func wakeAll() {
        noteHappening()
        for id in waits.keys.sorted() { end(id, .activity) }
    }

    /// Wakes those who began to wait before as much as this was received: a packet for one of them may be
    /// among it.
    func wake(behind received: UInt64) {
        noteHappening()
        for (id, wait) in waits where wait.seen < received { end(id, .activity) }
    }

    fileprivate func wakeOverdue() {
        let now = ContinuousClock.now
        armed = nil
        for (id, wait) in waits where wait.deadline <= now { end(id, .deadlinePassed) }
    }

    /// Keeps one timer set for the earliest of the deadlines, so that the loop's heap holds few timers a
    /// resident.
    fileprivate func arm(for deadline: ContinuousClock.Instant, on loop: SSHLoop) {
        if let armed, armed <= deadline { return }
        armed = deadline
        loop.wake(token, at: deadline)
    }

    /// A timer that is set already is for nobody.
    fileprivate func disarm() { armed = nil }

    fileprivate func rearm(on loop: SSHLoop) {
        if let earliest = waits.values.map(\.deadline).min() { arm(for: earliest, on: loop) }
    }
}

extension LoopResident {
    func settle() { waits.token = loop.admit(self) }

    func leave() {
        loop.dismiss(waits.token)
        waits.disarm()
    }

    /// Suspends until something happens, the deadline passes, or the task is cancelled.
    ///
    /// - Parameter happenings: how many there had been when whoever waits last looked. Between that and the wait itself
    ///   the actor may have been left and entered again.
    func rest(
        until deadline: ContinuousClock.Instant, since happenings: UInt64, seen: UInt64 = 0,
        heedsCancellation: Bool = true
    ) async -> Wake {
        if heedsCancellation, Task.isCancelled { return .cancelled }
        let id = waits.newID()
        return await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                waits.begin(
                    id, .init(continuation: continuation, deadline: deadline, seen: seen), since: happenings)
                waits.arm(for: deadline, on: loop)
            }
        } onCancel: {
            guard heedsCancellation else { return }
            loop.post { self.assumeIsolated { $0.waits.cancel(id) } }
        }
    }

    /// Has `handleTimer` called at the deadline or before.
    func setTimer(_ deadline: ContinuousClock.Instant) { waits.arm(for: deadline, on: loop) }

    nonisolated func socketBecameReady(_ events: SocketEvents, on token: UInt64) {
        assumeIsolated {
            $0.waits.noteHappening()
            $0.handle(events, on: token)
        }
    }

    nonisolated func timerFired() {
        assumeIsolated {
            $0.waits.wakeOverdue()
            $0.waits.rearm(on: $0.loop)
            $0.handleTimer()
        }
    }

    /// Runs something that blocks on a helper thread.
    ///
    /// - Returns: nil if the wait ended first; the call then goes on unheard.
    func offload<Value: Sendable>(
        until deadline: ContinuousClock.Instant, _ body: @escaping @Sendable () -> Value
    ) async -> Result<Value, Interruption> {
        let box = Box<Value>()
        loop.helpers.run { [loop] in
            let value = body()
            box.value.withLock { $0 = value }
            loop.post { self.assumeIsolated { $0.waits.wakeAll() } }
        }
        while true {
            let happenings = waits.happenings
            if let value = box.value.withLock({ $0 }) { return .success(value) }
            switch await rest(until: deadline, since: happenings) {
            case .activity: continue
            case .deadlinePassed: return .failure(.deadlinePassed)
            case .cancelled: return .failure(.cancelled)
            }
        }
    }
}

enum Interruption: Error { case deadlinePassed, cancelled }

private final class Box<Value: Sendable>: Sendable {
    let value = Mutex<Value?>(nil)
}

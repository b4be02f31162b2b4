import CLibSSH2
import Glibc
import Synchronization

/// A thread that waits for the sockets of any number of sessions and runs everything that touches them.
///
/// The loop is the executor of the actors that live on it, so that libssh2 is never entered from two threads and
/// nothing of it ever runs on the cooperative pool. Work per wake is in proportion to what became ready. A
/// loop lives as long as the process.
public final class SSHLoop: SerialExecutor, Sendable {
    private static let sharedLoop = Result { () throws(SSHError) in try SSHLoop() }

    /// The loop that a connection uses unless told otherwise.
    public static func shared() throws(SSHError) -> SSHLoop { try sharedLoop.get() }

    struct State {
        var work: [Work] = []
        /// True if the thread is, or is about to be, in `epoll_wait`.
        var isAsleep = false
        var thread: pthread_t?
        var residents: [UInt64: any LoopResident] = [:]
        var nextToken: UInt64 = 1
        var timers = TimerHeap()
    }

    enum Work {
        case job(UnownedJob)
        case action(@Sendable () -> Void)
        /// Of a task that prefers to run here.
        case preferred(UnownedJob, UnownedTaskExecutor)
    }

    let state = Mutex(State())
    let epoll: Int32
    private let wakeup: Int32
    let helpers = HelperThreads()
    let isHalting = Atomic(false)
    let isHalted = Atomic(false)

    /// - Throws: `SSHError` (`localFault`) if the system has no descriptor or thread left.
    public init() throws(SSHError) {
        epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
        wakeup = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
        guard Self.libraryIsReady else {
            throw SSHError(.startLoop, target: nil, .localFault("libssh2 did not start"))
        }
        guard epoll >= 0, wakeup >= 0 else { throw Self.fault("an epoll descriptor") }
        var event = epoll_event(events: EPOLLIN.rawValue, data: epoll_data_t(u64: 0))
        guard epoll_ctl(epoll, EPOLL_CTL_ADD, wakeup, &event) == 0 else { throw Self.fault("epoll_ctl") }
        guard startThread({ [self] in run() }) else { throw Self.fault("a thread") }
        // After OpenSSL began; see there.
        LoopExit.watch(self)
    }

    /// Once for the process: `libssh2_init` is not safe to enter from two threads. OpenSSL is begun before it, and with what
    /// it will need: it registers its exit handler then. libssh2 1.11 leaves that to the first use, which is too late.
    private static let libraryIsReady =
        OPENSSL_init_crypto(UInt64(OPENSSL_INIT_ADD_ALL_CIPHERS | OPENSSL_INIT_ADD_ALL_DIGESTS), nil) == 1
        && libssh2_init(0) == 0

    private static func fault(_ what: String) -> SSHError {
        SSHError(.startLoop, target: nil, .localFault("\(what): \(SystemFault.last)"))
    }

    public func enqueue(_ job: consuming ExecutorJob) { add(.job(UnownedJob(job))) }

    public func checkIsolated() { precondition(isCurrent, "session state touched away from its loop") }

    public func isIsolatingCurrentContext() -> Bool? { isCurrent }

    var isCurrent: Bool {
        state.withLock { state in state.thread.map { pthread_equal($0, pthread_self()) != 0 } ?? false }
    }

    /// Runs something on the loop's thread, after what is already waiting there.
    func post(_ action: @escaping @Sendable () -> Void) { add(.action(action)) }

    func add(_ work: Work) {
        let mustWake = state.withLock { state in
            state.work.append(work)
            defer { state.isAsleep = false }
            return state.isAsleep
        }
        if mustWake { _ = eventfd_write(wakeup, 1) }
    }

    private func run() {
        state.withLock { $0.thread = pthread_self() }
        var events = [epoll_event](repeating: epoll_event(), count: 256)
        while true {
            let work = state.withLock { state in
                defer { state.work.removeAll(keepingCapacity: true) }
                return state.work
            }
            for item in work {
                restIfExiting()
                switch item {
                case .job(let job): job.runSynchronously(on: asUnownedSerialExecutor())
                case .action(let action): action()
                case .preferred(let job, let tasks):
                    job.runSynchronously(isolatedTo: asUnownedSerialExecutor(), taskExecutor: tasks)
                }
            }
            restIfExiting()
            fireTimers()
            let count = epoll_wait(epoll, &events, Int32(events.count), timeToSleep())
            state.withLock { $0.isAsleep = false }
            for event in events.prefix(Int(max(count, 0))) {
                restIfExiting()
                deliver(event)
            }
        }
    }

    private func timeToSleep() -> Int32 {
        state.withLock { state in
            guard state.work.isEmpty else { return 0 }
            state.isAsleep = true
            guard let next = state.timers.first else { return -1 }
            let left = next.deadline - .now
            // Rounded up: to wake a little late is one wake, to wake early is many.
            return Int32(
                clamping: max(
                    0,
                    left.components.seconds * 1000 + left.components.attoseconds / 1_000_000_000_000_000 + 1))
        }
    }

    private func deliver(_ event: epoll_event) {
        guard event.data.u64 != 0 else {
            var count = eventfd_t()
            _ = eventfd_read(wakeup, &count)
            return
        }
        let resident = state.withLock { $0.residents[event.data.u64] }
        resident?.socketBecameReady(SocketEvents(rawValue: event.events), on: event.data.u64)
    }

    private func fireTimers() {
        while true {
            let due = state.withLock { state -> (any LoopResident)?? in
                guard let first = state.timers.first, first.deadline <= .now else { return nil }
                return .some(state.residents[state.timers.removeFirst().token])
            }
            guard let due else { return }
            due?.timerFired()
        }
    }
}

import CLibSSH2
import Glibc
import Synchronization

struct SocketEvents: OptionSet, Sendable {
    let rawValue: UInt32
    static let readable = SocketEvents(rawValue: EPOLLIN.rawValue)
    static let writable = SocketEvents(rawValue: EPOLLOUT.rawValue)
    static let hungUp = SocketEvents(rawValue: EPOLLHUP.rawValue | EPOLLERR.rawValue)
}

extension SSHLoop {
    /// A resident is kept alive until it leaves.
    func admit(_ resident: any LoopResident) -> UInt64 {
        state.withLock { state in
            defer { state.nextToken += 1 }
            state.residents[state.nextToken] = resident
            return state.nextToken
        }
    }

    func dismiss(_ token: UInt64) { state.withLock { _ = $0.residents.removeValue(forKey: token) } }

    /// Has `timerFired` called at or soon after the deadline. Timers are not taken back: a resident that no
    /// longer cares ignores it.
    func wake(_ token: UInt64, at deadline: ContinuousClock.Instant) {
        state.withLock { $0.timers.insert(.init(deadline: deadline, token: token)) }
    }

    func watch(_ descriptor: Int32, for events: SocketEvents, token: UInt64, isNew: Bool) -> Bool {
        var event = epoll_event(events: events.rawValue, data: epoll_data_t(u64: token))
        return epoll_ctl(epoll, isNew ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, descriptor, &event) == 0
    }

    func unwatch(_ descriptor: Int32) {
        var event = epoll_event()
        _ = epoll_ctl(epoll, EPOLL_CTL_DEL, descriptor, &event)
    }
}

/// Deadlines, earliest first; a binary heap.
struct TimerHeap {
    struct Timer {
        var deadline: ContinuousClock.Instant
        var token: UInt64
    }
    private var timers: [Timer] = []

    var first: Timer? { timers.first }

    mutating func insert(_ timer: Timer) {
        timers.append(timer)
        var child = timers.count - 1
        while child > 0, timers[child].deadline < timers[(child - 1) / 2].deadline {
            timers.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    /// The heap must not be empty.
    mutating func removeFirst() -> Timer {
        timers.swapAt(0, timers.count - 1)
        let first = timers.removeLast()
        var parent = 0
        while true {
            let children = (2 * parent + 1)...(2 * parent + 2)
            guard
                let least = children.filter({ $0 < timers.count })
                    .min(by: { timers[$0].deadline < timers[$1].deadline }),
                timers[least].deadline < timers[parent].deadline
            else { return first }
            timers.swapAt(parent, least)
            parent = least
        }
    }
}

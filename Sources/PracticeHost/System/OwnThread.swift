import Dispatch

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// A thread for work that blocks. Dispatch has 255 threads for all of its queues, which a host with some seventy containers
/// would use up.
enum OwnThread {
    private final class Work: Sendable {
        let body: @Sendable () -> Void

        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    static func run(_ body: @escaping @Sendable () -> Void) {
        let work = Unmanaged.passRetained(Work(body))
        let isMade = withUnsafeTemporaryAllocation(of: pthread_t.self, capacity: 1) { thread in
            guard let place = thread.baseAddress else { return false }
            return pthread_create(place, nil, { OwnThread.begin($0) }, work.toOpaque()) == 0
        }
        guard !isMade else { return }
        work.release()
        DispatchQueue(label: "own-thread").async(execute: body)
    }

    private static func begin(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        pthread_detach(pthread_self())
        guard let argument else { return nil }
        Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().body()
        return nil
    }
}

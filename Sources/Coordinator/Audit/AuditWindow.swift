/// The hosts of an audit that are in flight: up to `width` at work, and those that have fallen silent, so that a dead
/// host keeps no other waiting.
struct AuditWindow {
    /// The maximum number of silent hosts, since each of them holds a socket.
    static let silentMax = 1024

    let count: Int
    let width: Int
    private var next = 0
    private var working: Set<Int> = []
    private var silent: Set<Int> = []

    init(count: Int, width: Int) {
        self.count = count
        self.width = max(1, width)
    }

    var isDone: Bool { next == count && working.isEmpty && silent.isEmpty }

    /// The next host to begin with; nil while there is no room, and when there is none left.
    mutating func begin() -> Int? {
        guard next < count, working.count < width else { return nil }
        defer { next += 1 }
        working.insert(next)
        return next
    }

    /// Notes that a host has not answered for a while.
    mutating func fellSilent(_ index: Int) {
        guard silent.count < Self.silentMax, working.remove(index) != nil else { return }
        silent.insert(index)
    }

    mutating func ended(_ index: Int) {
        working.remove(index)
        silent.remove(index)
    }
}

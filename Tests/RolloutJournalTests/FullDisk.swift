import RolloutJournal
import Synchronization

/// A disk with room for so many bytes: what does not fit is written as far as it goes.
final class FullDisk: Sendable {
    private struct State {
        var bytes: [UInt8] = []
        var room: Int
    }

    private let state: Mutex<State>

    init(room: Int) { state = Mutex(State(room: room)) }

    func grow() { state.withLock { $0.room = .max } }

    var storage: JournalStorage {
        JournalStorage(
            name: "r-1.jsonl",
            read: { [self] in JournalBlocks(state.withLock { $0.bytes }) },
            append: { [self] bytes, previous throws(JournalError) in
                try state.withLock { state throws(JournalError) in
                    let present = state.bytes
                    guard try JournalLine.mayFollow(present, previous, in: { JournalBlocks(present) }) else {
                        throw .overtaken(path: "r-1.jsonl")
                    }
                    let fitting = bytes.prefix(max(0, state.room - state.bytes.count))
                    state.bytes += fitting
                    guard fitting.count == bytes.count else {
                        throw .notWritten(path: "r-1.jsonl", why: "No space left on device")
                    }
                }
            },
            truncate: { [self] length in state.withLock { $0.bytes.removeLast($0.bytes.count - length) } })
    }
}

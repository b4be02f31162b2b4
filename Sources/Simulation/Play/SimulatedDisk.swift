import Foundation
import RolloutJournal
import RolloutModel
import Synchronization

/// The disk of one operator's machine, with its journals. The disk outlives every process on that machine.
final class SimulatedDisk: Sendable {
    private struct State {
        var files: [String: [UInt8]] = [:]
        /// The process that has each file open for writing.
        var holders: [String: SimulatedProcess] = [:]
        /// Rollouts that are asked to hold.
        var holds: [RolloutID: String] = [:]
        /// Rollouts that a process takes up.
        var takeUps: Set<RolloutID> = []
    }

    private let state = Mutex(State())

    /// The journals on the disk, as a process reaches them.
    func store(for process: SimulatedProcess, _ fleet: Fleet) -> JournalStore {
        JournalStore(
            place: "", name: Self.path,
            list: { [self] in
                state.withLock { state in state.files.keys.compactMap(Self.rollout(of:)).sorted() }
            },
            blocks: { [self] rollout throws(JournalError) in
                guard let bytes = bytes(Self.path(rollout)) else {
                    throw .notFound(path: Self.path(rollout))
                }
                return JournalBlocks(bytes)
            },
            create: { [self] rollout throws(JournalError) in
                try storage(Self.path(rollout), for: process, isNew: true, fails: { fleet.writeFails() })
            },
            open: { [self] rollout throws(JournalError) in
                try storage(Self.path(rollout), for: process, isNew: false, fails: { fleet.writeFails() })
            },
            isBeingWritten: { [self] rollout in
                state.withLock { $0.holders[Self.path(rollout)]?.isDead == false }
            },
            holds: HoldRequests(
                ask: { [self] rollout, by in state.withLock { $0.holds[rollout] = $0.holds[rollout] ?? by } },
                asker: { [self] rollout in
                    state.withLock { $0.holds[rollout].map { .command(by: $0) } }
                },
                withdraw: { [self] rollout in _ = state.withLock { $0.holds.removeValue(forKey: rollout) } }),
            takeUps: TakeUpMarks(
                lay: { [self] rollout in _ = state.withLock { $0.takeUps.insert(rollout) } },
                isThere: { [self] rollout in state.withLock { $0.takeUps.contains(rollout) } },
                remove: { [self] rollout in _ = state.withLock { $0.takeUps.remove(rollout) } }))
    }

    static func path(_ rollout: RolloutID) -> String { "\(rollout).jsonl" }

    private static func rollout(of path: String) -> RolloutID? {
        path.hasSuffix(".jsonl") ? RolloutID(String(path.dropLast(".jsonl".count))) : nil
    }

    /// A file, opened by a process.
    ///
    /// - Parameter fails: drawn at every write; true if the write fails.
    private func storage(
        _ path: String, for process: SimulatedProcess, isNew: Bool, fails: @escaping @Sendable () -> Bool
    ) throws(JournalError) -> JournalStorage {
        try state.withLock { state throws(JournalError) in
            if let holder = state.holders[path], holder !== process, !holder.isDead {
                throw .inUse(path: path)
            }
            if isNew {
                guard state.files[path] == nil else { throw .exists(path: path) }
                state.files[path] = []
            } else if state.files[path] == nil {
                throw .notFound(path: path)
            }
            state.holders[path] = process
        }
        return JournalStorage(
            name: path,
            read: { [self] in JournalBlocks(state.withLock { $0.files[path] ?? [] }) },
            append: { [self] bytes, previous throws(JournalError) in
                let present = self.bytes(path) ?? []
                guard try JournalLine.mayFollow(present, previous, in: { JournalBlocks(present) }) else {
                    throw .overtaken(path: path)
                }
                let lives = process.spend()
                let isWhole = lives && !fails()
                // A dying process, or a full disk, leaves any part of the line.
                let written = isWhole ? bytes[...] : bytes.prefix(bytes.count / 3)
                state.withLock { $0.files[path, default: []].append(contentsOf: written) }
                guard isWhole else { throw .notWritten(path: path, why: "No space left on device") }
                Self.announce(bytes, by: process)
            },
            truncate: { [self] length in
                state.withLock { $0.files[path] = Array($0.files[path, default: []].prefix(length)) }
            })
    }

    /// The content of a file; nil where there is none.
    func bytes(_ path: String) -> [UInt8]? { state.withLock { $0.files[path] } }

    func put(_ bytes: [UInt8], at path: String) { state.withLock { $0.files[path] = bytes } }

    /// Closes the files of a process that ends or is done with them.
    func close(for process: SimulatedProcess) {
        state.withLock { state in state.holders = state.holders.filter { $0.value !== process } }
    }

    func remove(_ path: String) { state.withLock { $0.files[path] = nil } }

    private static let intentKey = Array(#""intent":"#.utf8)

    private static func announce(_ line: [UInt8], by process: SimulatedProcess) {
        guard line.contains(Self.intentKey),
            let entry = try? JSONDecoder().decode(JournalEntry.self, from: Data(line)),
            case .intent(let intent) = entry.what
        else { return }
        process.announces(intent)
    }
}

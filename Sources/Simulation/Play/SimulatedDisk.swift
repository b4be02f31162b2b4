import Foundation
import RolloutJournal
import RolloutModel
import Synchronization

/// The disk of one operator's machine, with the journals on it: it outlives every process there.
final class SimulatedDisk: Sendable {
    private struct State {
        var files: [String: [UInt8]] = [:]
        /// Who has it open for writing.
        var holders: [String: SimulatedProcess] = [:]
    }

    private let state = Mutex(State())

    /// A file, opened by a process.
    ///
    /// - Parameter fails: drawn at every write.
    func storage(
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
            path: path,
            read: { [self] in JournalBlocks(state.withLock { $0.files[path] ?? [] }) },
            append: { [self] bytes throws(JournalError) in
                let lives = process.spend()
                let isWhole = lives && !fails()
                // What a dying process, or a full disk, leaves is any part of the line.
                let written = isWhole ? bytes[...] : bytes.prefix(bytes.count / 3)
                state.withLock { $0.files[path, default: []].append(contentsOf: written) }
                guard isWhole else { throw .notWritten(path: path, why: "No space left on device") }
                Self.announce(bytes, by: process)
            },
            truncate: { [self] length in
                state.withLock { $0.files[path] = Array($0.files[path, default: []].prefix(length)) }
            })
    }

    /// The machine a file folds to; nil where there is none, or it has no whole entry.
    func bytes(_ path: String) -> [UInt8]? { state.withLock { $0.files[path] } }

    func put(_ bytes: [UInt8], at path: String) { state.withLock { $0.files[path] = bytes } }

    func close(_ path: String) { state.withLock { $0.holders[path] = nil } }

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

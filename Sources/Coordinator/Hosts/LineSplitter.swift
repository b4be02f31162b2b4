import SSH
import Synchronization

/// Cuts standard output, from the command's mark on, into lines as it comes, and keeps the beginning of standard error for a message.
final class LineSplitter: Sendable {
    private struct State {
        var unfinished: [UInt8] = []
        var errors: [UInt8] = []
        var mark = CommandMark()
    }

    private let state = Mutex(State())
    /// A line longer than this is handed over in pieces, which no reader then takes for a message.
    private let bytesMax: Int

    init(bytesMax: Int) { self.bytesMax = bytesMax }

    var errors: [UInt8] { state.withLock { $0.errors } }
    var mark: CommandMark { state.withLock { $0.mark } }

    /// - Returns: the lines that are whole now, without their newlines.
    func take(_ chunk: OutputChunk) -> [[UInt8]] {
        state.withLock { state in
            switch chunk {
            case .stderr(let bytes):
                state.errors += bytes.prefix(max(0, 1 << 16 - state.errors.count))
                return []
            case .stdout(let bytes):
                var pieces = (state.unfinished + state.mark.strip(bytes)).split(
                    separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false
                ).map(Array.init)
                let last = pieces.removeLast()
                state.unfinished = last.count > bytesMax ? [] : last
                return last.count > bytesMax ? pieces + [last] : pieces
            }
        }
    }
}

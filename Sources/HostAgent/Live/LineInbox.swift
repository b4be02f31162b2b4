import Synchronization

/// Lines on their way from a running command to the one task that attends to it.
final class LineInbox: Sendable {
    static let lineBytesMax = 1 << 20
    /// A reader that falls further behind loses the oldest lines: nothing here decides by a line alone.
    private static let linesMax = 4_096

    private struct State {
        var lines: [String] = []
        var end: Result<CommandOutcome.Ending, HostFault>?
        var isTimeUp = false
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    func append(_ line: String) {
        change { state in
            if state.lines.count == Self.linesMax { state.lines.removeFirst() }
            state.lines.append(line)
        }
    }

    func finish(_ end: Result<CommandOutcome.Ending, HostFault>) {
        change { $0.end = end }
    }

    /// Waits for a line or the end, no longer than `upTo`.
    func next(upTo limit: Duration) async -> Result<RunningCommand.Happening, HostFault> {
        state.withLock { $0.isTimeUp = false }
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                try? await Task.sleep(for: limit)
                self.change { $0.isTimeUp = true }
            }
            await wait()
            group.cancelAll()
        }
        return take()
    }

    private func wait() async {
        await withCheckedContinuation { continuation in
            let isReady = state.withLock { state in
                guard state.lines.isEmpty, state.end == nil, !state.isTimeUp else { return true }
                state.waiter = continuation
                return false
            }
            if isReady { continuation.resume() }
        }
    }

    private func take() -> Result<RunningCommand.Happening, HostFault> {
        state.withLock { state in
            guard state.lines.isEmpty else {
                defer { state.lines = [] }
                return .success(.lines(state.lines))
            }
            return state.end?.map { .ended($0) } ?? .success(.quiet)
        }
    }

    private func change(_ body: (inout sending State) -> Void) {
        let waiter = state.withLock { state in
            body(&state)
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume()
    }
}

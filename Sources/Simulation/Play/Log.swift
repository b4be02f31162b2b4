import RolloutModel
import Synchronization

/// The log of a trial for people, and a checksum over the whole log, which compares two trials.
final class Log: Sendable {
    private struct State {
        var lines: [String] = []
        var sum: UInt64 = 0xcbf2_9ce4_8422_2325
    }

    private let isKept: Bool
    private let state = Mutex(State())

    init(isKept: Bool) { self.isKept = isKept }

    var lines: [String] { state.withLock { $0.lines } }
    var sum: UInt64 { state.withLock { $0.sum } }

    func write(_ what: @autoclosure () -> String, at moment: Moment) {
        guard isKept else { return }
        let line = "\(Int(clamping: moment.sinceStart / .milliseconds(1))) \(what())"
        state.withLock { state in
            for byte in line.utf8 { state.sum = (state.sum ^ UInt64(byte)) &* 0x100_0000_01b3 }
            state.lines.append(line)
        }
    }
}

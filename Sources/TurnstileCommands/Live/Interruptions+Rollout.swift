import Glibc
import RolloutModel
import Rollouts

extension Interruptions {
    /// Runs a body. The first request asks to hold before the next host, step or act; a person's second cancels.
    ///
    /// - Parameter next: `host`, `step` or `act`.
    static func heard<Value: Sendable>(
        _ hold: HoldSwitch, before next: String, goOnWith command: String,
        _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask { try await body() }
            group.addTask {
                var requests = StopRequests()
                for await (signal, moment) in Interruptions.stream() {
                    switch requests.take(signal, at: moment) {
                    case .hold:
                        hold.ask(by: HoldAsker(signal: signal))
                        say(
                            "Holding before the next \(next). ^C again stops at once; go on later with: \(command)"
                        )
                    case .cancel: throw CancellationError()
                    case .heardBefore: break
                    }
                }
                return nil
            }
            defer { group.cancelAll() }
            while let value = try await group.next() {
                if let value { return value }
            }
            throw CancellationError()
        }
    }
}

extension HoldAsker {
    /// The origin of a wish that a signal brings.
    init(signal: Int32) {
        switch signal {
        case SIGHUP: self = .closedTerminal
        case SIGTERM: self = .termination
        default: self = .keyboard
        }
    }
}

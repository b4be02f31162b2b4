/// The listeners of one command, told while the command runs, and for a bounded time after it.
public struct JournalAudience: Sendable {
    let listeners: [JournalListener]
    /// The time that all listeners have to take the rest once the command is over.
    let patience: Duration
    /// Says a line to the person at the terminal.
    let say: @Sendable (String) -> Void

    public init(
        _ listeners: [JournalListener], patience: Duration, say: @escaping @Sendable (String) -> Void
    ) {
        self.listeners = listeners
        self.patience = patience
        self.say = say
    }

    /// Runs a body whose journal these listeners hear, and gives them the rest of it.
    public func attend<Value>(_ body: () async throws -> Value) async throws -> Value {
        guard !listeners.isEmpty else { return try await body() }
        let result: Result<Value, any Error> = await withTaskGroup(of: Sign.self) { group in
            for listener in listeners {
                group.addTask { [say] in
                    await listener.deliver { say(listener.terms.trouble($0)) }
                    return .told
                }
            }
            let result: Result<Value, any Error>
            do {
                result = .success(try await body())
            } catch {
                result = .failure(error)
            }
            for listener in listeners { listener.close() }
            await drain(&group)
            group.cancelAll()
            return result
        }
        return try result.get()
    }

    private enum Sign: Sendable {
        /// A listener has been told all items.
        case told
        /// The wait is long enough for a person to wonder.
        case long
        case late
    }

    private func drain(_ group: inout TaskGroup<Sign>) async {
        group.addTask { [patience] in await Self.pause(patience, .late) }
        group.addTask { [patience] in await Self.pause(min(patience / 2, .seconds(1)), .long) }
        var untold = listeners.count
        while untold > 0, let sign = await group.next() {
            switch sign {
            case .told: untold -= 1
            case .long:
                for listener in listeners where listener.left() > 0 {
                    say("Waiting up to \(patience.inWords) until \(listener.terms.name) has taken the rest.")
                }
            case .late:
                for listener in listeners where listener.left() > 0 { say(lateness(of: listener)) }
                return
            }
        }
    }

    private func lateness(of listener: JournalListener) -> String {
        let left = listener.left()
        return """
            Within \(patience.inWords) \(listener.terms.name) has not taken the rest. The last \(left) of what it was to be \
            told \(left == 1 ? "is" : "are") lost to it. The journal has every entry.
            """
    }

    /// Only the cancellation at the end cuts a pause short, and its sign is not read then.
    private static func pause(_ duration: Duration, _ sign: Sign) async -> Sign {
        try? await Task.sleep(for: duration)
        return sign
    }
}

extension Duration {
    /// Whole seconds, at least one: "10 s".
    fileprivate var inWords: String { "\(max(1, components.seconds)) s" }
}

import Reports
import RolloutModel

/// A line of a terminal that is written over in place while a command works. Silent without a terminal.
struct LivingLine: Sendable {
    let terminal: Terminal
    /// Shows these lines in the place of those before.
    let board: @Sendable (_ lines: [String], _ columns: Int) -> Void

    private static let interval = Duration.milliseconds(200)

    /// Runs a body, and shows the words that there are now again and again meanwhile.
    func following<Value, Failure: Error>(
        _ words: @escaping @Sendable () -> String, _ body: () async throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        guard terminal.isLive else { return try await body() }
        return try await withTaskGroup(of: Void.self) { group in
            group.addTask {
                repeat { show(words()) } while (try? await Task.sleep(for: Self.interval)) != nil
            }
            let result: Result<Value, Failure>
            do throws(Failure) {
                result = .success(try await body())
            } catch {
                result = .failure(error)
            }
            group.cancelAll()
            await group.waitForAll()
            board([], columns)
            return result
        }.get()
    }

    func show(_ words: String) {
        // A line that wraps could not be taken back.
        let line = ShortText.clipped(ForeignText.line(words), to: max(1, columns - 1))
        board([terminal.paint(line, .dim)], columns)
    }

    private var columns: Int { terminal.columns ?? 80 }
}

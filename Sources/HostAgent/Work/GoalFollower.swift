import AgentProtocol
import Logging

/// Has the unit work at a goal, and follows it to its answer. A follower does none of the work, so it may die.
struct GoalFollower: Sendable {
    static let unit = "turnstile-agent.service"

    /// Between two looks while nothing is told. Where the kernel tells of news, a look follows at once.
    private static let interval = Duration.milliseconds(200)
    private static let intervalUnwatched = Duration.milliseconds(20)
    /// The time after which a unit that ended just when it was asked to start is started again.
    private static let firstStartAgain = Duration.seconds(1)
    private static let startAgainMax = Duration.seconds(10)
    /// The time to follow a goal beyond its deadline, since giving a host back takes time.
    private static let endGrace = Duration.seconds(180)
    private static let overtakenGrace = Duration.seconds(180)

    var effects: HostEffects
    var logger: Logger

    private var store: RecordStore { RecordStore(effects: effects) }

    /// Follows the goal to its end.
    ///
    /// An error while reading a file or starting the unit may pass, and the work goes on meanwhile.
    ///
    /// - Parameter say: is called with progress.
    /// - Returns: the message that ends the goal.
    func follow(_ goal: Goal, say: (AgentMessage) -> Void) async throws -> AgentMessage {
        var course = Course(goal, now: effects.now())
        var fault = ""
        var watch: DirectoryWatch?
        while effects.now() < course.limit, !effects.isInterrupted() {
            // Before the look: what is told after it ends the wait.
            watch = watch ?? effects.files.watch(EventLog.directory)
            do {
                if let end = try await look(goal, &course, say: say) { return end }
            } catch let stop as StepStop {
                throw stop
            } catch {
                fault = " (\(error))"
            }
            await effects.pause(watch, upTo: Self.interval, unwatched: Self.intervalUnwatched)
        }
        throw StepStop.failed(
            .deadlinePassed,
            "\(Self.unit) gave no answer to `\(goal.request.verb.rawValue)`\(fault): look at `journalctl -u "
                + "\(Self.unit)` on the host, and ask again")
    }

    /// The progress of following the goal.
    private struct Course {
        var offset = 0
        var limit: Duration
        var nextStart: Duration
        var startAgain = GoalFollower.firstStartAgain

        init(_ goal: Goal, now: Duration) {
            limit = max(goal.end, now) + GoalFollower.endGrace
            nextStart = now
        }
    }

    /// - Returns: the goal's answer; nil while there is none.
    private func look(
        _ goal: Goal, _ course: inout Course, say: (AgentMessage) -> Void
    ) async throws -> AgentMessage? {
        let news = try EventLog(files: effects.files, goal: goal).messages(from: course.offset)
        course.offset = news.next
        for message in news.messages {
            if message.isLast { return message }
            say(message)
        }
        let now = effects.now()
        guard now >= course.nextStart else { return nil }
        course.nextStart = now + course.startAgain
        course.startAgain = min(course.startAgain * 2, Self.startAgainMax)
        let last = try store.load().goal
        guard last?.key == goal.key else {
            course.limit = min(course.limit, now + Self.overtakenGrace)
            return nil
        }
        if let outcome = last?.outcome { return outcome }
        try await start(goal)
        return nil
    }

    private func start(_ goal: Goal) async throws {
        let outcome = try await effects.run(HostCommand("systemctl", ["start", "--no-block", Self.unit]))
        guard !outcome.succeeded else { return }
        let failure = StepFailure(
            reason: .unitMissing,
            message: "cannot start \(Self.unit): \(outcome.complaint); put it on the host with "
                + "`turnstile install`")
        // No unit would ever work at the goal.
        try await store.close(goal, with: .failed(failure))
        throw StepStop.failed(failure)
    }
}

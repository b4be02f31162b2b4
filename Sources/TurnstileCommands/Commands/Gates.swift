import ArgumentParser
import Coordinator
import Foundation
import Reports
import RolloutModel
import Rollouts
import Settings
import Synchronization

/// `turnstile gates`
struct GatesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gates",
        abstract: "What every gate says now, and what it goes by. Changes nothing, and waits for nothing.",
        usage: "turnstile gates [<options>] [<hosts> ...]",
        discussion: """
            Each gate is open, open so far (a rollout looks for longer), or holds, in about ten seconds. What a rollout \
            compares with the time before it is not asked: units of fleet and systemd, and Deis' components. Hooks are \
            not run. A host that its last rollout declared lost holds as long as it is silent, and where it answers, until \
            it was taken in again. 'plan' alone tells what would keep a node from being drained, and etcd's point of no \
            return.

            Exit code 2 where a gate holds.
            """)

    @OptionGroup var hosts: HostOptions
    @OptionGroup var choice: ChoiceOptions
    @OptionGroup var output: OutputOptions

    @Flag(
        help: """
            Stay, and show every change until ^C: the gates anew on a terminal, a line for each change elsewhere.
            """)
    var watch = false

    @ParentCommand var turnstile: TurnstileCommand

    func validate() throws {
        guard !watch || output.output == .table else {
            throw ValidationError("--watch shows a table. JSON is of one look: without --watch")
        }
    }

    /// The longest time for all questions to one host, and for each other question. Half of it is told in whole seconds, too.
    private static let limit = Duration.seconds(8)
    /// The longest time to connect to a host: a host that is away must not cost the others theirs.
    private static let connectTimeoutMax = Duration.seconds(4)

    func run() async throws {
        try await turnstile.files.reportingFailure {
            let listed = try await hosts.configuration(turnstile.files, choice.limits.overlay)
            var configuration = try await choice.applied(to: listed)
            configuration.ssh.connectTimeout = min(
                configuration.ssh.connectTimeout ?? Self.connectTimeoutMax, Self.connectTimeoutMax)
            let draft = try configuration.draft
            let terminal = RolloutTerminal(configuration, turnstile.files.invocation)
            let shell = HostShell.open(configuration)
            let useCases = try await UseCases.looking(
                configuration, terminal, through: shell, within: Self.limit)
            // Read once: journals may be long, and a watch looks often.
            let lost = try await DeclaredLost(in: configuration.journals)
            let look = { @Sendable in try await useCases.gates(draft, lost: lost, within: Self.limit) }
            do {
                let began = ContinuousClock.now
                let board = try await asked(look, draft.hosts.count)
                try await watch ? follow(board, askedAt: began, look) : show(board)
            } catch {
                for host in draft.hosts { await shell.disconnect(host) }
                throw error
            }
            for host in draft.hosts { await shell.disconnect(host) }
        }
    }

    private func show(_ board: GateBoard) throws {
        let report = GateReport(board, turnstile.files.invocation)
        try output.output.show(report) { report.lines(on: $0) }
        let isOpen = board.rows.allSatisfy { $0.state == .open }
        guard board.holds else { return say(isOpen ? "Every gate is open." : "No gate holds.") }
        throw CommandFailure(.held, "a gate holds: a rollout would not begin now")
    }

    /// Looks again and again, and shows the age of what was seen meanwhile.
    private func follow(
        _ first: GateBoard, askedAt began: ContinuousClock.Instant,
        _ look: @escaping @Sendable () async throws -> GateBoard
    ) async throws {
        let invocation = turnstile.files.invocation
        let latest = NewestLook(first, askedAt: began)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                while true {
                    try await Task.sleep(for: GateWatchView.pause)
                    let began = ContinuousClock.now
                    let board = try await look()
                    latest.take(board, askedAt: began)
                }
            }
            group.addTask {
                // The watch ends here where its reader is gone: no signal ends it.
                var isRead = true
                var view = GateWatchView(on: { .standardOutput() }, invocation) { text in
                    do { try FileHandle.standardOutput.take(text) } catch { isRead = false }
                }
                while isRead {
                    let (board, askedAt) = latest.look
                    view.show(GateReport(board, invocation), age: ContinuousClock.now - askedAt)
                    try await Task.sleep(for: GateWatchView.interval)
                }
            }
            _ = try await group.next()
            group.cancelAll()
        }
    }

    /// A look with a living line meanwhile.
    private func asked(
        _ look: @Sendable () async throws -> GateBoard, _ hostCount: Int
    ) async throws -> GateBoard {
        let progress = CheckupProgress(terminal: .standardError())
        progress.asks("the gates", "\(hostCount) \(hostCount == 1 ? "host" : "hosts")")
        return try await progress.following(look)
    }
}

/// The newest answer of the gates, and the moment at which it was asked for.
private final class NewestLook: Sendable {
    private let state: Mutex<(board: GateBoard, askedAt: ContinuousClock.Instant)>

    init(_ board: GateBoard, askedAt: ContinuousClock.Instant) { state = Mutex((board, askedAt)) }

    var look: (board: GateBoard, askedAt: ContinuousClock.Instant) { state.withLock { $0 } }

    func take(_ board: GateBoard, askedAt: ContinuousClock.Instant) {
        state.withLock { $0 = (board, askedAt) }
    }
}

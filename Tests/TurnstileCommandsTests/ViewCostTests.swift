import Foundation
import Glibc
import Reports
import RolloutModel
import Rollouts
import Settings
import Simulation
import Synchronization
import Testing

@testable import TurnstileCommands

/// Measures for Scripts/bench alone: what is printed of a rollout, and the processor time that printing takes. The rollout
/// is rehearsed, and told through the terminal's own code, at the times of a virtual clock.
@Suite(.serialized) struct ViewCostTests {
    private static let figures = ProcessInfo.processInfo.environment["TURNSTILE_UI_FIGURES"]

    private struct Figures: Codable {
        var printedBytes: Int
        var viewSeconds: Double
        var rolloutSeconds: Double
    }

    @Test(.enabled(if: figures != nil)) func ofFiftyHostsInAFile() throws {
        let path = try #require(Self.figures)
        let file = "\(path)/printed"
        let output = open(file, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        let told = try tell(hosts: 50, upgraded: 50, to: output)
        let size = try FileManager.default.attributesOfItem(atPath: file)[.size] as? Int
        try record(told, bytes: try #require(size), as: "\(path)/file.json")
    }

    @Test(.enabled(if: figures != nil)) func ofTwoHundredHostsAtATerminal() throws {
        let path = try #require(Self.figures)
        var (near, far): (Int32, Int32) = (-1, -1)
        var size = winsize(ws_row: 50, ws_col: 200, ws_xpixel: 0, ws_ypixel: 0)
        let failure = openpty(&near, &far, nil, nil, &size)
        try #require(failure == 0)
        let drain = Drain(near)
        // The others run the target already: rehearsing a host costs more than all that is printed of it.
        let told = try tell(hosts: 200, upgraded: 10, to: far)
        try record(told, bytes: drain.bytes(), as: "\(path)/terminal.json")
    }

    /// Reads what a terminal is sent, until nobody has it open.
    private final class Drain: Sendable {
        private let count = Mutex(0)
        private let isDone = DispatchSemaphore(value: 0)

        init(_ descriptor: Int32) {
            Thread.detachNewThread { [self] in
                var buffer = [UInt8](repeating: 0, count: 1 << 16)
                while true {
                    let more = Glibc.read(descriptor, &buffer, buffer.count)
                    guard more > 0 else { break }
                    count.withLock { $0 += more }
                }
                isDone.signal()
            }
        }

        func bytes() -> Int {
            isDone.wait()
            return count.withLock { $0 }
        }
    }

    private func record(_ told: (view: Duration, rollout: Duration), bytes: Int, as path: String) throws {
        let figures = Figures(
            printedBytes: bytes, viewSeconds: told.view / .seconds(1),
            rolloutSeconds: told.rollout / .seconds(1))
        try JSONEncoder().encode(figures).write(to: URL(fileURLWithPath: path))
    }

    /// Rehearses a rollout that is printed to this descriptor, and closes it.
    private func tell(
        hosts: Int, upgraded: Int, to output: Int32
    ) throws -> (view: Duration, rollout: Duration) {
        var overrides = ConfigurationOverrides()
        overrides.hosts = (1...hosts).map { "core-\($0)" }
        let configuration = try Configuration.load(path: nil, overrides: overrides) { _, _ in }
        var settings = configuration.gates.settings
        (settings.clock, settings.drift) = (nil, nil)
        let (old, target) = (Version("1353.8.0"), Version("1409.7.0"))
        let rehearsal = Rehearsal(
            hosts: configuration.hosts.enumerated().map { ($1.id, $0 < upgraded ? old : target, nil) },
            target: target, onFailure: .hold, settings: settings, timeouts: configuration.timeouts,
            pace: .usual,
            attention: .zero)
        let spent = Mutex(Duration.zero)
        let kept = [STDOUT_FILENO, STDERR_FILENO].map { dup($0) }
        [STDOUT_FILENO, STDERR_FILENO].forEach { dup2(output, $0) }
        close(output)
        let ahead = Mutex(Duration.zero)
        let night = rehearsal.rehearseAloud(seed: 1) { clock in
            let shown = RolloutClock(now: { clock.now() + ahead.withLock { $0 } }, sleep: clock.sleep)
            let terminal = RolloutTerminal(
                configuration, Invocation(), answers: .init(yes: true), clock: shown)
            return RehearsalAudience(
                interval: configuration.gates.interval,
                notice: { notice in
                    let began = Self.processorTime
                    terminal.tell(notice)
                    for word in Self.progress(after: notice) {
                        terminal.tell(word)
                        ahead.withLock { $0 += Self.tenth }
                    }
                    ahead.withLock { $0 = .zero }
                    spent.withLock { $0 += Self.processorTime - began }
                },
                question: { question in _ = try? await terminal.decider.allows(question) })
        }
        zip(kept, [STDOUT_FILENO, STDERR_FILENO]).forEach { dup2($0, $1) }
        kept.forEach { close($0) }
        #expect(night.isUpgraded && night.holds.isEmpty)
        return (spent.withLock { $0 }, night.time)
    }

    /// The time between two words of an agent that downloads: a rehearsed host takes three minutes to be staged, in the mean.
    private static let tenth = Duration.seconds(15)

    /// The words of an agent that stages, which simulated ones do not say: one for each tenth of the download.
    private static func progress(after notice: Notice) -> [Notice] {
        guard case .course(.entered(let machine)) = notice,
            case .upgrade(let upgrade) = machine.state.top, upgrade.stage == .staging
        else { return [] }
        func said(_ message: String, _ fraction: Double? = nil) -> Notice {
            .course(.progress(upgrade.host, message: message, fraction: fraction))
        }
        return [said("asking the update server"), said("offered 1409.7.0")]
            + (0...10).map { said("downloading 1409.7.0", Double($0) / 10) }
            + [said("finishing 1409.7.0"), said("applied 1409.7.0", 1)]
    }

    /// The processor time of this thread.
    private static var processorTime: Duration {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        // By its bytes: with a module cache begun anew the fields count as another module's (Package.swift).
        return withUnsafeBytes(of: time) { bytes in
            .seconds(bytes.load(as: Int.self))
                + .nanoseconds(bytes.load(fromByteOffset: MemoryLayout<Int>.size, as: Int.self))
        }
    }
}

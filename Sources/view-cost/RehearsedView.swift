import Foundation
import Glibc
import RolloutModel
import Rollouts
import Settings
import Simulation
import Synchronization
import TurnstileCommands

/// A rehearsed rollout that is shown as a real one is, at the times of a virtual clock.
struct RehearsedView {
    struct Shown {
        var bytes: Int
        /// The processor time that showing took.
        var view: Duration
        /// The time that the rollout took on the virtual clock.
        var rollout: Duration
    }

    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    /// The time between two words of an agent that downloads: a rehearsed host takes three minutes to be staged, in the mean.
    private static let tenth = Duration.seconds(15)

    let hosts: Int
    let upgraded: Int

    func shown(on sink: ViewSink) throws -> Shown {
        let configuration = try configuration()
        let rehearsal = rehearsal(configuration)
        let spent = Mutex(Duration.zero)
        let night = Self.withOutput(to: sink.descriptor) {
            rehearsal.rehearseAloud(seed: 1) { clock in
                Self.audience(configuration, clock, spent: { more in spent.withLock { $0 += more } })
            }
        }
        guard night.isUpgraded, night.holds.isEmpty else {
            throw Failure(description: "the rehearsed rollout did not go through: \(night.holds)")
        }
        return Shown(bytes: sink.bytes(), view: spent.withLock { $0 }, rollout: night.time)
    }

    private func configuration() throws -> Configuration {
        var overrides = ConfigurationOverrides()
        overrides.hosts = (1...max(1, hosts)).map { "core-\($0)" }
        return try Configuration.load(path: nil, overrides: overrides) { _, _ in }
    }

    private func rehearsal(_ configuration: Configuration) -> Rehearsal {
        var settings = configuration.gates.settings
        (settings.clock, settings.drift) = (nil, nil)
        let (old, target) = (Version("1353.8.0"), Version("1409.7.0"))
        return Rehearsal(
            hosts: configuration.hosts.enumerated().map { ($1.id, $0 < upgraded ? old : target, nil) },
            target: target, onFailure: .hold, settings: settings, timeouts: configuration.timeouts,
            pace: .usual, attention: .zero)
    }

    /// - Parameter spent: told of the processor time that each notice took.
    private static func audience(
        _ configuration: Configuration, _ clock: RolloutClock, spent: @escaping @Sendable (Duration) -> Void
    ) -> RehearsalAudience {
        let ahead = Mutex(Duration.zero)
        let shown = RolloutClock(now: { clock.now() + ahead.withLock { $0 } }, sleep: clock.sleep)
        let terminal = RolloutTerminal(configuration, answeringYesAt: shown)
        return RehearsalAudience(
            interval: configuration.gates.interval,
            notice: { notice in
                let began = processorTime
                terminal.tell(notice)
                for word in progress(after: notice) {
                    terminal.tell(word)
                    ahead.withLock { $0 += tenth }
                }
                ahead.withLock { $0 = .zero }
                spent(processorTime - began)
            },
            question: { question in _ = try? await terminal.decider.allows(question) })
    }

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

    /// Has this process print to a descriptor meanwhile, and closes it.
    private static func withOutput<Value>(to descriptor: Int32, _ body: () -> Value) -> Value {
        let kept = [STDOUT_FILENO, STDERR_FILENO].map { dup($0) }
        [STDOUT_FILENO, STDERR_FILENO].forEach { dup2(descriptor, $0) }
        close(descriptor)
        defer {
            zip(kept, [STDOUT_FILENO, STDERR_FILENO]).forEach { dup2($0, $1) }
            kept.forEach { close($0) }
        }
        return body()
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

import RolloutJournal
import RolloutModel
import Rollouts
import Synchronization

/// Cuts the journal of a finished rollout after every entry and resumes it. The rollout must come to the same end each
/// time, and no host may be rebooted twice.
public struct JournalCuts: Sendable {
    private let bytes: [UInt8]
    private let whole: RolloutRecord
    private let entries: [JournalEntry]
    /// The end of every line, in bytes.
    private let ends: [Int]

    /// - Throws: `JournalError` where the journal cannot be read; `NotFinished` where its rollout did not end upgraded.
    public init(_ bytes: [UInt8]) throws {
        self.bytes = bytes
        var entries: [JournalEntry] = []
        whole = try JournalReading(JournalBlocks(bytes), path: "", each: { entries.append($0) }).record
        self.entries = entries
        guard whole.machine.outcome == .upgraded else { throw NotFinished() }
        ends = bytes.indices.filter { bytes[$0] == UInt8(ascii: "\n") }.map { $0 + 1 }
    }

    /// A cut journal can be compared only with a rollout that upgraded its hosts.
    public struct NotFinished: Error, CustomStringConvertible {
        public var description: String { "its rollout did not end with every host upgraded" }
    }

    /// A cut after some entry. The act announced last was done or not, and the next line may be half written.
    public struct Cut: Hashable, Sendable, CustomStringConvertible {
        public var entries: Int
        public var isDone: Bool
        public var isTorn: Bool

        public var description: String {
            "after entry \(entries)\(isDone ? ", its act done" : "")\(isTorn ? ", the next line torn" : "")"
        }
    }

    public var cuts: [Cut] {
        ends.indices.flatMap { index in
            let isAct = if case .intent = entries[index].what { true } else { false }
            return (isAct ? [false, true] : [false]).flatMap { isDone in
                (index + 1 < ends.count ? [false, true] : [false]).map {
                    Cut(entries: index + 1, isDone: isDone, isTorn: $0)
                }
            }
        }
    }

    /// Resumes the journal from a cut, on a fleet that is in the state the journal describes.
    ///
    /// - Returns: nil where the rollout came to the same end; the difference otherwise.
    public func resume(_ cut: Cut) -> String? {
        var dice = Dice(seed: UInt64(cut.entries))
        let time = VirtualTime(dice: dice.split())
        let world = World(after: cut.entries, of: entries, to: whole.machine, isDone: cut.isDone)
        let fleet = Fleet(world: world, faults: .none, dice: dice.split(), time: time)
        let disk = SimulatedDisk()
        disk.put(Array(prefix(cut)), at: "\(whole.machine.plan.rollout).jsonl")
        let turnstile = turnstile(fleet, disk)
        let ending = time.run(jobsMax: 10_000_000) { await Self.goOn(turnstile) }
        let state = fleet.state.withLock { $0 }
        return difference(ending, disk, state.world, state.judge.violations)
    }

    private func prefix(_ cut: Cut) -> ArraySlice<UInt8> {
        let end = ends[cut.entries - 1]
        guard cut.isTorn, cut.entries < ends.count else { return bytes[..<end] }
        return bytes[..<(end + (ends[cut.entries] - end) / 2)]
    }

    private func turnstile(_ fleet: Fleet, _ disk: SimulatedDisk) -> SimulatedTurnstile {
        SimulatedTurnstile(
            fleet: fleet, process: SimulatedProcess(name: "after the cut", effectsLeft: nil), disk: disk,
            rollout: whole.machine.plan.rollout,
            settings: GateSettings(
                fleet: .init(ttl: .seconds(6)), etcd: .init(samples: 3),
                asksForNodes: whole.machine.plan.nodes != nil),
            timeouts: RolloutTimeouts(
                gate: .seconds(120), stage: .seconds(600), reboot: .seconds(300), rejoin: .seconds(300),
                commit: .seconds(120), settle: .zero),
            hasStore: true, clockError: .zero, log: Log(isKept: false))
    }

    /// A requested hold is resumed.
    private static func goOn(_ turnstile: SimulatedTurnstile) async -> SimulatedTurnstile.Ending {
        var ending = await turnstile.resume(retryReverted: false)
        for _ in 1...3 {
            guard case .held = ending else { break }
            ending = await turnstile.resume(retryReverted: false)
        }
        return ending
    }

    private func difference(
        _ ending: SimulatedTurnstile.Ending?, _ disk: SimulatedDisk, _ world: World,
        _ violations: [Judge.Violation]
    ) -> String? {
        guard ending == .finished(.upgraded) else { return "it ended \(ending.map { "\($0)" } ?? "never")" }
        if let violation = violations.first { return violation.description }
        let path = "\(whole.machine.plan.rollout).jsonl"
        guard
            let resumed = try? JournalReading(JournalBlocks(disk.bytes(path) ?? []), path: path).record
                .machine
        else {
            return "its journal cannot be read any more"
        }
        if resumed.results != whole.machine.results { return "hosts ended otherwise: \(resumed.results)" }
        if resumed.target != whole.machine.target { return "the target is another" }
        for planned in whole.machine.plan.hosts {
            guard let host = world.hosts[planned.id], let target = whole.machine.target else { continue }
            let boots = whole.machine.results[planned.id] == .upgraded ? 1 : 0
            guard host.version == target.rawValue || boots == 0, host.isCommitted, !host.isArmed else {
                return "host '\(planned.id)' is not committed on \(target)"
            }
            guard host.updatesBooted == boots else {
                return "host '\(planned.id)' booted an update \(host.updatesBooted) times"
            }
        }
        return nil
    }
}

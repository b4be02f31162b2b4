import Foundation
import RolloutModel

/// The times that hosts took to be upgraded in a journal: each from the end of the host before it, or from the rollout's
/// beginning, to its own end. A turn in which the rollout was held, or was taken up by another process, is left out: its
/// time is that of a person. The times of phases are kept beside them.
public struct HostTurns: Sendable {
    public private(set) var turns: [Duration] = []
    private var meter = PhaseMeter()
    private var record: RolloutRecord?
    /// The beginning of the present turn; nil where the turn is left out.
    public private(set) var begun: Date?

    public init() {}

    /// The times of the phases that went by undisturbed, in the order of the journal.
    public var phases: [PhaseTime] { meter.times }

    /// Takes the next entry, from the opening one on. An entry that cannot follow is left out: readers of the journal
    /// report it.
    public mutating func take(_ entry: JournalEntry) {
        guard let before = record.map({ Ended($0.machine) }) else {
            record = try? RolloutRecord(first: entry, path: "")
            return
        }
        guard (try? record?.append(entry, path: "", isRead: true)) != nil,
            let after = record.map({ Ended($0.machine) })
        else { return }
        switch entry.what {
        case .attached: begun = nil
        case .event(.began): begun = Self.time(of: entry)
        case .event where after.hosts > before.hosts:
            end(at: Self.time(of: entry), isUpgraded: after.upgraded > before.upgraded)
        case .opened, .letGo, .reserving, .intent, .said, .event: break
        }
        if record?.machine.state.held != nil { begun = nil }
        measure(entry)
    }

    private mutating func measure(_ entry: JournalEntry) {
        switch entry.what {
        case .event:
            guard let record, let now = Self.time(of: entry) else { return meter.interrupt() }
            meter.enter(
                record.machine, at: Moment(Duration(clamping: now.timeIntervalSince1970)))
        case .attached: meter.interrupt()
        case .opened, .letGo, .reserving, .intent, .said: break
        }
    }

    /// The host at work is done, and the turn of the next one begins.
    private mutating func end(at now: Date?, isUpgraded: Bool) {
        // A clock that was set back gives no measurement.
        if isUpgraded, let begun, let now, now >= begun { turns.append(now.time(since: begun)) }
        begun = now
    }

    /// The numbers of hosts whose turns are over, and of those that were upgraded in theirs.
    private struct Ended {
        var hosts: Int
        var upgraded: Int

        init(_ machine: RolloutMachine) { (hosts, upgraded) = (machine.results.count, machine.upgraded) }
    }

    /// nil where the entry names none that can be read.
    private static func time(of entry: JournalEntry) -> Date? { try? Date(entry.at, strategy: .iso8601) }
}

import RolloutJournal
import RolloutModel
import SampleValues

/// Journals with news in them.
package enum NewsSamples {
    package static let plan = Plan.sample(
        rollout: RolloutID("r-1"),
        hosts: [PlannedHost(id: HostID("core-1"), machine: MachineID("m-1"), version: Version("1.0.0"))],
        target: .firstOffer, operatorName: "core@bastion", createdAt: "2026-11-24T09:00:00Z")

    package static let hold = HoldReason.etcd(.etcdUnknown(why: "no answer <!channel>"))

    package static let upgraded: [RolloutMachine.Event] = [
        .began, .gatesHeld(reasons: [hold]), .resumed(retryReverted: false),
        .gatesOpened(running: Version("1.0.0")),
        .staged(version: Version("2.0.0"), boot: BootID("x"), partition: "USR-B"),
        .gatesOpened(running: Version("1.0.0")),
        .returned(boot: BootID("y"), version: Version("2.0.0"), partition: "USR-B"),
        .gatesOpened(running: Version("2.0.0")), .committed(version: Version("2.0.0")),
        .gatesOpened(running: Version("2.0.0")),
    ]

    package static let abandoned: [RolloutMachine.Event] = [
        .began, .abandonRequested, .abandoned(host: HostID("core-1"), undone: [], left: []),
    ]

    /// The lines of a journal.
    package static func lines(_ events: [RolloutMachine.Event]) throws -> [[UInt8]] {
        let contents: [JournalEntry.Content] =
            [
                .opened(format: JournalEntry.format, plan: plan, configuration: ""),
                .attached(token: 1, by: "ann@desk"),
            ] + events.map { .event($0) }
        let entries = contents.enumerated().map {
            JournalEntry(number: $0 + 1, at: "2026-11-24T09:00:00Z", what: $1, evidence: nil)
        }
        return try JournalLine.lines(of: entries).split(separator: UInt8(ascii: "\n")).map {
            $0 + [UInt8(ascii: "\n")]
        }
    }
}

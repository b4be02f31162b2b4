import RolloutJournal
import RolloutModel
import Synchronization

/// A rollout of many hosts without faults, which measures the cost of its events to machine and journal, without a
/// world around them.
public struct LongRollout: Sendable {
    public var hosts: Int
    /// The number of times that each host's gates hold, and a person goes on, before they open.
    public var holds: Int
    /// The journal that the rollout writes.
    public private(set) var journal: [UInt8] = []
    /// The number of entries in that journal.
    public private(set) var entries = 0

    public init(hosts: Int, holds: Int = 0) {
        self.hosts = hosts
        self.holds = holds
    }

    private static let old = Version("1353.8.0")
    private static let new = Version("1409.7.0")

    private var plan: Plan {
        Plan(
            rollout: RolloutID("r-20261124-071205-4f1c"),
            hosts: (1...hosts).map {
                PlannedHost(
                    id: HostID("core-\($0)"), machine: MachineID("0f1c6b5de2a94b7e8d3f5a6c7b8e\($0 + 1000)"),
                    version: Self.old)
            },
            bystanders: nil, order: .given, target: .firstOffer, found: nil, group: nil, server: nil,
            engineRest: .masked,
            commit: .engine, deadManMinutes: nil,
            onFailure: .hold, retryReverted: false, acceptsNoReturn: false, movesLeader: false,
            etcdAfter: nil,
            units: nil, deis: nil, nodes: nil, overrides: [], purpose: .upgrade, stopAfter: nil,
            operatorName: "core@bastion", createdAt: "2026-11-24T07:12:05Z")
    }

    /// Plays the rollout from `began` to its end, on a journal in memory.
    public mutating func play() async throws {
        let disk = Mutex([UInt8]())
        let storage = JournalStorage(
            name: "r-1.jsonl", read: { JournalBlocks(disk.withLock { $0 }) },
            append: { line, _ in disk.withLock { $0.append(contentsOf: line) } },
            truncate: { length in disk.withLock { $0.removeLast($0.count - length) } })
        let journal = try await Journal(
            beginning: plan, configuration: "", on: storage, timestamp: { "2026-11-24T07:12:05Z" })
        try await journal.append(.attached(token: 1, by: "core@bastion"))
        var directives = try await journal.append(.event(.began))
        while let event = try await Self.answer(directives, journal) {
            if case .askGates(.beforeStage, let host)? = directives.last { try await hold(host, journal) }
            directives = try await journal.append(.event(event))
        }
        entries = journal.record.entryCount
        self.journal = disk.withLock { $0 }
    }

    private func hold(_ host: HostID, _ journal: Journal) async throws {
        for _ in 0..<holds {
            try await journal.append(
                .event(.gatesHeld(reasons: [.host(.hostUnreadable(host: host, why: "it does not answer"))])))
            try await journal.append(.event(.resumed(retryReverted: false)))
        }
    }

    /// Reads the journal again, as a resume does.
    public func resume() throws {
        let reading = try JournalReading(JournalBlocks(journal), path: "r-1.jsonl")
        precondition(
            reading.record.machine.outcome == .upgraded, "a rollout without faults has ended")
    }

    /// The event that directives lead to where nothing fails; nil at the end.
    private static func answer(
        _ directives: [RolloutMachine.Directive], _ journal: Journal
    ) async throws -> RolloutMachine.Event? {
        for directive in directives {
            switch directive {
            case .record(let intent): try await journal.append(.intent(intent))
            case .askGates(let checkpoint, _):
                return .gatesOpened(running: checkpoint == .beforeStage ? old : new)
            case .stage(let host, _, _):
                return .staged(version: new, boot: boot(host, 1), partition: "USR-B")
            case .awaitReturn(let host, _):
                return .returned(boot: boot(host, 2), version: new, partition: "USR-B")
            case .commit: return .committed(version: new)
            case .evacuate, .reboot, .readmit, .rollback, .awaitRetreat, .abandon, .step, .hold, .finish:
                continue
            }
        }
        return nil
    }

    private static func boot(_ host: HostID, _ number: Int) -> BootID {
        BootID("0f1c6b5d-e2a9-4b7e-8d3f-\(host)-\(number)")
    }
}

import Foundation
import RolloutJournal
import RolloutModel
import Rollouts
import Synchronization
import Testing

@testable import Coordinator

/// A migration between two stand-ins, with a record in memory and a clock that only sleeping moves.
final class MigrationTrial: Sendable {
    let clusters: StandInClusters
    let plan: MigrationPlan
    let disk = MortalDisk()
    let told = Mutex<[MigrationNotice]>([])
    private let time = Mutex<Int64>(1_000_000)

    static let usual = MigrationRun.Wishes(
        only: [], goesOn: true, adopted: [], again: [], grantsOnly: false, takesOver: false)

    init(_ clusters: StandInClusters, plan: MigrationPlan? = nil) {
        self.clusters = clusters
        self.plan = plan ?? clusters.plan()
    }

    /// Reaches both clusters while the process lives.
    private var client: WebClient {
        let client = clusters.client
        return WebClient { [disk] requests throws(WebFault) in
            guard !disk.isDead else { throw WebFault(why: "the process is dead") }
            return try await client.send(requests)
        }
    }

    func controller(_ side: MigrationSide) throws -> ControllerClient {
        let cluster = side == .old ? clusters.old : clusters.new
        guard let token = SecretToken(cluster.token()) else { throw CocoaError(.coderInvalidValue) }
        return ControllerClient(side: side, url: cluster.url, token: token, client: client)
    }

    func port(
        certificates: CertificateSource = .none, operatorName: String = "core@bastion"
    ) throws -> MigrationPort {
        .live(
            plan, old: try controller(.old), new: try controller(.new), client: client,
            certificates: certificates, operatorName: operatorName)
    }

    /// A run of turnstile, on the record of the runs before.
    ///
    /// - Returns: why it stopped; nil where it came to its end.
    func run(
        _ wishes: MigrationRun.Wishes = usual, until death: MortalDisk.Death? = nil, atOnce: Int = 1,
        settling: Duration = .zero, port given: MigrationPort? = nil, isInterrupted: Bool = false
    ) async throws -> MigrationRun.Stop? {
        let port = try given ?? self.port()
        let isNew = disk.isEmpty
        let storage = disk.storage(until: death)
        do throws(JournalError) {
            let record =
                try await
                (isNew
                ? MigrationRecord(beginning: plan, on: storage, timestamp: { "" })
                : MigrationRecord(resuming: storage, timestamp: { "" }))
            return await run(wishes, record, port, atOnce, settling, isInterrupted)
        } catch {
            return .journal(error)
        }
    }

    private func run(
        _ wishes: MigrationRun.Wishes, _ record: MigrationRecord, _ port: MigrationPort, _ atOnce: Int,
        _ settling: Duration, _ isInterrupted: Bool
    ) async -> MigrationRun.Stop? {
        let run = MigrationRun(
            port: port, record: record,
            pace: MigrationPace(
                atOnce: atOnce, settling: settling, proving: .seconds(30), interval: .seconds(2)),
            clock: MigrationClock(
                now: { [self] in time.withLock { $0 } },
                sleep: { [self] length in
                    time.withLock { $0 += length.components.seconds }
                    await Task.yield()
                }),
            wishes: wishes, isInterrupted: { isInterrupted },
            tell: { [self] notice in told.withLock { $0.append(notice) } })
        do throws(MigrationRun.Stop) {
            try await run.run(by: "core@bastion")
            return nil
        } catch {
            return error
        }
    }

    /// The state that the record tells.
    func state() async throws -> MigrationState {
        try await MigrationRecord(resuming: disk.storage(until: nil), timestamp: { "" }).state
    }

    func append(_ event: MigrationEvent) async throws {
        try await MigrationRecord(resuming: disk.storage(until: nil), timestamp: { "" }).append(event)
    }

    /// The remarks about each application that was proved, in their order.
    var remarks: [[ProofRemark]] {
        told.withLock { told in
            told.compactMap { notice in
                guard case .proved(_, let remarks) = notice else { return nil }
                return remarks
            }
        }
    }

    func holds(_ id: String) async throws -> [MigrationHold] {
        try await state().courses.first { $0.key.text == id }?.value.holds ?? []
    }
}

/// A disk whose process dies at one of its writes.
final class MortalDisk: Sendable {
    private struct State {
        var bytes: [UInt8] = []
        var writes = 0
        var death: Death?
        /// True once the process can do nothing any more.
        var isDead = false
    }

    enum Death: Hashable, Sendable, CustomTestStringConvertible {
        /// The process dies once this write is durable, and does nothing after it.
        case after(Int)
        /// The process dies before this write, after all that it did until then.
        case before(Int)

        var testDescription: String { "\(self)" }
    }

    private let state = Mutex(State())

    var isDead: Bool { state.withLock { $0.isDead } }
    var writes: Int { state.withLock { $0.writes } }

    /// A process that lives until that death; nil for ever.
    func storage(until death: Death?) -> JournalStorage {
        state.withLock { ($0.death, $0.writes, $0.isDead) = (death, 0, false) }
        return JournalStorage(
            name: "record", read: { [self] in JournalBlocks(state.withLock { $0.bytes }) },
            append: { [self] line, _ throws(JournalError) in
                let isAlive = state.withLock { state in
                    guard !state.isDead else { return false }
                    state.writes += 1
                    if case .before(let next) = state.death, state.writes >= next { state.isDead = true }
                    guard !state.isDead else { return false }
                    state.bytes += line
                    if case .after(let last) = state.death, state.writes >= last { state.isDead = true }
                    return true
                }
                guard isAlive else { throw .notWritten(path: "record", why: "the process is dead") }
            }, truncate: { _ in })
    }

    var isEmpty: Bool { state.withLock { $0.bytes.isEmpty } }
    var text: String { state.withLock { String(decoding: $0.bytes, as: UTF8.self) } }
}

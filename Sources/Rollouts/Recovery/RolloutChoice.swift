import RolloutJournal
import RolloutModel

/// Chooses the rollout that a command is about.
///
/// A journal that cannot be read blocks its own rollout only. The cluster lock and the agents still keep a second host
/// from going out beside one that this rollout may have out.
public struct RolloutChoice: Sendable {
    public let store: JournalStore
    private let tell: @Sendable (Notice) -> Void

    /// A rollout, under the id by which it is kept, and the content of its journal.
    public typealias Chosen = (id: RolloutID, record: RolloutRecord)

    /// - Parameter tell: is told of journals that cannot be read.
    public init(_ store: JournalStore, tell: @escaping @Sendable (Notice) -> Void) {
        self.store = store
        self.tell = tell
    }

    /// The rollout named, or the newest that has not ended.
    ///
    /// - Parameter command: the command that was asked for; named in the refusal where no rollout is under way.
    /// - Throws: `CommandRefusal.noSuchRollout`, `.nobodyUnderWay`; `JournalError.forbidden` where the rollout under way
    ///   may be one whose journal this user may not read.
    public func underWay(named name: String?, else command: RecoveryCommand) async throws -> RolloutID {
        if let name { return try await rollout(named: name) }
        let (newest, unreadable) = try await newest { !$0.hasEnded }
        if let newest {
            tellLeftOut(unreadable)
            return newest.id
        }
        if let shut = unreadable.first(where: \.isForbidden) {
            tellLeftOut(unreadable.filter { $0 != shut })
            throw shut
        }
        tellLeftOut(unreadable)
        throw CommandRefusal.nobodyUnderWay(command, place: store.place, leftOut: unreadable.count)
    }

    /// The rollout named, or the newest whose journal can be read, ended or not.
    public func any(named name: String?) async throws -> Chosen {
        if let name {
            let id = try await rollout(named: name)
            return (id, try await store.read(id))
        }
        let (newest, unreadable) = try await newest { _ in true }
        guard let newest else {
            guard let first = unreadable.first else { throw CommandRefusal.noRolloutYet(place: store.place) }
            tellLeftOut(Array(unreadable.dropFirst()))
            throw first
        }
        tellLeftOut(unreadable)
        return newest
    }

    /// The rollout named, or the newest that has a journal, readable or not: the journal is to be looked into.
    public func kept(named name: String?) async throws -> RolloutID {
        if let name { return try await rollout(named: name) }
        guard let newest = try await store.list().last else {
            throw CommandRefusal.noRolloutYet(place: store.place)
        }
        return newest
    }

    /// A rollout that has not ended.
    public struct Unended: Sendable {
        /// The id by which it is kept.
        public var id: RolloutID
        public var record: RolloutRecord
        /// The hosts that another rollout has had since this one was gone on with last: what this one knows of them is
        /// out of date, and nothing is done to them on its account.
        var passedOn: Set<HostID>

        /// True if the rollout speaks for this host: it is to deal with the host, and none has had the host since.
        func speaks(for host: HostID) -> Bool {
            !passedOn.contains(host) && record.machine.remaining.hosts.contains { $0.id == host }
        }
    }

    /// Every rollout that has not ended, newest first.
    ///
    /// - Parameter tells: true to report journals that cannot be read.
    public func unended(tells: Bool = false) async throws -> [Unended] {
        var unreadable: [JournalError] = []
        var records: [Chosen] = []
        for id in try await store.list().reversed() {
            do throws(JournalError) {
                records.append((id, try await store.record(of: id)))
            } catch {
                unreadable.append(error)
            }
        }
        if tells { tellLeftOut(unreadable) }
        return records.filter { !$0.record.hasEnded }.map { one in
            let later = records.filter { $0.record.isLater(than: one.record) }
            return Unended(
                id: one.id, record: one.record,
                passedOn: later.reduce(into: []) { $0.formUnion($1.record.hostsHad) })
        }
    }

    /// The record of a rollout that has a journal here and has not ended; nil for any other, and where the journal cannot
    /// be read.
    public func unended(_ rollout: RolloutID) async -> RolloutRecord? {
        guard let record = try? await store.record(of: rollout), !record.hasEnded else { return nil }
        return record
    }

    /// The reason why a rollout's journal, which is here, cannot be read; nil where it can be read, or is not here.
    func trouble(with rollout: RolloutID) async throws -> JournalError? {
        guard try await store.list().contains(rollout) else { return nil }
        do throws(JournalError) {
            _ = try await store.record(of: rollout)
            return nil
        } catch {
            return error
        }
    }

    /// Requires that the journal of a rollout that has the cluster lock is of use. One of another user is: the rollout is
    /// theirs, as one from another machine is.
    ///
    /// - Throws: `CommandRefusal.holderUnreadable` where the journal is here, and cannot be read.
    func requireReadable(_ rollout: RolloutID) async throws {
        guard let trouble = try await trouble(with: rollout), !trouble.isForbidden else { return }
        throw CommandRefusal.holderUnreadable(rollout, trouble)
    }

    /// Requires that no rollout is driven on this machine, for commands that none may run beside.
    ///
    /// A journal that cannot be opened is reported and left out: the operator confirms that no turnstile is at work.
    ///
    /// - Throws: `CommandRefusal.driven` while some process on this machine writes a rollout's journal.
    public func requireNoneDriven() async throws {
        for rollout in try await store.list() {
            do {
                try await requireNotDriven(rollout)
            } catch let error as JournalError {
                tell(.drivingUnknown(rollout, error))
            }
        }
    }

    /// - Throws: `CommandRefusal.driven` while some process on this machine writes that rollout's journal: `hold` is what acts
    ///   then (`WayOn.Standing.driven`). `JournalError` where its journal cannot be opened.
    func requireNotDriven(_ rollout: RolloutID) async throws {
        guard try await store.list().contains(rollout), try await store.isBeingWritten(rollout) else {
            return
        }
        throw CommandRefusal.driven(rollout)
    }

    /// The newest rollout that `willDo` accepts, and the faults of the journals after it.
    private func newest(
        _ willDo: (RolloutRecord) -> Bool
    ) async throws -> (Chosen?, unreadable: [JournalError]) {
        var unreadable: [JournalError] = []
        for id in try await store.list().reversed() {
            do throws(JournalError) {
                let record = try await store.record(of: id)
                if willDo(record) { return ((id, record), unreadable) }
            } catch {
                unreadable.append(error)
            }
        }
        return (nil, unreadable)
    }

    private func rollout(named name: String) async throws -> RolloutID {
        let id = RolloutID(name)
        guard try await store.list().contains(id) else {
            throw CommandRefusal.noSuchRollout(name, place: store.place)
        }
        return id
    }

    private func tellLeftOut(_ errors: [JournalError]) {
        if !errors.isEmpty { tell(.leftOut(errors)) }
    }
}

extension RolloutRecord {
    fileprivate var hasEnded: Bool { machine.outcome != nil }

    /// True if this rollout was begun or gone on with after the other one. Tokens grow with each start and resume, and no
    /// clock is asked.
    fileprivate func isLater(than other: RolloutRecord) -> Bool {
        let (mine, theirs) = (machine.plan.rollout, other.machine.plan.rollout)
        guard mine != theirs else { return false }
        return token == other.token ? mine.rawValue > theirs.rawValue : token > other.token
    }

    /// The hosts that the rollout has dealt with, or deals with now.
    fileprivate var hostsHad: Set<HostID> {
        var hosts = Set(machine.results.keys).union(givenBack.keys).union(machine.lost.keys)
        if let host = machine.state.work.host { hosts.insert(host) }
        if let host = machine.state.hostOut { hosts.insert(host) }
        return hosts
    }
}

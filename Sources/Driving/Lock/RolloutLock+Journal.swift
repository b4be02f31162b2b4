import AgentProtocol
import RolloutModel

/// What others saw of a rollout's journal: the only proof of its end.
extension RolloutLock {
    /// Whoever keeps how far a journal had come.
    public enum Witness: Hashable, Sendable, CustomStringConvertible {
        case host(HostID)
        case store

        public var description: String {
            switch self {
            case .host(let host): "host '\(host)'"
            case .store: "the cluster's etcd"
            }
        }
    }

    /// The end of a journal that somebody saw last; nil where they were told of none.
    public struct Sighting: Hashable, Sendable {
        public var witness: Witness
        public var end: Observation<JournalEnd?>
    }

    /// Of every host, in their order, and of the store where there is one.
    ///
    /// - Parameter reports: as the hosts gave them.
    public func sightings(in reports: [HostID: Observation<HostReport>]) async -> [Sighting] {
        let ofHosts = hosts.map { host in
            Sighting(
                witness: .host(host),
                end: (reports[host] ?? .unknown("not asked")).map { report in
                    report.agent.journal.flatMap { JournalEnd($0) }
                })
        }
        guard let store else { return ofHosts }
        do throws(LockFault) {
            return ofHosts + [Sighting(witness: .store, end: .seen(try await store.read().lock.journal))]
        } catch {
            return ofHosts + [Sighting(witness: .store, end: .unknown(error.why))]
        }
    }

    /// Has the store keep how far a journal has come that is left alone now. A store that cannot be asked keeps what it knew.
    public func note(_ end: JournalEnd) async {
        _ = try? await store?.change { lock in (lock.noting(end), ()) }
    }
}

extension JournalEnd {
    /// As an agent tells it; nil for what no journal can have.
    init?(_ seen: SeenJournal) {
        self.init(
            foreign: seen.rollout, token: seen.token, entry: seen.head.entry, sha256: seen.head.sha256)
    }
}

extension JournalHead {
    /// For requests, which name rollout and token themselves.
    init(_ end: JournalEnd) { self.init(entry: end.entry, sha256: end.sha256) }
}

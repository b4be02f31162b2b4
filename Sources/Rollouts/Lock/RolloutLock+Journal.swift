import AgentProtocol
import RolloutModel

/// The journal ends that hosts and the store have seen. No other evidence shows that a journal is complete.
extension RolloutLock {
    /// A host or the store, which keeps the last entry of the journal that it was told of.
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

    /// The end of a journal that a witness saw last; nil if it was told of none.
    public struct Sighting: Hashable, Sendable {
        public var witness: Witness
        public var end: Observation<JournalEnd?>
    }

    /// The sightings of all hosts, in their order, and of the store if there is one.
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

    /// Writes the end of a held journal to the store. A store that cannot be asked keeps the end it had.
    public func note(_ end: JournalEnd) async {
        _ = try? await store?.change { lock in (lock.noting(end), ()) }
    }
}

extension JournalEnd {
    /// As an agent tells it; nil for what no journal can have.
    init?(_ seen: SeenJournal) {
        self.init(foreign: seen.rollout, token: seen.token, head: seen.head)
    }
}

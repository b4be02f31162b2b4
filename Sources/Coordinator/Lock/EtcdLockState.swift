import ClusterAnswers
import Foundation
import RolloutModel
import Rollouts

/// The key of the lock in each store in use, as one host saw it in one reading. A swap is made over this state, so it
/// is the store's revision.
struct EtcdLockState: Codable, Hashable, Sendable {
    /// The host through which the key was seen; a swap uses the same host.
    var host: HostID
    var inUse: [EtcdKeyspace]
    var marks: [EtcdKeyspace: Mark] = [:]
    /// True if this host does not serve v2, though it is in use.
    var lacksV2 = false

    struct Mark: Codable, Hashable, Sendable {
        /// The key's value; nil where the key does not exist.
        var value: String?
        var revision: UInt64?
        /// The prefix of the v3 gateway.
        var prefix: String

        init(key: EtcdKey, prefix: String) {
            self.prefix = prefix
            guard case .value(let value, let revision) = key else { return }
            self.value = value
            self.revision = revision
        }
    }

    init(host: HostID, inUse: [EtcdKeyspace]) {
        self.host = host
        self.inUse = inUse
    }

    init(_ revision: LockStore.Revision) throws(LockFault) {
        do {
            self = try JSONDecoder().decode(Self.self, from: Data(revision.name.utf8))
        } catch {
            throw LockFault(why: "'\(revision.name)' is no revision of this store")
        }
    }

    /// All stores in use together. v3 counts where they differ: v2 alone has a holder when the lock was taken before the
    /// cluster had v3.
    var reading: LockStore.Reading {
        get throws(LockFault) {
            let (v2, v3) = (try kept(in: .v2), try kept(in: .v3))
            let lock = ClusterLock(
                lastToken: max(v2?.lastToken ?? 0, v3?.lastToken ?? 0), holder: v3?.holder ?? v2?.holder,
                journal: v3?.journal ?? v2?.journal)
            return LockStore.Reading(
                lock: lock, revision: try revision, isWhole: Set(marks.values.map(\.value)).count <= 1)
        }
    }

    private func kept(in keyspace: EtcdKeyspace) throws(LockFault) -> ClusterLock? {
        guard let value = marks[keyspace]?.value else { return nil }
        do throws(LockText.Unreadable) {
            return try LockText.lock(value)
        } catch {
            throw LockFault(
                kind: .unreadable,
                why: """
                    what etcd has under \(EtcdLockRequests.key) (\(keyspace) API) is not understood, and nothing is written \
                    over it: \(error.why). If no turnstile works on this cluster, \
                    remove that key there: \(keyspace.removal)
                    """)
        }
    }

    private var revision: LockStore.Revision {
        get throws(LockFault) {
            do {
                return LockStore.Revision(String(decoding: try JSONEncoder().encode(self), as: UTF8.self))
            } catch {
                throw LockFault(why: "the revision of the cluster's lock cannot be encoded: \(error)")
            }
        }
    }
}

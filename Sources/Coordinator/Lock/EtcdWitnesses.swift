import Driving
import RolloutModel
import Synchronization

/// Through which hosts a cluster's etcd is asked: whoever answered last comes first. A host on which nothing listens where its
/// etcd would, as on a worker, costs no turn.
final class EtcdWitnesses: Sendable {
    private let hosts: [HostID]
    private let first = Mutex(0)

    /// More hosts are not asked for one question; the next question begins after them.
    private static let witnessesMax = 4
    /// Nor more that have none: each costs a visit.
    private static let absencesMax = 64

    init(_ hosts: [HostID]) { self.hosts = hosts }

    /// What one host's word comes to.
    enum Word<Value: Sendable>: Sendable {
        case said(Value)
        /// Good enough where nobody has a better one.
        case poor(Value)
        /// No etcd answers there, and why.
        case absent(String)
    }

    /// The first host's word that is good enough.
    ///
    /// - Parameter what: was to be found out, for people.
    func ask<Value: Sendable>(
        _ what: String, _ examine: (HostID) async throws(HostFault) -> Word<Value>
    ) async throws(LockFault) -> Value {
        var complaints: [String] = []
        var poor: Value?
        var absences: [String] = []
        let start = first.withLock { $0 }
        for step in hosts.indices {
            let index = (start + step) % hosts.count
            // Where there are many workers, each is found out once, and the next question begins behind them.
            guard step - absences.count < Self.witnessesMax, absences.count < Self.absencesMax else {
                first.withLock { $0 = index }
                break
            }
            let host = hosts[index]
            do throws(HostFault) {
                switch try await examine(host) {
                case .poor(let value): poor = poor ?? value
                case .absent(let why): absences.append("through '\(host)': \(why)")
                case .said(let value):
                    first.withLock { $0 = index }
                    return value
                }
            } catch {
                complaints.append("through '\(host)': \(error.why)")
            }
        }
        if let poor { return poor }
        // What an etcd that is there has to say comes first.
        complaints += complaints.isEmpty ? absences.prefix(Self.witnessesMax) : []
        throw LockFault(
            why: "\(what) could not be read from etcd: "
                + (complaints.isEmpty ? "there is no host to ask" : complaints.joined(separator: "; ")))
    }
}

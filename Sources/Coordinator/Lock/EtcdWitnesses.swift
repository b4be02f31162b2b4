import Driving
import RolloutModel
import Synchronization

/// Through which hosts a cluster's etcd is asked: whoever answered last comes first.
final class EtcdWitnesses: Sendable {
    private let hosts: [HostID]
    private let first = Mutex(0)

    /// More hosts are not asked for one question; the next question begins after them.
    private static let witnessesMax = 4

    init(_ hosts: [HostID]) { self.hosts = hosts }

    /// What one host's word comes to.
    enum Word<Value: Sendable>: Sendable {
        case said(Value)
        /// Good enough where nobody has a better one.
        case poor(Value)
    }

    /// The first host's word that is good enough.
    ///
    /// - Parameter what: was to be found out, for people.
    func ask<Value: Sendable>(
        _ what: String, _ examine: (HostID) async throws(HostFault) -> Word<Value>
    ) async throws(LockFault) -> Value {
        var complaints: [String] = []
        var poor: Value?
        for index in turn {
            let host = hosts[index]
            do throws(HostFault) {
                switch try await examine(host) {
                case .poor(let value): poor = poor ?? value
                case .said(let value):
                    first.withLock { $0 = index }
                    return value
                }
            } catch {
                complaints.append("through '\(host)': \(error.why)")
            }
        }
        if let poor { return poor }
        first.withLock { $0 = hosts.isEmpty ? 0 : ($0 + Self.witnessesMax) % hosts.count }
        throw LockFault(
            why: "\(what) could not be read from etcd: "
                + (complaints.isEmpty ? "there is no host to ask" : complaints.joined(separator: "; ")))
    }

    private var turn: [Int] {
        let start = first.withLock { $0 }
        return hosts.indices.prefix(Self.witnessesMax).map { (start + $0) % hosts.count }
    }
}

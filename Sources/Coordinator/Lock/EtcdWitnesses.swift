import RolloutModel
import Rollouts
import Synchronization

/// The hosts through which a cluster's etcd is asked. The host that answered last is asked first. A host without etcd,
/// such as a worker, does not count as a try.
final class EtcdWitnesses: Sendable {
    private let hosts: [HostID]
    private let first = Mutex(0)

    /// The number of hosts with etcd asked for one question; the next question begins after them.
    private static let witnessesMax = 4
    /// The number of hosts without etcd visited for one question.
    private static let absencesMax = 64

    init(_ hosts: [HostID]) { self.hosts = hosts }

    /// The judgement of one host's answer.
    enum Word<Value: Sendable>: Sendable {
        case said(Value)
        /// An answer that is used if no host has a better one.
        case poor(Value)
        /// No etcd answers on the host; the reason why.
        case absent(String)
    }

    /// The first good answer, or else the first poor one.
    ///
    /// - Parameter what: the value asked for, in words for people.
    func ask<Value: Sendable>(
        _ what: String, _ examine: (HostID) async throws(HostFault) -> Word<Value>
    ) async throws(LockFault) -> Value {
        var complaints: [String] = []
        var poor: Value?
        var absences: [String] = []
        let start = first.withLock { $0 }
        for step in hosts.indices {
            let index = (start + step) % hosts.count
            // The next question begins after the workers found by this one, so that each is visited once.
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
        // Complaints of hosts that have etcd come first.
        complaints += complaints.isEmpty ? absences.prefix(Self.witnessesMax) : []
        throw LockFault(
            why: "\(what) could not be read from etcd: "
                + (complaints.isEmpty ? "there is no host to ask" : complaints.joined(separator: "; ")))
    }
}

import HostFiles
import RolloutModel
import Rollouts

/// The limits of an audit of many hosts.
public struct AuditPace: Hashable, Sendable {
    public static let parallelMax = 1024
    /// The descriptors that an audit needs at most: hosts in flight hold a socket each, and the process has some more.
    public static let descriptorsMax = parallelMax + AuditWindow.silentMax + 256

    /// The number of hosts at work at the same time. Silent hosts do not count.
    public var parallel: Int
    /// The time for a host's whole audit: connecting, login, command.
    public var deadline: Duration

    public init(parallel: Int = 64, deadline: Duration = .seconds(30)) {
        self.parallel = parallel
        self.deadline = deadline
    }
}

extension HostShell {
    /// Audits a limited number of hosts at a time, and hands over each result as soon as it is there, in any order. The
    /// connection with a host ends with its audit, so the resources in use do not grow with the number of hosts.
    ///
    /// - Parameters:
    ///   - etcd: the endpoint at which each host reaches its own etcd.
    ///   - began: called with the place of a host as its audit begins.
    ///   - each: called with the place of a host and the result. Calls of `each` and `began` never overlap.
    public func audit(
        _ hosts: [HostID], etcd: EtcdEndpoint = .usual, pace: AuditPace = .init(),
        began: (Int) -> Void = { _ in }, each: (Int, HostAudit) -> Void
    ) async {
        let question = AuditQuestion(etcd: etcd, deadline: pace.deadline)
        let (events, signal) = AsyncStream.makeStream(of: AuditEvent.self)
        var window = AuditWindow(count: hosts.count, width: pace.parallel)
        var arrivals = events.makeAsyncIterator()
        await withDiscardingTaskGroup { group in
            while !window.isDone {
                while let index = window.begin() {
                    began(index)
                    group.addTask {
                        let audit = await audit(hosts[index], question) {
                            signal.yield(.fellSilent(index))
                        }
                        signal.yield(.ended(index, audit))
                    }
                }
                switch await arrivals.next() {
                case .fellSilent(let index): window.fellSilent(index)
                case .ended(let index, let audit):
                    window.ended(index)
                    each(index, audit)
                // The task is cancelled, and its caller does not wait for the rest.
                case nil: return group.cancelAll()
                }
            }
        }
    }

    /// Audits hosts, and returns them in the order given.
    public func audit(
        _ hosts: [HostID], etcd: EtcdEndpoint = .usual, pace: AuditPace = .init()
    ) async -> [HostAudit] {
        var audits = [HostAudit?](repeating: nil, count: hosts.count)
        await audit(hosts, etcd: etcd, pace: pace) { audits[$0] = $1 }
        return zip(hosts, audits).map { $1 ?? HostAudit(host: $0, fault: "the audit was broken off") }
    }

    private func audit(
        _ host: HostID, _ question: AuditQuestion, onSilence: @escaping @Sendable () -> Void
    ) async -> HostAudit {
        let command: HostCommand
        switch question.command {
        case .failure(let refusal): return HostAudit(host: host, fault: "cannot ask its etcd: \(refusal.why)")
        case .success(let found): command = found
        }
        let visit = await visit(host, command, onSilence)
        var audit: HostAudit
        switch visit.outcome {
        case .failure(let fault): audit = HostAudit(host: host, fault: fault.why, bastion: fault.bastion)
        case .success(let result): audit = AuditAnswer(result).audit(of: host)
        }
        audit.retriedAfter = visit.retriedAfter
        audit.hostKey = visit.hostKey
        return audit
    }
}

private enum AuditEvent: Sendable {
    case fellSilent(Int)
    case ended(Int, HostAudit)
}

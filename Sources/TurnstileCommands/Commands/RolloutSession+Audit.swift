import Coordinator
import Settings

extension RolloutSession {
    /// Audits the hosts, showing how far it is, and returns the audits in the hosts' order.
    ///
    /// - Parameter each: nil, or given each as it is done; whatever it throws is thrown in the end.
    func audits(
        pace: AuditPace, each: ((HostAudit) throws -> Void)?
    ) async throws -> [HostAudit] {
        OpenFiles.allow(AuditPace.descriptorsMax)
        let progress = AuditProgress(hosts: hosts, terminal: .standardError())
        var audits = [HostAudit?](repeating: nil, count: hosts.count)
        var failure: (any Error)?
        await progress.following {
            await shell.audit(
                hosts, etcd: configuration.gates.etcdEndpoint, pace: pace,
                began: { progress.began($0) }
            ) { place, audit in
                progress.ended(place, failed: audit.fault != nil)
                audits[place] = audit
                guard let each, failure == nil else { return }
                progress.hide()
                do { try each(audit) } catch { failure = error }
            }
        }
        if let failure { throw failure }
        return audits.compactMap(\.self)
    }
}

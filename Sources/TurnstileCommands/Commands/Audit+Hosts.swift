import Coordinator
import Settings

extension Audit {
    /// Audits the hosts of a session, showing how far it is, and returns them in their order.
    ///
    /// - Parameter each: given each as it is done; whatever it throws is thrown in the end.
    func audits(
        of session: RolloutSession, each: ((HostAudit) throws -> Void)? = nil
    ) async throws -> [HostAudit] {
        OpenFiles.allow(AuditPace.descriptorsMax)
        let progress = AuditProgress(hosts: session.hosts, terminal: .standardError())
        var audits = [HostAudit?](repeating: nil, count: session.hosts.count)
        var failure: (any Error)?
        await progress.following {
            await session.shell.audit(
                session.hosts, etcd: session.configuration.gates.etcdEndpoint, pace: pace.pace,
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

import Coordinator

extension Audit {
    /// Audits the hosts of a session, showing how far it is, and returns them in their order.
    ///
    /// - Parameter each: given each as it is done.
    func audits(of session: RolloutSession, each: (HostAudit) -> Void = { _ in }) async -> [HostAudit] {
        OpenFiles.allow(AuditPace.descriptorsMax)
        let progress = AuditProgress(hosts: session.hosts, terminal: .standardError())
        var audits = [HostAudit?](repeating: nil, count: session.hosts.count)
        await progress.following {
            await session.shell.audit(session.hosts, pace: pace.pace, began: { progress.began($0) }) {
                place, audit in
                progress.ended(place, failed: audit.fault != nil)
                audits[place] = audit
                each(audit)
            }
        }
        return audits.compactMap(\.self)
    }
}

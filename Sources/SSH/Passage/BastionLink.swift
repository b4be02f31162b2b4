/// A connection to a bastion, with the channels on it. The link is confined to the loop of its bastion.
final class BastionLink {
    let connection: SSHConnection
    /// The time when the last channel was asked for.
    var requestedAt = ContinuousClock.now
    /// True while the caller who asked waits for the answer.
    var isClaimed = false
    /// The maximum number of channels at once.
    var room = SSHBastion.tunnelsMax

    init(_ connection: SSHConnection) { self.connection = connection }

    var session: Session { connection.link }
    var tunnels: Int { session.assumeIsolated { $0.tunnels.count } }

    /// True while a request is unanswered. The caller may have given it up, but libssh2 sends no other request before
    /// the answer.
    private var isBusy: Bool { isClaimed || session.assumeIsolated { $0.isOpening } }
    var isFree: Bool { !isBusy && !isFull }
    var isFull: Bool { tunnels >= room }
    /// True if the request is probably one to a silent host.
    func isStuck(after answerTime: Duration) -> Bool { isBusy && requestedAt + answerTime <= .now }
    /// True if the connection was lost, or serves no caller and takes no request.
    var isUseless: Bool {
        session.assumeIsolated { $0.hasEnded } || (!isClaimed && tunnels == 0 && isBusy)
    }
}

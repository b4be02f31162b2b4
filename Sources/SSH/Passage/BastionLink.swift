/// A connection to a bastion, with the channels on it. Confined to the loop of its bastion.
final class BastionLink {
    let connection: SSHConnection
    /// When the last channel was asked for.
    var requestedAt = ContinuousClock.now
    /// True while the one who asked waits for the answer.
    var isClaimed = false
    /// How many channels there may be at once.
    var room = SSHBastion.tunnelsMax

    init(_ connection: SSHConnection) { self.connection = connection }

    var session: Session { connection.link }
    var tunnels: Int { session.assumeIsolated { $0.tunnels.count } }

    /// A request was not answered yet. It may have been given up here, but libssh2 asks for nothing else before.
    private var isBusy: Bool { isClaimed || session.assumeIsolated { $0.isOpening } }
    var isFree: Bool { !isBusy && !isFull }
    var isFull: Bool { tunnels >= room }
    /// The request is probably one to a silent host.
    func isStuck(after answerTime: Duration) -> Bool { isBusy && requestedAt + answerTime <= .now }
    /// The connection was lost, or serves nobody and takes no request.
    var isUseless: Bool {
        session.assumeIsolated { $0.hasEnded } || (!isClaimed && tunnels == 0 && isBusy)
    }
}

import Logging

/// A host through which others are reached. A single connection carries the channels to all of them; more are opened
/// where a connection has all the channels it may have, or waits for the answer of a silent host.
///
/// libssh2 opens one channel at a time on a connection, and a bastion answers for a dead host only after minutes. So each
/// request has a connection to itself until it is answered.
public actor SSHBastion: LoopResident {
    /// The maximum number of channels on a connection.
    static let tunnelsMax = 64
    /// The maximum number of connections that do not wait for a silent host.
    static let linksMax = 8
    /// The maximum number of connections.
    static let linksMaxInAll = 32
    nonisolated let loop: SSHLoop
    let waits = LoopWaits()
    nonisolated let route: SSHRoute
    private let answerTime: Duration
    private let logger: Logger
    private var links: [BastionLink] = []
    private var connecting = Connecting.no
    /// The number of callers who wait for a tunnel. The loop knows this actor while there are any.
    private(set) var waiting = 0

    private enum Connecting {
        case no, yes
        /// The attempt failed. Callers who waited at that time get this error.
        case failed(SSHError, at: ContinuousClock.Instant)
    }

    public nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    /// - Parameters:
    ///   - route: the route to the bastion itself, which may lead through another one.
    ///   - answerTime: a request that is not answered by then counts as one to a silent host.
    ///   - loop: the shared one unless given. Connections through the bastion must use the same.
    /// - Throws: `SSHError` (`localFault`) if the loop cannot be started.
    public init(
        _ route: SSHRoute, answerTime: Duration = .milliseconds(300), loop: SSHLoop? = nil, logger: Logger
    ) throws(SSHError) {
        self.loop = if let loop { loop } else { try SSHLoop.shared() }
        self.route = route
        self.answerTime = answerTime
        self.logger = logger
    }

    /// Opens a tunnel to a host.
    ///
    /// - Parameters:
    ///   - fate: is told the reason when the tunnel ends.
    ///   - timeouts: the host's own. The time to connect to the bastion is the bastion's own.
    /// - Returns: a socket that leads to the host's port, which the caller closes.
    func tunnel(
        to target: SSHTarget, _ fate: StreamFate, _ timeouts: SSHTimeouts
    ) async throws(SSHError) -> Int32 {
        enter()
        defer { exit() }
        let own = route.timeouts
        let patience = Patience(
            .connect, for: own.connect + own.handshake + own.authentication + timeouts.connect,
            until: timeouts.deadline)
        var losses = 0
        while true {
            let link = try await link(for: target, patience)
            do throws(SSHError) {
                return try await request(link, target, fate, timeouts)
            } catch {
                switch TunnelRefusal(error) {
                // The other channels on the connection took the room.
                case .noRoom where link.tunnels > 0: link.room = link.tunnels
                // The connection was lost, perhaps long ago: a new one is tried once.
                case .lost where losses == 0: losses += 1
                case let refusal: throw refusal.error(for: target, through: route.target, error)
                }
            }
        }
    }

    private func request(
        _ link: BastionLink, _ target: SSHTarget, _ fate: StreamFate, _ timeouts: SSHTimeouts
    ) async throws(SSHError) -> Int32 {
        (link.isClaimed, link.requestedAt) = (true, .now)
        defer {
            link.isClaimed = false
            waits.wakeAll()
        }
        return try await link.session.openTunnel(
            to: target.host, target.port, fate,
            Patience(.connect, for: timeouts.connect, until: timeouts.deadline))
    }

    // MARK: Connections

    /// A connection on which a channel may be asked for.
    private func link(for target: SSHTarget, _ patience: Patience) async throws(SSHError) -> BastionLink {
        let since = ContinuousClock.now
        while true {
            if let link = freeLink() { return link }
            if case .failed(let error, let time) = connecting, time >= since {
                throw SSHError(.bastion(error), for: target, through: route.target)
            }
            if mayConnect {
                try await connect(for: target, until: patience.deadline)
            } else {
                try await wait(for: target, patience)
            }
        }
    }

    private func freeLink() -> BastionLink? {
        links.removeAll { $0.isUseless }
        return links.first(where: \.isFree)
    }

    /// True if every connection is full, or has waited too long for an answer.
    private var mayConnect: Bool {
        if case .yes = connecting { return false }
        let atWork = links.filter { !$0.isStuck(after: answerTime) }
        return links.count < Self.linksMaxInAll && atWork.count < Self.linksMax && atWork.allSatisfy(\.isFull)
    }

    private func connect(
        for target: SSHTarget, until deadline: ContinuousClock.Instant
    ) async throws(SSHError) {
        connecting = .yes
        defer { waits.wakeAll() }
        var route = route
        route.timeouts.deadline = deadline
        do throws(SSHError) {
            links.append(BastionLink(try await SSHConnection.open(route, loop: loop, logger: logger)))
            connecting = .no
        } catch {
            // A caller who was only cancelled leaves the attempt to another who waits.
            connecting = error.reason == .cancelled ? .no : .failed(error, at: .now)
            throw SSHError(
                error.reason == .cancelled ? .cancelled : .bastion(error), for: target,
                through: self.route.target)
        }
    }

    // MARK: Waiting

    private func wait(for target: SSHTarget, _ patience: Patience) async throws(SSHError) {
        // A request may turn out meanwhile to be one to a silent host.
        let soon = min(patience.deadline, .now + answerTime)
        switch await rest(until: soon, since: waits.happenings) {
        case .cancelled: throw SSHError(.cancelled, for: target, through: route.target)
        case .activity, .deadlinePassed: break
        }
        if patience.isOver {
            throw SSHError(.deadlinePassed(patience.allowed), for: target, through: route.target)
        }
    }

    private func enter() {
        if waiting == 0 { settle() }
        waiting += 1
    }

    private func exit() {
        waiting -= 1
        if waiting == 0 { leave() }
    }

    func handle(_ events: SocketEvents, on token: UInt64) {}

    func handleTimer() {}
}

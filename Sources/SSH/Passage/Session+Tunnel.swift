import CLibSSH2
import Glibc

extension Session {
    /// Opens a channel to another host.
    ///
    /// - Returns: a socket that leads there, which the caller closes.
    func openTunnel(
        to host: String, _ port: UInt16, _ fate: StreamFate, _ patience: Patience
    ) async throws(SSHError) -> Int32 {
        let opening = Opening.tunnel(request: TunnelRequest(host: host, port: port).bytes)
        try await takeTurn(patience)
        let channel = try await openAtOnce(opening, patience)
        let pair: SocketPair
        do {
            pair = try SocketPair(farBlocks: false)
        } catch {
            retire(.channel, channel)
            throw failure(.connect, .localFault("\(error)"))
        }
        let tunnel = Tunnel(channel: channel, socket: pair.far, token: loop.admit(self), fate: fate)
        tunnels[tunnel.token] = tunnel
        driveTunnels()
        return pair.near
    }

    /// The socket of a tunnel became ready.
    func handle(_ events: SocketEvents, of tunnel: Tunnel) {
        tunnel.note(events)
        guard let transport else { return }
        transport.beginTurn()
        let before = transport.received
        pump(tunnel, on: transport)
        // A write reads, too: what came may be for others.
        if transport.received != before {
            driveTunnels()
            waits.wake(behind: transport.received)
        }
        updateInterest()
    }

    /// Moves what can be moved in every tunnel, until nothing more has come for any.
    func driveTunnels() {
        guard !tunnels.isEmpty, let transport else { return }
        var before: UInt64
        repeat {
            before = transport.received
            for tunnel in tunnels.values { pump(tunnel, on: transport) }
        } while transport.received != before && !transport.isTurnOver
        if transport.isTurnOver { loop.post { self.assumeIsolated { $0.goOnWithTunnels() } } }
    }

    private func goOnWithTunnels() {
        transport?.beginTurn()
        driveTunnels()
        waits.wakeAll()
        updateInterest()
    }

    private func pump(_ tunnel: Tunnel, on transport: Transport) {
        guard transport.ending == nil else { return }
        tunnel.pump(mayWrite: { !transport.isFull })
        if tunnel.isOver { return end(tunnel) }
        let wanted = tunnel.interest
        guard wanted != tunnel.watched else { return }
        _ = loop.watch(tunnel.socket, for: wanted, token: tunnel.token, isNew: tunnel.watched == nil)
        tunnel.watched = wanted
    }

    private func end(_ tunnel: Tunnel) {
        forget(tunnel)
        retire(.channel, tunnel.channel)
    }

    private func forget(_ tunnel: Tunnel) {
        tunnels[tunnel.token] = nil
        if tunnel.watched != nil { loop.unwatch(tunnel.socket) }
        loop.dismiss(tunnel.token)
    }

    /// Ends every tunnel, when this connection has ended.
    func dropTunnels(_ why: String) {
        for tunnel in tunnels.values {
            tunnel.fate.tell("the connection to '\(target)', through which it went, was lost: \(why)")
            forget(tunnel)
        }
    }
}

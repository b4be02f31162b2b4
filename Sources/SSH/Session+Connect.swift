import Glibc

extension Session {
    /// Makes the connection, by whatever way the route says.
    func connect() async throws(SSHError) {
        settle()
        switch route.passage {
        case .direct:
            try await call(
                until: Patience(.connect, for: timeouts.connect, until: timeouts.deadline).deadline)
        case .command(let command): try await run(command)
        case .through(let bastion): try await call(through: bastion)
        }
    }

    private func call(through bastion: SSHBastion) async throws(SSHError) {
        if silence.isPending {
            calledAt = .now
            setTimer(.now + SilenceNotice.afterCall)
        }
        let fate = StreamFate()
        let socket = try await bastion.tunnel(to: target, fate, timeouts)
        calledAt = nil
        try begin(on: Transport(descriptor: socket, fate: fate))
    }

    /// A host behind another one is silent while its tunnel is not there.
    func giveSilenceNoticeIfDue() {
        guard let calledAt, calledAt + SilenceNotice.afterCall <= .now else { return }
        self.calledAt = nil
        silence.give()
    }

    /// Resolves the host's name and connects to the first of its addresses that answers.
    private func call(until deadline: ContinuousClock.Instant) async throws(SSHError) {
        let addresses = try await resolve(until: deadline)
        var lastFailure = failure(.connect, .unreachable("the name has no address"))
        for (index, address) in addresses.enumerated() {
            // A silent address leaves time for those after it.
            let share = (deadline - .now) / (addresses.count - index)
            do throws(SSHError) {
                try begin(on: Transport(descriptor: try await connect(to: address, until: .now + share)))
                peer = address.numeric
                return
            } catch {
                if error.reason == .cancelled { throw error }
                lastFailure = error
            }
        }
        throw lastFailure
    }

    private func resolve(until deadline: ContinuousClock.Instant) async throws(SSHError) -> [SocketAddress] {
        if case .success(let addresses) = SocketAddress.resolve(
            target.host, port: target.port, route.origin.family, isNumeric: true)
        {
            return addresses
        }
        let outcome = await offload(until: deadline) { [target, route] in
            SocketAddress.resolve(target.host, port: target.port, route.origin.family, isNumeric: false)
        }
        switch outcome {
        case .success(.success(let addresses)): return addresses
        case .success(.failure(let fault)):
            throw failure(.resolveName, .nameNotResolved("'\(target.host)': \(fault.message)"))
        case .failure(.deadlinePassed): throw failure(.resolveName, .deadlinePassed(timeouts.connect))
        case .failure(.cancelled): throw failure(.resolveName, .cancelled)
        }
    }

    private func connect(to address: SocketAddress, until deadline: ContinuousClock.Instant)
        async throws(SSHError)
        -> Int32
    {
        let type = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        let descriptor = socket(address.family, type, 0)
        guard descriptor >= 0 else { throw failure(.connect, .localFault("\(SystemFault.last)")) }
        do throws(SSHError) {
            try bind(descriptor, for: address)
            try await finishConnect(descriptor, to: address, until: deadline)
        } catch {
            loop.unwatch(descriptor)
            _ = Glibc.close(descriptor)
            throw error
        }
        loop.unwatch(descriptor)
        return descriptor
    }

    private func bind(_ descriptor: Int32, for called: SocketAddress) throws(SSHError) {
        if let own = route.origin.address {
            guard case .success(let addresses) = SocketAddress.resolve(own, port: 0, .any, isNumeric: true),
                let address = addresses.first
            else { throw failure(.connect, .localFault("BindAddress '\(own)' is no address")) }
            try bind(descriptor, to: address, "BindAddress '\(own)'")
        } else if let name = route.origin.interface {
            guard let address = NetworkInterface(name: name).address(called.family) else {
                throw failure(
                    .connect,
                    .localFault(
                        "BindInterface '\(name)' has no address, or is not up, for \(called.numeric ?? target.host). "
                            + "See 'ip address'"))
            }
            try bind(descriptor, to: address, "BindInterface '\(name)'")
        }
    }

    private func bind(_ descriptor: Int32, to address: SocketAddress, _ words: String) throws(SSHError) {
        guard address.withPointer({ Glibc.bind(descriptor, $0, $1) }) == 0 else {
            throw failure(.connect, .localFault("\(words): \(SystemFault.last)"))
        }
    }

    private func finishConnect(
        _ descriptor: Int32, to address: SocketAddress, until deadline: ContinuousClock.Instant
    ) async throws(SSHError) {
        var on: Int32 = 1
        let size = socklen_t(MemoryLayout<Int32>.size)
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, size)
        guard address.withPointer({ Glibc.connect(descriptor, $0, $1) }) != 0 else { return }
        guard errno == EINPROGRESS else { throw connectFailure(errno) }
        guard loop.watch(descriptor, for: .writable, token: waits.token, isNew: true) else {
            throw failure(.connect, .localFault("\(SystemFault.last)"))
        }
        while true {
            switch await restForCall(until: deadline) {
            case .deadlinePassed: throw failure(.connect, .deadlinePassed(timeouts.connect))
            case .cancelled: throw failure(.connect, .cancelled)
            case .activity: break
            }
            var code: Int32 = 0
            var length = size
            getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &length)
            guard code == 0 else { throw connectFailure(code) }
            // Woken for something else?
            var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
            if poll(&ready, 1, 0) == 1 { return }
        }
    }

    private func restForCall(until deadline: ContinuousClock.Instant) async -> Wake {
        let patience = ContinuousClock.now + SilenceNotice.afterCall
        // A socket that is ready is reported again.
        guard silence.isPending, patience < deadline else {
            return await rest(until: deadline, since: waits.happenings)
        }
        let wake = await rest(until: patience, since: waits.happenings)
        guard wake == .deadlinePassed else { return wake }
        silence.give()
        return await rest(until: deadline, since: waits.happenings)
    }

    private func connectFailure(_ code: Int32) -> SSHError {
        let said = "\(target.host) port \(target.port): \(SystemFault(code: code))"
        return failure(.connect, code == ECONNREFUSED ? .refused(said) : .unreachable(said))
    }
}

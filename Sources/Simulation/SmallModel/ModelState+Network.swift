import RolloutModel

/// Requests on their way: each arrives at some time, and its reply may be lost.
extension ModelState {
    func send(_ index: Int, _ verb: ModelRequest.Verb, to host: Int) -> ModelSuccessor {
        let coordinator = coordinators[index]
        let token = coordinator.grantedToken == 0 ? coordinator.token : coordinator.grantedToken
        let request = ModelRequest(host: host, by: index, token: token, verb: verb)
        return after(.sends(request)) { state in
            state.coordinators[index].sent = request
            state.put(request)
        }
    }

    /// Every request may arrive now; and who waits for one may give up waiting, while it is on its way still.
    func deliveries() -> [ModelSuccessor] {
        underWay.flatMap { request -> [ModelSuccessor] in
            var steps = [deliver(request, isHeard: true)]
            guard coordinators[request.by].sent == request, lossesLeft > 0 else { return steps }
            steps.append(deliver(request, isHeard: false))
            steps.append(
                after(.hearsNothing(request)) { state in
                    state.lossesLeft -= 1
                    state.goOnUnheard(request)
                })
            return steps
        }
    }

    private func deliver(_ request: ModelRequest, isHeard: Bool) -> ModelSuccessor {
        var next = self
        next.remove(request)
        let isAwaited = coordinators[request.by].sent == request
        guard hosts[request.host].isUp else {
            return isAwaited
                ? next.fail(request)
                : ModelSuccessor(what: .arrives(request, "late, at a host that is down"), state: next)
        }
        let before = hosts[request.host]
        let answer = next.hosts[request.host].take(request)
        let violation = next.judge(request, from: before)
        var successor: ModelSuccessor
        switch (isAwaited, isHeard) {
        case (false, _): successor = ModelSuccessor(what: .arrives(request, "late"), state: next)
        case (true, true): successor = next.hear(answer, to: request)
        case (true, false):
            next.lossesLeft -= 1
            next.goOnUnheard(request)
            successor = ModelSuccessor(what: .arrives(request, "and its reply is lost"), state: next)
        }
        if let violation { successor.violation = violation }
        return successor
    }

    /// An unknown outcome: a step is asked again, and of a reboot it is found out.
    private mutating func goOnUnheard(_ request: ModelRequest) {
        coordinators[request.by].sent = nil
        if case .reboot = request.verb { coordinators[request.by].agenda.removeFirst() }
    }

    /// Taken in vain: let go, unless the rollout had it before.
    private mutating func giveUpTaking(_ request: ModelRequest) {
        if coordinators[request.by].machine == nil { release(request.by, token: request.token) }
        coordinators[request.by].stop()
    }

    private func fail(_ request: ModelRequest) -> ModelSuccessor {
        if case .claim = request.verb {
            return after(.arrives(request, "at a host that is down")) { $0.coordinators[request.by].stop() }
        }
        return taking(request.by, .stepFailed(why: "no route to host"))
    }

    private func hear(_ answer: ModelHost.Answer, to request: ModelRequest) -> ModelSuccessor {
        switch answer {
        case .claimed, .goingDown:
            return after(.arrives(request, "and is answered")) { state in
                state.coordinators[request.by].sent = nil
                state.coordinators[request.by].agenda.removeFirst()
                state.settle(request.by)
            }
        case .refused:
            if case .claim = request.verb {
                return after(.arrives(request, "and is refused")) { $0.giveUpTaking(request) }
            }
            return taking(request.by, .stepFailed(why: "refused"))
        case .staged(let boot, let partition):
            return taking(request.by, .staged(version: ModelHost.new, boot: boot, partition: partition))
        case .nothingOffered: return taking(request.by, .nothingOffered(running: ModelHost.new))
        case .committed: return taking(request.by, .committed(version: ModelHost.new))
        }
    }

    /// Holds what a request did against the invariants.
    private func judge(_ request: ModelRequest, from before: ModelHost) -> String? {
        let host = hosts[request.host]
        guard host != before else { return nil }
        if host.isOut, !before.isOut,
            let other = hosts.indices.first(where: { $0 != request.host && hosts[$0].isOut })
        {
            return "h\(request.host) was told to reboot while h\(other) was out"
        }
        let announced = coordinators[request.by].announced
        switch request.verb {
        case .claim: return nil
        case .stage:
            if case .stage(Self.host(request.host), _)? = announced { return nil }
        case .reboot(let boot):
            if case .reboot(Self.host(request.host), boot, _)? = announced { return nil }
        case .commit(let boot):
            if case .commit(Self.host(request.host), boot, _)? = announced { return nil }
        }
        return "\(request.verb) of h\(request.host) was not in the journal of \(request.by)"
    }
}

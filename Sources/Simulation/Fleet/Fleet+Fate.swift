import RolloutModel
import Rollouts
import Synchronization

extension Fleet {
    /// Injects faults into the world at random intervals, until the end of the trial.
    func befall(until end: Moment) async {
        while time.now < end {
            let wait = state.withLock { state -> Duration? in
                let share = state.dice.roll(0.2...1.8)
                return state.faults.worldApart.map { $0 * share }
            }
            guard let wait, (try? await time.sleep(wait)) != nil, time.now < end else { return }
            state.withLock { $0.happen(at: time.now) }
        }
    }

    /// Repairs everything, and ends all faults.
    func mend() {
        state.withLock { $0.faults = .none }
        repair()
    }

    /// Repairs everything. More faults may follow.
    func repair() {
        state.withLock { state in
            for id in state.world.order {
                state.world.hosts[id]?.memberIsIll = false
                state.world.hosts[id]?.fleetSilentSince = nil
                state.world.hosts[id]?.nextBoot = .asItShould
                state.world.hosts[id]?.powerCutAt = nil
                guard state.world.hosts[id]?.isBroken == false else { continue }
                if state.world.hosts[id]?.upAt != nil { state.world.hosts[id]?.upAt = time.now }
            }
            state.world.staleViews = [:]
            state.world.minority = []
            state.world.settle(at: time.now)
        }
    }

    /// A host breaks for good, whatever it is in the middle of.
    func breakForGood(_ id: HostID) {
        state.withLock { state in
            state.count(.hostBroken)
            state.world.advance(to: time.now)
            state.world.hosts[id]?.isBroken = true
            state.world.hosts[id]?.goDown(at: time.now, for: .forGood)
            state.world.settle(at: time.now)
        }
    }

    /// Hosts that nothing brings up again.
    var broken: Set<HostID> { state.withLock { Set($0.world.hosts.values.filter(\.isBroken).map(\.id)) } }

    /// A person declares the host lost, so that other hosts may go from now on.
    func declareLost(_ id: HostID) {
        state.withLock { state in
            state.count(.hostLost)
            state.world.declaredLost.insert(id)
            state.judge.isLost(id)
        }
    }

    /// A new rollout leaves out the broken hosts; their members are removed from etcd.
    func leaveOutBroken() {
        for id in broken where !state.withLock({ $0.world.declaredLost.contains(id) }) { declareLost(id) }
        removeLostMembers()
    }

    /// A person removes the members of lost hosts from etcd.
    func removeLostMembers() { state.withLock { $0.world.membersRemoved = $0.world.declaredLost } }

    func writeFails() -> Bool {
        state.withLock { state in
            guard time.now < state.faults.end, state.dice.happens(state.faults.failedWrite) else {
                return false
            }
            state.count(.failedWrite)
            return true
        }
    }

    /// Records the person's consent to try again the hosts that a held state names as reverted.
    func giveWord(_ state: RolloutMachine.State) {
        guard let reasons = state.held else { return }
        for host in reasons.compactMap(\.revertedHost) {
            self.state.withLock { $0.judge.wordsGiven[host, default: 0] += 1 }
        }
    }

    /// - Returns: true if the machine is held at etcd's point of no return; the consent is recorded then.
    func acceptNoReturn(_ machine: RolloutMachine) -> Bool {
        guard let reasons = machine.state.held else { return false }
        guard reasons.contains(where: \.isPointOfNoReturn) else { return false }
        acceptNoReturn(of: machine.plan.rollout)
        return true
    }

    func acceptNoReturn(of rollout: RolloutID) {
        _ = state.withLock { $0.judge.noReturnAccepted.insert(rollout) }
    }

    func giveWord(for hosts: [HostID]) {
        state.withLock { state in
            for host in hosts { state.judge.wordsGiven[host, default: 0] += 1 }
        }
    }

    func note(_ invariant: Judge.Invariant, _ what: String) {
        state.withLock { $0.judge.note(.init(at: time.now, invariant: invariant, what: what)) }
    }
}

extension Fleet.State {
    /// Injects one event into one host.
    mutating func happen(at now: Moment) {
        world.advance(to: now)
        guard let id = dice.pick(world.order) else { return }
        switch dice.roll(0...9) {
        case 0:
            world.hosts[id]?.memberIsIll = true
            let flaps = dice.happens(0.5)
            world.hosts[id]?.memberFlaps = flaps
            count(flaps ? .memberFlaps : .memberIll)
        case 1: world.hosts[id]?.memberIsIll = false
        case 2:
            world.hosts[id]?.fleetSilentSince = now
            count(.fleetSilent)
        case 3: world.hosts[id]?.fleetSilentSince = nil
        case 4:
            world.staleViews[id] = .init(
                machines: world.machines(seenBy: id, at: now), until: now + dice.roll(seconds: 10...200))
            count(.staleView)
        case 5:
            world.minority = world.minority.isEmpty ? [id] : []
            count(.splitView)
        case 6:
            guard dice.happens(faults.channelMoves) else { break }
            world.offer = World.laterOffer
            count(.channelMoved)
        case 7:
            if let host = world.hosts[id], host.upAt == .never, !host.isBroken {
                world.hosts[id]?.upAt = now
            }
        case 8: loseLeader(at: now)
        default: rebootItself(id, at: now)
        }
        world.settle(at: now)
    }

    private mutating func rebootItself(_ id: HostID, at now: Moment) {
        let before = world
        guard let went = world.rebootItself(id, at: now) else { return }
        count(went ? .selfReboot : .selfRebootRefused)
        if went { judge.judgeSelfReboot(of: id, in: before, at: now) }
    }
}

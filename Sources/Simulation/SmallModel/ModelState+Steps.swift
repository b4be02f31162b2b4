import AgentProtocol
import HostAgent
import RolloutModel

/// A state that may follow, the event that leads to it, and the violation in it, if there is one.
struct ModelSuccessor {
    var what: Happening
    var state: ModelState
    var violation: String?
}

/// An event in the small model. The description is made only where somebody will read it.
enum Happening: Sendable, CustomStringConvertible {
    case isUp(host: Int)
    case losesPower(host: Int)
    case starts(Int)
    case dies(Int)
    case unlocks(Int)
    case takesLock(Int)
    case findsLockHeld(Int)
    case cordons(Int, host: Int)
    case uncordons(Int, host: Int)
    case takesUp(Int)
    case learns(Int, RolloutMachine.Event)
    case sends(ModelRequest)
    case hearsNothing(ModelRequest)
    case arrives(ModelRequest, String)

    var description: String {
        switch self {
        case .isUp(let host): "h\(host) is up"
        case .losesPower(let host): "h\(host), whose update is downloaded ahead, loses its power"
        case .starts(let index): "\(index) starts"
        case .dies(let index): "\(index) dies"
        case .unlocks(let index): "a person unlocks \(index)"
        case .takesLock(let index): "\(index) takes the lock"
        case .findsLockHeld(let index): "\(index) finds the lock held"
        case .cordons(let index, let host): "\(index) cordons n\(host)"
        case .uncordons(let index, let host): "\(index) uncordons n\(host)"
        case .takesUp(let index): "\(index) takes up what was left"
        case .learns(let index, let event): "\(index): \(event)"
        case .sends(let request): "\(request.by) sends \(request.verb) to h\(request.host)"
        case .hearsNothing(let request): "\(request.by) hears nothing of \(request.verb)"
        case .arrives(let request, let how):
            "\(request.verb) of \(request.by) arrives at h\(request.host), \(how)"
        }
    }
}

extension ModelState {
    /// All states that may follow.
    func successors() -> [ModelSuccessor] {
        arrivals() + powerCuts() + coordinators.indices.flatMap { coordinatorSteps($0) } + deliveries()
    }

    /// A host that is down comes up.
    private func arrivals() -> [ModelSuccessor] {
        hosts.indices.filter { !hosts[$0].isUp }.map { index in
            var arrival = after(.isUp(host: index)) { $0.hosts[index].arrive() }
            if hosts[index].isPrefetched, arrival.state.hosts[index].runsNew {
                arrival.violation = "h\(index) came up on what was downloaded ahead"
            }
            return arrival
        }
    }

    /// A host whose update is downloaded ahead goes down, and nobody told it to.
    private func powerCuts() -> [ModelSuccessor] {
        guard powerCutsLeft > 0 else { return [] }
        return hosts.indices.filter { hosts[$0].isUp && hosts[$0].isPrefetched }.map { index in
            after(.losesPower(host: index)) { state in
                state.hosts[index].isUp = false
                state.powerCutsLeft -= 1
            }
        }
    }

    private func coordinatorSteps(_ index: Int) -> [ModelSuccessor] {
        let coordinator = coordinators[index]
        var steps: [ModelSuccessor] = []
        switch coordinator.life {
        case .finished: return []
        case .waiting:
            if coordinator.startsLeft > 0 {
                steps.append(after(.starts(index)) { $0.coordinators[index].start(hosts: hosts.count) })
            }
        case .running:
            if coordinator.crashesLeft > 0 {
                steps.append(after(.dies(index)) { $0.coordinators[index].die() })
            }
            if coordinator.sent == nil { steps += nextSteps(index) }
        }
        if unlocksLeft > 0, isHeld(by: index) {
            steps.append(
                after(.unlocks(index)) { state in
                    state.unlocksLeft -= 1
                    state.unlock(index)
                })
        }
        return steps
    }

    /// The next steps of a coordinator that depend on others, or that others depend on. Local steps were done at once:
    /// no coordinator can tell when they happened.
    private func nextSteps(_ index: Int) -> [ModelSuccessor] {
        switch coordinators[index].agenda.first {
        case .takeLock: [takeLock(index)]
        case .claim(let host): [send(index, .claim, to: host)]
        case .perform(let directive): perform(directive, index)
        case .attach, .begin, nil: []
        }
    }

    /// True if the store, or any host, names this coordinator's rollout as the holder.
    private func isHeld(by index: Int) -> Bool {
        let rollout = Self.rollout(index)
        return lock.holder?.rollout == rollout
            || hosts.contains { $0.hold.claim?.rollout == rollout.rawValue }
    }

    private func takeLock(_ index: Int) -> ModelSuccessor {
        let holder = LockHolder(rollout: Self.rollout(index), token: 0, operatorName: "", since: "")
        switch lock.taken(by: holder, above: highestToken) {
        case .held, .spent:
            return after(.findsLockHeld(index)) { $0.coordinators[index].stop() }
        case .taken(let taken, let token):
            return after(.takesLock(index)) { state in
                state.lock = taken
                state.coordinators[index].grantedToken = token
                state.coordinators[index].agenda.removeFirst()
            }
        }
    }

    private func perform(_ directive: RolloutMachine.Directive, _ index: Int) -> [ModelSuccessor] {
        switch directive {
        case .askGates(let checkpoint, let host): return [askGates(checkpoint, host, index)]
        case .stage(let host, _, _): return [send(index, .stage, to: self.index(of: host))]
        case .reboot(let host, let staged):
            return [send(index, .reboot(boot: staged.boot), to: self.index(of: host))]
        case .commit(let host, let returned):
            return [send(index, .commit(boot: returned.boot), to: self.index(of: host))]
        case .awaitReturn(let host, let staged): return [awaitReturn(self.index(of: host), staged, index)]
        case .evacuate(let host): return [evacuate(self.index(of: host), index)]
        case .readmit(let host): return [readmit(self.index(of: host), index)]
        case .record, .hold, .finish, .rollback, .awaitRetreat, .abandon, .step: return []
        }
    }

    private func askGates(_ checkpoint: Checkpoint, _ host: HostID, _ index: Int) -> ModelSuccessor {
        let concerned = self.index(of: host)
        // With two members of etcd no host may go, so a small cluster is modelled without its etcd.
        let settings = GateSettings(
            fleet: .init(ttl: .seconds(5)), etcd: hosts.count < 3 ? nil : .init(samples: 2),
            asksForNodes: !cordons.isEmpty)
        let gates = Gates(
            plan: plan(index), settings: settings, token: coordinators[index].token,
            drained: coordinators[index].machine?.state.drained)
        switch gates.verdict(checkpoint, of: host, history: inventories(concerning: concerned)) {
        case .proceed: return taking(index, .gatesOpened(running: hosts[concerned].version))
        case .hold(let reasons): return taking(index, .gatesHeld(reasons: reasons))
        }
    }

    private func awaitReturn(
        _ host: Int, _ staged: RolloutMachine.Staged, _ index: Int
    ) -> ModelSuccessor {
        guard hosts[host].isUp else {
            return taking(index, .notReturned(waited: .seconds(1), why: "no route to host"))
        }
        guard hosts[host].bootID(host) != staged.boot else { return taking(index, .rebootNotBegun()) }
        return taking(
            index,
            .returned(
                boot: hosts[host].bootID(host), version: hosts[host].version, partition: hosts[host].partition
            ))
    }

    func taking(_ index: Int, _ event: RolloutMachine.Event) -> ModelSuccessor {
        var next = self
        do throws(RolloutMachine.IllegalEvent) {
            try next.coordinators[index].take(event)
        } catch {
            return ModelSuccessor(what: .learns(index, event), state: next, violation: error.description)
        }
        next.settle(index)
        return ModelSuccessor(what: .learns(index, event), state: next)
    }

    func after(_ what: Happening, _ change: (inout ModelState) -> Void) -> ModelSuccessor {
        var next = self
        change(&next)
        return ModelSuccessor(what: what, state: next)
    }
}

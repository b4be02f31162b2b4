import AgentProtocol
import HostAgent
import RolloutModel

/// The local steps of a coordinator: no other coordinator sees them, apart from the last one.
extension ModelState {
    /// Does local steps until the next step is about others.
    mutating func settle(_ index: Int) {
        while coordinators[index].life == .running, let step = coordinators[index].agenda.first {
            switch step {
            case .attach: attach(index)
            case .begin: begin(index)
            case .perform(.record(let intent)):
                coordinators[index].announced = intent
                coordinators[index].agenda.removeFirst()
            case .perform(.hold): coordinators[index].stop()
            case .perform(.finish): finish(index)
            case .takeLock, .claim, .perform: return
            }
        }
    }

    private mutating func attach(_ index: Int) {
        if coordinators[index].machine == nil {
            coordinators[index].machine = RolloutMachine(plan: plan(index))
        }
        coordinators[index].token = coordinators[index].grantedToken
        coordinators[index].agenda.removeFirst()
    }

    private mutating func begin(_ index: Int) {
        guard let machine = coordinators[index].machine else { return }
        let event: RolloutMachine.Event? =
            switch machine.state.top {
            case .planned: .began
            case .hold: .resumed(retryReverted: false)
            default: nil
            }
        guard let event else {
            coordinators[index].agenda = machine.outstanding.map { .perform($0) }
            return
        }
        // The events `began` and `resumed` are legal in the states they were chosen for.
        guard (try? coordinators[index].take(event)) != nil else { return coordinators[index].stop() }
    }

    private mutating func finish(_ index: Int) {
        coordinators[index].stop()
        coordinators[index].life = .finished
        let token = coordinators[index].token
        release(index, token: token)
    }

    /// Releases the lock as `RolloutLock` does, at the agents first. A host that is down stays held.
    mutating func release(_ index: Int, token: Token) {
        let rollout = Self.rollout(index)
        let request = ReleaseRequest(
            authority: Authority(rollout: rollout.rawValue, token: token), supersedes: nil, resetsTokens: nil)
        for host in hosts.indices { hosts[host].release(request) }
        if let free = lock.released(by: rollout, token: token) { lock = free }
    }

    /// Unlocks the rollout of a coordinator that a person says is dead.
    mutating func unlock(_ index: Int) {
        let rollout = Self.rollout(index)
        let token = Token(max(lock.lastToken, highestToken).rawValue + 1)
        let request = ReleaseRequest(
            authority: Authority(rollout: "unlock", token: token), supersedes: rollout.rawValue,
            resetsTokens: nil)
        for host in hosts.indices { hosts[host].release(request) }
        for host in cordons.indices where cordons[host] == index { cordons[host] = nil }
        if let free = lock.unlocked(naming: rollout, below: token) { lock = free }
    }

    /// The highest token that any host which is up has seen.
    var highestToken: Token {
        hosts.filter(\.isUp).map { max($0.hold.highestToken ?? 0, $0.hold.authority?.token ?? 0) }.max() ?? 0
    }
}

import AgentProtocol
import HostAgent
import RolloutModel

/// A host of the small model, with only the state that an agent's answers depend on, and nothing that grows without
/// end.
struct ModelHost: Hashable, Sendable {
    var runsNew = false
    var isCommitted = true
    var isArmed = false
    /// True if the update is on the other partition, and no boot takes it.
    var isPrefetched = false
    var isUp = true
    var boot: UInt8 = 1
    var phase = Phase.idle
    /// The agent's memory of rollouts.
    var hold = HostHold()
    /// True if the host was told to reboot, and has not been committed since.
    var isOut = false

    enum Phase: Hashable, Sendable { case idle, staged, rebooting, committed }

    static let old = Version("1.0.0")
    static let new = Version("2.0.0")

    var version: Version { runsNew ? Self.new : Self.old }
    var partition: String { runsNew ? "USR-B" : "USR-A" }

    func bootID(_ index: Int) -> BootID { BootID("\(index)-\(boot)") }

    mutating func arrive() {
        isUp = true
        boot += 1
        guard isArmed else { return }
        isArmed = false
        runsNew = true
        isCommitted = false
    }
}

/// A request from a coordinator to a host. A request arrives at once, later, or long after its coordinator died.
struct ModelRequest: Hashable, Sendable {
    var host: Int
    var by: Int
    var token: Token
    var verb: Verb

    /// The request as numbers.
    var order: [UInt64] { [UInt64(by), UInt64(host), token.rawValue] + verb.order }

    var authority: Authority { Authority(rollout: ModelState.rollout(by).rawValue, token: token) }

    enum Verb: Hashable, Sendable {
        case claim
        case stage
        case reboot(boot: BootID)
        case commit(boot: BootID)
    }
}

extension ModelRequest.Verb {
    fileprivate var order: [UInt64] {
        switch self {
        case .claim: [0]
        case .stage: [1]
        case .reboot(let boot): [2] + boot.rawValue.utf8.map(UInt64.init)
        case .commit(let boot): [3] + boot.rawValue.utf8.map(UInt64.init)
        }
    }
}

extension ModelHost {
    enum Answer: Hashable, Sendable {
        case claimed
        case staged(boot: BootID, partition: String)
        case nothingOffered
        case goingDown
        case committed
        /// The host did nothing.
        case refused
    }

    /// Answers as an agent does: first the rule about who may change the host, then the phase. A repeated request gets
    /// the same answer.
    mutating func take(_ request: ModelRequest) -> Answer {
        if case .claim = request.verb {
            let claim = ClaimRequest(authority: request.authority, holder: "", since: "")
            return hold.take(claim) == nil ? .claimed : .refused
        }
        let former = hold.authority
        guard hold.change(by: request.authority) == nil else { return .refused }
        let answer = act(request)
        if answer == .refused { hold.forgo(request.authority, former: former) }
        return answer
    }

    private mutating func act(_ request: ModelRequest) -> Answer {
        switch request.verb {
        case .claim: .claimed
        case .stage: stage(request.host)
        case .reboot(let boot): reboot(request.host, boot)
        case .commit(let boot): commit(request.host, boot)
        }
    }

    /// Releases the host, if it is up.
    mutating func release(_ request: ReleaseRequest) {
        guard isUp else { return }
        _ = hold.release(request)
    }

    private mutating func stage(_ index: Int) -> Answer {
        guard isCommitted else { return .refused }
        guard !runsNew else { return .nothingOffered }
        isArmed = true
        isPrefetched = false
        phase = .staged
        return .staged(boot: bootID(index), partition: "USR-B")
    }

    private mutating func reboot(_ index: Int, _ boot: BootID) -> Answer {
        // The boot to be ended has ended already.
        guard boot == bootID(index) else { return .goingDown }
        guard isArmed else { return .refused }
        phase = .rebooting
        isUp = false
        isOut = true
        return .goingDown
    }

    private mutating func commit(_ index: Int, _ boot: BootID) -> Answer {
        guard boot == bootID(index) else { return .refused }
        isCommitted = true
        isOut = false
        phase = .committed
        return .committed
    }
}

import RolloutModel

/// A host of the small model: as much of it as an agent's answers depend on, and nothing that grows without end.
struct ModelHost: Hashable, Sendable {
    var runsNew = false
    var isCommitted = true
    var isArmed = false
    var isUp = true
    var boot: UInt8 = 1
    var phase = Phase.idle
    /// The highest token it has seen.
    var token: UInt64 = 0
    /// Which coordinator's rollout changed it last, and which one it is held by.
    var changedBy: Int?
    var claimedBy: Int?
    /// Told to reboot, and not committed since.
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

/// What a coordinator sends to a host. It arrives at once, later, or long after its coordinator died.
struct ModelRequest: Hashable, Sendable {
    var host: Int
    var by: Int
    var token: UInt64
    var verb: Verb

    enum Verb: Hashable, Sendable {
        /// - supersedes: another coordinator, whom a person said to be dead.
        case claim(supersedes: Int?)
        case stage
        case reboot(boot: BootID)
        case commit(boot: BootID)
    }
}

extension ModelHost {
    enum Answer: Hashable, Sendable {
        case claimed
        case staged(boot: BootID, partition: String)
        case nothingOffered
        case goingDown
        case committed
        /// It did nothing.
        case refused
    }

    /// As an agent does: the token first, then who holds it, then what it is in the phase for; the same twice is the same.
    mutating func take(_ request: ModelRequest) -> Answer {
        guard request.token >= token else { return .refused }
        if case .claim(let superseded) = request.verb {
            guard claimedBy == nil || claimedBy == request.by || claimedBy == superseded else {
                return .refused
            }
            claimedBy = request.by
            token = request.token
            return .claimed
        }
        guard claimedBy == nil || claimedBy == request.by else { return .refused }
        token = request.token
        changedBy = request.by
        switch request.verb {
        case .claim: return .refused
        case .stage: return stage(request.host)
        case .reboot(let boot): return reboot(request.host, boot)
        case .commit(let boot): return commit(request.host, boot)
        }
    }

    private mutating func stage(_ index: Int) -> Answer {
        guard isCommitted else { return .refused }
        guard !runsNew else { return .nothingOffered }
        isArmed = true
        phase = .staged
        return .staged(boot: bootID(index), partition: "USR-B")
    }

    private mutating func reboot(_ index: Int, _ boot: BootID) -> Answer {
        // Another boot than the one that is to end: it ended already.
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

import AgentProtocol

/// A request that the agent took, and how it ended.
public struct Goal: Codable, Hashable, Sendable {
    /// Counts the requests of this host.
    public var number: Int
    public var request: GoalRequest
    /// The boot in which it was taken.
    public var bootID: String
    /// The end of its time, since that boot; no clock that somebody can set.
    public var end: Duration
    /// By whose word the host was changed before it; nil where nobody's was.
    public var former: Authority?
    /// nil: still open.
    public var outcome: AgentMessage?
    /// Random: a record that was lost, or put back to an older copy, counts anew, and its goals are others. nil: taken
    /// by an agent that had none.
    public var nonce: String?

    /// The names in a record.
    private enum CodingKeys: String, CodingKey {
        case number, request, bootID
        case end = "endSeconds"
        case former, outcome, nonce
    }

    public init(
        number: Int, request: GoalRequest, bootID: String, end: Duration, former: Authority? = nil,
        outcome: AgentMessage? = nil, nonce: String? = nil
    ) {
        self.number = number
        self.request = request
        self.bootID = bootID
        self.end = end
        self.former = former
        self.outcome = outcome
        self.nonce = nonce
    }

    /// Tells it from every other goal of this host.
    var key: String { nonce.map { "\(number)-\($0)" } ?? "\(number)" }

    static func freshNonce() -> String { String(UInt64.random(in: .min ... .max), radix: 16) }

    var isOpen: Bool { outcome == nil }

    /// The believable times of a boot.
    static let times = Duration.zero ... .seconds(10_000_000_000)
    private static let numberMax = 1 << 53

    /// Why no agent can have written the goal; nil if one can.
    var complaint: String? {
        guard (0..<Self.numberMax).contains(number) else { return "\(number) is no number of a goal" }
        guard Self.times.contains(end) else {
            return "\(end.inSeconds) s is no time of a boot"
        }
        return request.complaint
    }
}

/// A request of a changing verb, whichever it is.
public indirect enum GoalRequest: Codable, Hashable, Sendable {
    case stage(StageRequest)
    case prefetch(PrefetchRequest)
    case arm(ArmRequest)
    case reboot(RebootRequest)
    case commit(CommitRequest)
    case rollback(RollbackRequest)
    case abandon(AbandonRequest)

    private static let rebootAllowed = Duration.seconds(120)

    private var request: any AgentRequest {
        switch self {
        case .stage(let request): request
        case .prefetch(let request): request
        case .arm(let request): request
        case .reboot(let request): request
        case .commit(let request): request
        case .rollback(let request): request
        case .abandon(let request): request
        }
    }

    var verb: AgentVerb { type(of: request).verb }

    /// Why the goal's numbers are invalid; nil if they are valid. `HostHold` judges the token.
    fileprivate var complaint: String? {
        switch self {
        case .stage(let request): RequestRules.deadline(request.deadline)
        case .prefetch(let request): RequestRules.deadline(request.deadline)
        case .arm(let request): RequestRules.deadline(request.deadline)
        case .commit(let request): RequestRules.deadline(request.deadline)
        case .abandon(let request): RequestRules.deadline(request.deadline)
        case .reboot(let request): request.deadManMinutes.flatMap { RequestRules.deadMan($0) }
        case .rollback: nil
        }
    }

    /// How long the whole step may take.
    var allowed: Duration {
        switch self {
        case .stage(let request): request.allowed
        case .prefetch(let request): request.allowed
        case .arm(let request): request.allowed
        case .commit(let request): request.allowed
        case .abandon(let request): request.allowed
        case .reboot, .rollback: Self.rebootAllowed
        }
    }

    var authority: Authority {
        get { request.authority }
        set {
            switch self {
            case .stage(var request):
                request.authority = newValue
                self = .stage(request)
            case .prefetch(var request):
                request.authority = newValue
                self = .prefetch(request)
            case .arm(var request):
                request.authority = newValue
                self = .arm(request)
            case .reboot(var request):
                request.authority = newValue
                self = .reboot(request)
            case .commit(var request):
                request.authority = newValue
                self = .commit(request)
            case .rollback(var request):
                request.authority = newValue
                self = .rollback(request)
            case .abandon(var request):
                request.authority = newValue
                self = .abandon(request)
            }
        }
    }

    /// Asks for the same, by whosever word and within whatever time.
    func isSameGoal(as other: GoalRequest) -> Bool {
        let mine = self
        var theirs = other
        theirs.authority = mine.authority
        switch (mine, theirs) {
        case (.stage(let a), .stage(var b)):
            b.deadline = a.deadline
            return a == b
        case (.prefetch(let a), .prefetch(var b)):
            b.deadline = a.deadline
            return a == b
        case (.arm(let a), .arm(var b)):
            b.deadline = a.deadline
            return a == b
        case (.commit(let a), .commit(var b)):
            b.deadline = a.deadline
            return a == b
        case (.abandon, .abandon): return true
        case (.reboot, .reboot), (.rollback, .rollback): return mine == theirs
        case (.stage, _), (.prefetch, _), (.arm, _), (.reboot, _), (.commit, _), (.rollback, _),
            (.abandon, _):
            return false
        }
    }
}

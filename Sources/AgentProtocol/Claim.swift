/// The claim of a rollout on a host. The claim lasts from the rollout's beginning to its end, whether or not its
/// coordinator lives: meanwhile no other rollout changes the host, whatever its token.
public struct Claim: Codable, Hashable, Sendable {
    public var rollout: String
    public var token: Token
    /// The operator, `user@machine`, for people.
    public var holder: String
    /// The time of the claim, ISO 8601, for people. No decision depends on it.
    public var since: String

    public init(rollout: String, token: Token, holder: String, since: String) {
        self.rollout = rollout
        self.token = token
        self.holder = holder
        self.since = since
    }
}

/// Claim the host for a rollout. Changes nothing else on it.
public struct ClaimRequest: AgentRequest {
    public typealias Answer = Claim
    public static let verb = AgentVerb.claim
    public var protocolVersion: Int
    public var authority: Authority
    public var holder: String
    public var since: String

    public init(
        protocolVersion: Int = ProtocolVersion.current, authority: Authority, holder: String, since: String
    ) {
        self.protocolVersion = protocolVersion
        self.authority = authority
        self.holder = holder
        self.since = since
    }

    /// The claim that the request asks for.
    public var claim: Claim {
        Claim(rollout: authority.rollout, token: authority.token, holder: holder, since: since)
    }
}

/// Release the host: its rollout has ended, or a person says that its holder is dead.
public struct ReleaseRequest: AgentRequest {
    public typealias Answer = Authority
    public static let verb = AgentVerb.release
    public var protocolVersion: Int
    /// The authority, whose token the host remembers: a caller with a lower token can change the host no more.
    public var authority: Authority
    /// The exact id of another rollout that has the host, and whose holder a person says is dead.
    public var supersedes: String?
    /// A person's word that no turnstile works on this cluster. A host that has seen a token which counting cannot have
    /// reached is released, whoever holds it, and goes on from the token of this request.
    public var resetsTokens: Bool?

    public init(
        protocolVersion: Int = ProtocolVersion.current, authority: Authority, supersedes: String?,
        resetsTokens: Bool?
    ) {
        self.protocolVersion = protocolVersion
        self.authority = authority
        self.supersedes = supersedes
        self.resetsTokens = resetsTokens
    }
}

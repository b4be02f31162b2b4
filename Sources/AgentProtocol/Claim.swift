/// Who has a host for their rollout. Held from the rollout's beginning to its end, whether or not its coordinator lives:
/// nobody else changes the host meanwhile, whatever their token.
public struct Claim: Codable, Hashable, Sendable {
    public var rollout: String
    public var token: Token
    /// `user@machine`: for people.
    public var holder: String
    /// ISO 8601: for people; decides nothing.
    public var since: String

    public init(rollout: String, token: Token, holder: String, since: String) {
        self.rollout = rollout
        self.token = token
        self.holder = holder
        self.since = since
    }
}

/// Take the host for a rollout. Changes nothing else on it.
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

    /// The claim it asks for.
    public var claim: Claim {
        Claim(rollout: authority.rollout, token: authority.token, holder: holder, since: since)
    }
}

/// Let the host go: its rollout has ended, or a person says that its holder is dead.
public struct ReleaseRequest: AgentRequest {
    public typealias Answer = Authority
    public static let verb = AgentVerb.release
    public var protocolVersion: Int
    /// Its token is remembered: whoever has a lower one can change the host no more.
    public var authority: Authority
    /// The exact id of another rollout that has the host, and whose holder a person says is dead.
    public var supersedes: String?
    /// A person's word that no turnstile works on this cluster: a host that has seen a token which counting cannot have led
    /// to is let go by whoever has it, and goes on from the token of this request.
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

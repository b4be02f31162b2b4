public import AgentProtocol

/// What a host remembers of rollouts, and who may change it by that: whoever carries the highest token it has seen, and
/// while a rollout has it, that one alone (DESIGN 3.2).
public struct HostHold: Hashable, Sendable {
    /// By whose word the host was changed last.
    public var authority: Authority?
    /// Who has the host for their rollout, until they let go, or until a person names them as dead.
    public var claim: Claim?
    /// The highest token seen with a claim; it outlives the claim.
    public var highestToken: UInt64?

    public init(authority: Authority? = nil, claim: Claim? = nil, highestToken: UInt64? = nil) {
        self.authority = authority
        self.claim = claim
        self.highestToken = highestToken
    }

    /// The host is about to be changed.
    ///
    /// - Returns: nil where it may be, and this is remembered.
    public mutating func change(by asking: Authority) -> Refusal? {
        if let refusal = outdated(asking) ?? heldByAnother(asking) { return refusal }
        authority = asking
        return nil
    }

    /// The change was refused after all, with nothing done: whoever changed the host last stays who they were. The token
    /// stays seen.
    public mutating func forgo(_ asking: Authority, former: Authority?) {
        guard authority == asking else { return }
        authority = former
        highestToken = max(highestToken ?? 0, asking.token)
    }

    /// Takes the host for a rollout. Who changed it last stays who they were.
    ///
    /// - Returns: nil where it is theirs now.
    public mutating func take(_ request: ClaimRequest) -> Refusal? {
        if let refusal = outdated(request.authority) ?? heldByAnother(request.authority) { return refusal }
        claim = request.claim
        highestToken = request.authority.token
        return nil
    }

    /// Lets the host go: by who has it, or by a person who names that rollout as dead. What nobody holds is free already.
    ///
    /// - Returns: nil where nobody has it now.
    public mutating func release(_ request: ReleaseRequest) -> Refusal? {
        if let refusal = outdated(request.authority) { return refusal }
        if claim?.rollout != request.supersedes, let refusal = heldByAnother(request.authority) {
            return refusal
        }
        claim = nil
        highestToken = max(highestToken ?? 0, request.authority.token)
        return nil
    }

    /// 0 where none was.
    var highestSeen: UInt64 {
        [authority?.token, claim?.token, highestToken].compactMap(\.self).max() ?? 0
    }

    private func heldByAnother(_ asking: Authority) -> Refusal? {
        guard let claim, claim.rollout != asking.rollout else { return nil }
        return Refusal(
            reason: .heldByAnother,
            message: "refused rollout \(asking.rollout.debugDescription): this host is held by rollout "
                + "\(claim.rollout.debugDescription) of \(claim.holder), since \(claim.since). Wait for its end, or, "
                + "if its turnstile is dead, free it with `turnstile unlock \(claim.rollout)`")
    }

    private func outdated(_ asking: Authority) -> Refusal? {
        let known = [authority, claim.map { Authority(rollout: $0.rollout, token: $0.token) }]
        for seen in known.compactMap(\.self) {
            if let refusal = outdated(asking, by: seen) { return refusal }
        }
        guard let highestToken, asking.token < highestToken else { return nil }
        return Refusal(
            reason: .tokenOutdated,
            message:
                "refused token \(asking.token) of rollout \(asking.rollout.debugDescription): this host has seen "
                + "token \(highestToken), and a lower one may not change it any more")
    }

    private func outdated(_ asking: Authority, by seen: Authority) -> Refusal? {
        let named = "token \(asking.token) of rollout \(asking.rollout.debugDescription)"
        if asking.token < seen.token {
            return Refusal(
                reason: .tokenOutdated,
                message: "refused \(named): this host has seen token \(seen.token) of rollout "
                    + "\(seen.rollout.debugDescription), and a lower one may not change it any more")
        }
        guard asking.token == seen.token, asking.rollout != seen.rollout else { return nil }
        return Refusal(
            reason: .tokenOutdated,
            message: "refused \(named): token \(seen.token) belongs to rollout "
                + "\(seen.rollout.debugDescription); take a higher one")
    }
}

extension HostRecord {
    var hold: HostHold {
        get { HostHold(authority: authority, claim: claim, highestToken: highestToken) }
        set {
            authority = newValue.authority
            claim = newValue.claim
            highestToken = newValue.highestToken
        }
    }
}

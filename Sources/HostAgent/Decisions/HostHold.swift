public import AgentProtocol

/// A host's memory of rollouts, which decides who may change the host: a caller with the highest token that the host has
/// seen, and while a rollout has the host, that rollout alone.
public struct HostHold: Hashable, Sendable {
    /// The authority under which the host was changed last.
    public var authority: Authority?
    /// The claim of the rollout that has the host, until the rollout releases it, or a person names the rollout as
    /// dead.
    public var claim: Claim?
    /// The highest token seen with a claim. The token outlives the claim.
    public var highestToken: Token?
    /// The journal of the last caller that might change the host, as far as it had come. The value outlives the claim.
    public var journal: SeenJournal?

    public init(
        authority: Authority? = nil, claim: Claim? = nil, highestToken: Token? = nil,
        journal: SeenJournal? = nil
    ) {
        self.authority = authority
        self.claim = claim
        self.highestToken = highestToken
        self.journal = journal
    }

    /// Admits a change to the host.
    ///
    /// - Returns: nil where the change is allowed, and remembered.
    public mutating func change(by asking: Authority) -> Refusal? {
        if let refusal = spoilt(asking) ?? outdated(asking) ?? heldByAnother(asking) { return refusal }
        authority = asking.bare
        remember(asking)
        return nil
    }

    /// Takes an admitted change back that was refused with nothing done: the former authority stays the last one to
    /// have changed the host. The token stays seen.
    public mutating func forgo(_ asking: Authority, former: Authority?) {
        guard authority == asking.bare else { return }
        authority = former
        highestToken = max(highestToken ?? 0, asking.token)
    }

    /// Claims the host for a rollout. The authority of the last change stays.
    ///
    /// - Returns: nil where the host is claimed now.
    public mutating func take(_ request: ClaimRequest) -> Refusal? {
        let asking = request.authority
        if let refusal = spoilt(asking) ?? outdated(asking) ?? heldByAnother(asking) { return refusal }
        claim = request.claim
        highestToken = request.authority.token
        remember(asking)
        return nil
    }

    /// Releases the host, for the rollout that has it, or for a person who names that rollout as dead. A host without a
    /// claim is free already.
    ///
    /// - Returns: nil where no rollout has the host now.
    public mutating func release(_ request: ReleaseRequest) -> Refusal? {
        if request.resetsTokens == true { return reset(to: request.authority) }
        if let refusal = spoilt(request.authority) ?? outdated(request.authority) { return refusal }
        if claim?.rollout != request.supersedes, let refusal = heldByAnother(request.authority) {
            return refusal
        }
        claim = nil
        highestToken = max(highestToken ?? 0, request.authority.token)
        remember(request.authority)
        return nil
    }

    /// Keeps the journal's progress that an admitted caller told. A late request does not set it back.
    private mutating func remember(_ asking: Authority) {
        guard let head = asking.journal else { return }
        let seen = SeenJournal(rollout: asking.rollout, token: asking.token, head: head)
        if let journal, (journal.rollout, journal.token) == (seen.rollout, seen.token),
            journal.head.entry >= head.entry
        {
            return
        }
        journal = seen
    }

    /// The highest token in this record.
    public var highestSeen: Token? {
        [authority?.token, claim?.token, highestToken].compactMap(\.self).max()
    }

    /// Sets a token back that counting cannot have reached. The authority whose work the host is in the middle of stays
    /// known.
    private mutating func reset(to asking: Authority) -> Refusal? {
        let seen = highestSeen ?? 0
        guard damage != nil || seen.isLeap(from: asking.token) else {
            return Refusal(
                reason: .phaseUnsuitable,
                message:
                    "nothing to set back: this host has seen token \(seen), to which counting may have led")
        }
        claim = nil
        journal = nil
        authority = authority.map {
            Authority(rollout: RequestRules.rollout($0.rollout) == nil ? $0.rollout : "unknown", token: 0)
        }
        highestToken = asking.token
        return nil
    }

    /// Refuses every rollout while the record is damaged or forged.
    private func spoilt(_ asking: Authority) -> Refusal? {
        damage.map { damage in
            Refusal(
                reason: .tokenOutdated,
                message:
                    "refused rollout \(asking.rollout.debugDescription): \(AgentState.recordPath) of this host \(damage). "
                    + "Once no turnstile works on this cluster, `turnstile unlock --reset-tokens` sets the record right"
            )
        }
    }

    /// The values in the record that no turnstile writes, in words; nil if there are none.
    private var damage: String? {
        let names = [authority, claim.map { Authority(rollout: $0.rollout, token: $0.token) }].compactMap(
            \.self)
        if let odd = names.first(where: { RequestRules.rollout($0.rollout) != nil }) {
            return "names rollout \(odd.rollout.debugDescription), which is no id"
        }
        guard let seen = highestSeen, !seen.isPossible else { return nil }
        let rollout =
            names.first { $0.token == seen }.map { " of rollout \($0.rollout.debugDescription)" } ?? ""
        return "has token \(seen)\(rollout), and no token is above \(Token.ceiling)"
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
        get {
            HostHold(authority: authority, claim: claim, highestToken: highestToken, journal: journal)
        }
        set {
            authority = newValue.authority
            claim = newValue.claim
            highestToken = newValue.highestToken
            journal = newValue.journal
        }
    }
}

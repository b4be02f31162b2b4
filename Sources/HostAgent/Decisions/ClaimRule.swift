import AgentProtocol

/// Who has this host: one rollout at a time, until it lets go, or until a person names it as dead.
enum ClaimRule {
    /// nil for an authority that may act, as far as claims go.
    static func refusal(of asking: Authority, held claim: Claim?) -> Refusal? {
        guard let claim, claim.rollout != asking.rollout else { return nil }
        return Refusal(
            reason: .heldByAnother,
            message: "refused rollout \(asking.rollout.debugDescription): this host is held by rollout "
                + "\(claim.rollout.debugDescription) of \(claim.holder), since \(claim.since). Wait for its end, or, "
                + "if its turnstile is dead, free it with `turnstile unlock \(claim.rollout)`")
    }

    /// Takes the host for a rollout.
    ///
    /// The token is remembered also when the claim is let go. Who changed the host last stays who they were.
    static func take(_ request: ClaimRequest, into record: inout HostRecord) throws(StepStop) {
        try check(request.authority, record)
        if let refusal = refusal(of: request.authority, held: record.claim) { throw .refused(refusal) }
        record.claim = request.claim
        record.highestToken = request.authority.token
    }

    /// Lets the host go: by who has it, or by a person who names that rollout as dead. What nobody holds is free already.
    static func release(_ request: ReleaseRequest, from record: inout HostRecord) throws(StepStop) {
        try check(request.authority, record)
        if record.claim?.rollout != request.supersedes,
            let refusal = refusal(of: request.authority, held: record.claim)
        {
            throw .refused(refusal)
        }
        record.claim = nil
        record.highestToken = max(record.highestToken ?? 0, request.authority.token)
    }

    private static func check(_ authority: Authority, _ record: HostRecord) throws(StepStop) {
        if let refusal = TokenRule.refusal(of: authority, in: record) { throw .refused(refusal) }
    }
}

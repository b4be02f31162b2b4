import AgentProtocol

/// Who may change this host: whoever carries the highest token it has seen (DESIGN 3.2).
enum TokenRule {
    /// nil for an authority that may act, in view of who changed the host last, and who held it.
    static func refusal(of asking: Authority, in record: HostRecord) -> Refusal? {
        if let refusal = refusal(of: asking, seen: record.authority) { return refusal }
        if let claim = record.claim {
            return refusal(of: asking, seen: Authority(rollout: claim.rollout, token: claim.token))
        }
        guard let highest = record.highestToken, asking.token < highest else { return nil }
        return Refusal(
            reason: .tokenOutdated,
            message:
                "refused token \(asking.token) of rollout \(asking.rollout.debugDescription): this host has seen "
                + "token \(highest), and a lower one may not change it any more")
    }

    /// nil for an authority that may act.
    static func refusal(of asking: Authority, seen: Authority?) -> Refusal? {
        guard let seen else { return nil }
        let named = "token \(asking.token) of rollout \(asking.rollout.debugDescription)"
        if asking.token < seen.token {
            return Refusal(
                reason: .tokenOutdated,
                message: "refused \(named): this host has seen token \(seen.token) of rollout "
                    + "\(seen.rollout.debugDescription), and a lower one may not change it any more")
        }
        if asking.token == seen.token, asking.rollout != seen.rollout {
            return Refusal(
                reason: .tokenOutdated,
                message: "refused \(named): token \(seen.token) belongs to rollout "
                    + "\(seen.rollout.debugDescription); take a higher one")
        }
        return nil
    }
}

extension ConnectionCheck {
    /// A login that was refused, as several hosts may have it in common.
    private struct Refusal: Hashable {
        /// nil where the ssh configuration does not tell it.
        var user: String?
        var why: String
        var advice: String?
    }

    /// The findings of several hosts, in their order. A user whose login several hosts refused for one reason is one
    /// finding, at the place of the first of them.
    public static func findings(_ checks: [ConnectionCheck]) -> [Checkup.Finding] {
        let alike = Dictionary(grouping: checks, by: \.refusal)
        return checks.compactMap { check in
            guard let refusal = check.refusal, let refused = alike[refusal], refused.count > 1 else {
                return check.finding
            }
            return refused.first?.host == check.host ? finding(refusal, refused) : nil
        }
    }

    private var refusal: Refusal? {
        guard let failure, failure.trouble == .loginRefused, failure.bastion == nil,
            failure.words.key == nil, let why = failure.words.refusal
        else { return nil }
        return Refusal(user: login?.user, why: why, advice: failure.words.advice)
    }

    private static func finding(_ refusal: Refusal, _ refused: [ConnectionCheck]) -> Checkup.Finding {
        let user = refusal.user.map { " as '\($0)'" } ?? ""
        return .fault(
            .login, .hosts(refused.map(\.host)), "cannot log in\(user): \(refusal.why)",
            fix: Remedy(advice(refusal.advice) + otherLogin(refused.compactMap(\.login))))
    }
}

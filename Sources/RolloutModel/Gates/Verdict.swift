/// A gate's answer. Never a `Bool`: whoever waits must be told for what.
public enum Verdict: Hashable, Sendable {
    case proceed
    /// All reasons, not the first.
    case hold([HoldReason])

    public init(_ reasons: [HoldReason]) {
        self = reasons.isEmpty ? .proceed : .hold(reasons)
    }

    public var reasons: [HoldReason] {
        guard case .hold(let reasons) = self else { return [] }
        return reasons
    }
}

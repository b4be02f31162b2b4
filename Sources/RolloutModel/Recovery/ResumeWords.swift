/// The words that a hold needs before its rollout goes on.
public struct ResumeWords: Hashable, Sendable, CustomStringConvertible {
    public var retryReverted: Bool
    public var acceptsNoReturn: Bool

    public static let none = ResumeWords()

    public init(retryReverted: Bool = false, acceptsNoReturn: Bool = false) {
        self.retryReverted = retryReverted
        self.acceptsNoReturn = acceptsNoReturn
    }

    public init(_ reasons: [HoldReason]) {
        self.init(
            retryReverted: reasons.contains(where: \.isTerminal),
            acceptsNoReturn: reasons.contains(where: \.isPointOfNoReturn))
    }

    var options: [String] {
        (retryReverted ? ["--retry-reverted"] : []) + (acceptsNoReturn ? ["--yes"] : [])
    }

    /// As options, each after a blank.
    public var description: String { options.map { " \($0)" }.joined() }
}

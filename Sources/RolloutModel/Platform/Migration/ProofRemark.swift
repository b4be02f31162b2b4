/// A reservation about an application that was carried: its answers for these names prove less than others.
public enum ProofRemark: Codable, Hashable, Sendable {
    /// Both clusters answer as for names that they do not know.
    case unknownAtBoth([DomainName])
    /// The old cluster did not answer, or answered with a fault.
    case nothingToCompare([DomainName])
}

extension ProofRemark: CustomStringConvertible {
    /// The remark, as one sentence without its full stop.
    public var description: String {
        switch self {
        case .unknownAtBoth(let names):
            """
            both clusters answer for \(Self.text(names)) as for a name that they do not know, so that this proves \
            nothing: look at it yourself
            """
        case .nothingToCompare(let names):
            "the old cluster did not answer for \(Self.text(names)), or with a fault: nothing was compared"
        }
    }

    private static func text(_ names: [DomainName]) -> String { Names.text(names.map(\.text)) }
}

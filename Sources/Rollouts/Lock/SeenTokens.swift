import AgentProtocol
import RolloutModel

/// The tokens that a cluster has seen, and where. A new token must be above all of them. A made-up token must not use
/// up the range of tokens for everybody.
struct SeenTokens: Sendable {
    /// The highest token in this rollout's journal.
    var ours: Token
    private var others: [(source: String, token: Token)] = []

    init(ours: Token) { self.ours = ours }

    mutating func add(_ token: Token, of source: String) { others.append((source, token)) }

    /// The highest.
    ///
    /// - Throws: `Doubt` about a token far above all others, or one that has no successor.
    func highest() throws(Doubt) -> Token {
        guard let top = others.max(by: { $0.token < $1.token }), top.token > ours else { return ours }
        let rest = others.filter { $0.source != top.source }.map(\.token)
        let next = max(ours, rest.max() ?? 0)
        guard !top.token.isLeap(from: next) else {
            throw Doubt(source: top.source, token: top.token, next: next)
        }
        return top.token
    }

    /// The highest token that counting can have reached; higher ones are ignored.
    func highestCounted() -> Token {
        let counted = ([ours] + others.map(\.token)).sorted()
        var last: Token = 0
        for token in counted {
            guard !token.isLeap(from: last) else { break }
            last = token
        }
        return last
    }

    struct Doubt: Error, Hashable, Sendable {
        var source: String
        var token: Token
        var next: Token

        var why: String {
            """
            \(source) has token \(token), and nobody else has seen one above \(next): counting did not lead there. Look at who \
            wrote it; once no turnstile works on this cluster, 'turnstile unlock --reset-tokens' sets tokens back
            """
        }
    }
}

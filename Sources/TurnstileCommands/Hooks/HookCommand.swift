import RolloutModel

/// A hook as it is configured.
struct HookCommand: Encodable, Hashable, Sendable {
    /// The program, and its arguments; no shell in between.
    var words: [String]
    var place = HookPlace.operatorsMachine
}

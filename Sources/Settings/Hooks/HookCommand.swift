import RolloutModel

/// A hook as it is configured.
package struct HookCommand: Encodable, Hashable, Sendable {
    /// The program, and its arguments; no shell in between.
    package var words: [String]
    package var place = HookPlace.operatorsMachine
}

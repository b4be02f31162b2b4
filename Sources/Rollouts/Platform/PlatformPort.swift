import RolloutModel

/// A platform, as its procedures need it: to look, and to act. Real or simulated.
public struct PlatformPort: Sendable {
    /// What keeps these proofs from being seen now; none if all of them are.
    public var look: @Sendable ([PlatformProof], _ acceptsNoReturn: Bool) async -> [PlatformHold]
    /// Asks for an act. What it led to is seen by looking.
    public var perform: @Sendable (PlatformAct) async -> Heard

    /// Whether an act was heard. Nothing is proved by it.
    public enum Heard: Hashable, Sendable {
        case heard
        /// It was refused before it had any effect.
        case refused([PlatformHold])
        /// Nobody knows.
        case unheard(why: String)
    }

    /// Sees nothing and does nothing: of a rollout that upgrades hosts.
    public static let none = PlatformPort(
        look: { _, _ in [unknown] }, perform: { _ in .refused([unknown]) })

    private static let unknown = PlatformHold.platformUnreadable(
        part: "the platform", why: "this rollout upgrades none")

    public init(
        look: @escaping @Sendable ([PlatformProof], _ acceptsNoReturn: Bool) async -> [PlatformHold],
        perform: @escaping @Sendable (PlatformAct) async -> Heard
    ) {
        self.look = look
        self.perform = perform
    }
}

import RolloutModel

/// A platform, as its procedures need it: to look, and to act. The platform is real or simulated.
public struct PlatformPort: Sendable {
    /// The holds that keep these proofs from being seen now. The list is empty if all proofs are seen.
    public var look: @Sendable ([PlatformProof], _ acceptsNoReturn: Bool) async -> [PlatformHold]
    /// Asks for an act. The act's effect is seen by looking.
    public var perform: @Sendable (PlatformAct) async -> Heard

    /// The platform's answer to an act. The answer proves nothing.
    public enum Heard: Hashable, Sendable {
        case heard
        /// The platform refused the act before it had any effect.
        case refused([PlatformHold])
        /// The answer is lost, and nobody knows if the act was heard.
        case unheard(why: String)
    }

    /// A port that sees nothing and does nothing, for a rollout that upgrades hosts.
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

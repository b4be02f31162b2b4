/// A hook's result, kept as evidence whatever it decided.
public struct HookWord: Codable, Hashable, Sendable {
    public var hook: Hook
    /// Where it ran; nil for the operator's machine.
    public var on: HostID?
    /// The host it was asked about; nil for what is about the whole rollout.
    public var host: HostID?
    public var checkpoint: Checkpoint?
    public var verdict: Verdict
    /// The end of what it printed; empty where it said nothing.
    public var output: String

    public init(
        hook: Hook, on: HostID?, host: HostID?, checkpoint: Checkpoint?, verdict: Verdict, output: String
    ) {
        self.hook = hook
        self.on = on
        self.host = host
        self.checkpoint = checkpoint
        self.verdict = verdict
        self.output = output
    }

    public enum Verdict: String, Codable, Hashable, Sendable {
        case proceed, hold, fail
    }
}

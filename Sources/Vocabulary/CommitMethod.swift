/// How the new partition is marked good.
public enum CommitMethod: String, Codable, CaseIterable, Hashable, Sendable {
    /// update-engine does it, 45 s after its start.
    case engine
    /// The image's own set-good program is run with update-engine still masked: milliseconds, and no moment in which
    /// the engine could start an update of its own (facts 0.6, 0.28).
    case direct
}

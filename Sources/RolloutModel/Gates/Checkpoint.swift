/// Where on a host's path the gates are asked.
public enum Checkpoint: String, Codable, Hashable, Sendable {
    case beforeStage
    /// At the last instant: everything again.
    case beforeReboot
    /// The host is back; may it keep the new version?
    case beforeCommit
    /// The host is done; may the next one begin?
    case afterCommit
    /// May the host be rolled back? The host may be the broken one: the others must be whole without it.
    case beforeRollback
    /// The host is back on its old partition; is it whole again?
    case afterRollback
}

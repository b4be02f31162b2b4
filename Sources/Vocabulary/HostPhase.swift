/// How far the agent has brought its host; each name is written durably before the work it announces.
public enum HostPhase: String, Codable, CaseIterable, Hashable, Sendable {
    /// Nothing of ours is under way.
    case idle
    case staging
    /// Downloaded, armed, proved; the engine rests.
    case staged
    /// Told to reboot, or rebooted and not committed.
    case rebooting
    case committing
    case committed
    /// Told to go back to the other partition, and not yet seen there.
    case rollingBack
}

/// The progress of the agent with its host. A phase is written durably before the work it announces.
public enum HostPhase: String, Codable, CaseIterable, Hashable, Sendable {
    /// No work of a rollout is under way.
    case idle
    case staging
    /// The update is downloaded and proved ahead of the host's turn. The partition is in no boot order, and the engine
    /// rests.
    case prefetched
    /// The update is downloaded, armed and proved; the engine rests.
    case staged
    /// The host was told to reboot, or has rebooted and is not committed.
    case rebooting
    case committing
    case committed
    /// The host was told to go back to the other partition, and has not been seen there yet.
    case rollingBack
}

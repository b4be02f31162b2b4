/// The reason why an update that was downloaded ahead is not armed: what may have become of it since.
///
/// A reboot meanwhile is no such reason. It leads to the old system, and the partition is proved after it as before.
public enum PrefetchDoubt: String, Codable, CaseIterable, Hashable, Sendable {
    /// update-engine runs, and may be writing to the partition.
    case engineAtWork
    /// update-engine's log has an update that was begun since, or an update waits for a reboot.
    case downloadedSince
    /// The boot loader's attributes of the partition are not as they were left.
    case attributesChanged
    /// The partition that was written runs.
    case runsAlready
    /// The partition has another version, or other bytes, than were written.
    case partitionRewritten
    /// The kernel that belongs to the partition is missing in /boot, or is another one.
    case kernelChanged
}

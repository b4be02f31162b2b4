/// The free space on a host for something that staging writes.
public struct HostSpace: Codable, Hashable, Sendable {
    public var purpose: Purpose
    /// The path that is written to.
    public var path: String
    /// The bytes that may be written there, including the space of files that are overwritten.
    public var freeBytes: Int64
    /// The least number of bytes that will be written there, as far as that is known beforehand.
    public var neededBytes: Int64

    public init(purpose: Purpose, path: String, freeBytes: Int64, neededBytes: Int64) {
        self.purpose = purpose
        self.path = path
        self.freeBytes = freeBytes
        self.neededBytes = neededBytes
    }

    public enum Purpose: String, Codable, CaseIterable, Hashable, Sendable {
        /// The new image's kernel, on the EFI system partition: written by update_engine itself, or by the image's
        /// postinst (`KERNEL=` and `cp -v …/vmlinuz` in coreos-postinst and flatcar-postinst).
        case kernel
        /// The agent's record, update_engine's preferences and the journal.
        case state
    }
}

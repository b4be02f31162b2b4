/// The room there is on a host for something that staging writes.
public struct HostSpace: Codable, Hashable, Sendable {
    public var purpose: Purpose
    /// Where it is written.
    public var path: String
    /// What may be written there, the room of what is overwritten included.
    public var freeBytes: Int64
    /// What is written there at least, as far as that can be told beforehand.
    public var neededBytes: Int64

    public init(purpose: Purpose, path: String, freeBytes: Int64, neededBytes: Int64) {
        self.purpose = purpose
        self.path = path
        self.freeBytes = freeBytes
        self.neededBytes = neededBytes
    }

    public enum Purpose: String, Codable, CaseIterable, Hashable, Sendable {
        /// The new image's kernel, on the EFI system partition: by update_engine itself, or by the image's postinst
        /// (`KERNEL=` and `cp -v …/vmlinuz` in coreos-postinst and flatcar-postinst).
        case kernel
        /// The agent's record, update_engine's preferences and the journal.
        case state
    }
}

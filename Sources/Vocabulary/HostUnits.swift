/// systemd's units of a host that are not well, by name and sorted.
public struct HostUnits: Codable, Hashable, Sendable {
    /// Failed, or ended and about to be started anew.
    public var failed: [String]
    /// Being started.
    public var starting: [String]

    public init(failed: [String] = [], starting: [String] = []) {
        self.failed = failed
        self.starting = starting
    }
}

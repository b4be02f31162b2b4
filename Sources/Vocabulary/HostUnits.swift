/// systemd's units of a host that are not well, and the services that are to run, by name and sorted.
public struct HostUnits: Codable, Hashable, Sendable {
    /// Failed, or ended and about to be started anew.
    public var failed: [String]
    /// Being started.
    public var starting: [String]
    /// Services that run, and that a boot is to bring back; nil from an agent that does not tell.
    public var running: [String]?

    public init(failed: [String] = [], starting: [String] = [], running: [String]? = nil) {
        self.failed = failed
        self.starting = starting
        self.running = running
    }
}

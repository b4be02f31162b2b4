/// The operator's settings for the gates.
public struct GateSettings: Codable, Hashable, Sendable {
    /// nil where nothing runs fleet.
    public var fleet: Fleet?
    /// nil where nothing runs etcd.
    public var etcd: Etcd?
    /// The hosts are nodes of Kubernetes.
    public var asksForNodes: Bool
    /// nil where hosts may be taken out at any time.
    public var windows: Windows?
    /// Deis' components are waited for between hosts, where that is the platform.
    public var waitsForDeis: Bool
    /// nil where hosts' clocks are not compared.
    public var clock: Clock?
    /// nil where hosts' settings are not compared.
    public var drift: Drift?
    /// nil where hosts' own units are not looked at.
    public var units: Units?
    /// nil where nothing runs Consul.
    public var consul: Consul?

    public init(
        fleet: Fleet?, etcd: Etcd?, asksForNodes: Bool = false, windows: Windows? = nil,
        waitsForDeis: Bool = true, clock: Clock? = nil, drift: Drift? = nil, units: Units? = nil,
        consul: Consul? = nil
    ) {
        self.fleet = fleet
        self.etcd = etcd
        self.asksForNodes = asksForNodes
        self.windows = windows
        self.waitsForDeis = waitsForDeis
        self.clock = clock
        self.drift = drift
        self.units = units
        self.consul = consul
    }
}

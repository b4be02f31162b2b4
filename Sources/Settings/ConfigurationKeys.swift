import RolloutModel

/// The mappings of `turnstile.yaml`, and the keys that each accepts. No other key is read.
///
/// `docs/configuration.md` has an entry for each key, and a test holds the two together.
enum ConfigurationKeys: String, CaseIterable, Sendable {
    case top = ""
    case host = "hosts[]"
    case ssh
    case update
    case gates
    case fleet = "gates.fleet"
    case units = "gates.units"
    case deis = "gates.deis"
    case etcd = "gates.etcd"
    case clock = "gates.clock"
    case drift = "gates.drift"
    case kubernetes = "gates.kubernetes"
    case consul = "gates.consul"
    case page = "gates.http[]"
    case window = "gates.window"
    case hooks
    case hookOnHost = "hooks.HOOK"
    case timeouts
    case agent
    case notify
    case webhook = "notify.webhooks[]"

    /// The keys that may stand in this mapping.
    var names: [String] {
        switch self {
        case .top: ["hosts", "ssh", "update", "gates", "hooks", "timeouts", "agent", "notify", "journal"]
        case .host: ["name", "address", "port", "user"]
        case .ssh: ["user", "port", "identity-files", "known-hosts", "config", "connect-timeout"]
        case .update: ["group", "server", "to", "order", "leave-update-engine", "commit", "dead-man"]
        case .gates: ["locksmith"] + Self.allCases.compactMap(\.gate)
        case .fleet: ["enabled", "ttl", "units"]
        case .units: ["enabled", "ignore", "steady"]
        case .deis: ["enabled"]
        case .etcd:
            [
                "enabled", "endpoint", "credentials", "ca-file", "cert-file", "key-file", "samples",
                "interval",
                "after",
            ]
        case .clock: ["enabled", "skew"]
        case .drift: ["enabled", "compare", "user-data"]
        case .kubernetes: ["enabled", "kubeconfig", "context", "drain-timeout", "delete-emptydir-data"]
        case .consul: ConsulSettings.keys
        case .page: ["url", "status", "field", "equals", "deadline"]
        case .window: ["open", "zone", "per-host"]
        case .hooks: Hook.allCases.map(\.rawValue) + ["deadline"]
        case .hookOnHost: ["on", "run"]
        case .timeouts: ["gate", "stage", "reboot", "rejoin", "commit", "settle"]
        case .agent: ["signers"]
        case .notify: ["webhooks"]
        case .webhook: Webhook.keys
        }
    }

    /// The key of `gates` that this mapping, or each of a list of such mappings, is the value of; nil for any other.
    private var gate: String? {
        let parts = rawValue.split(separator: ".")
        guard parts.count == 2, parts[0] == "gates" else { return nil }
        return String(parts[1].prefix { $0 != "[" })
    }

    /// The keys of this mapping that have a value of their own, as dotted paths: those that are mappings have none.
    var paths: [String] {
        let mappings = Set(Self.allCases.map(\.rawValue))
        return names.map { self == .top ? $0 : "\(rawValue).\($0)" }.filter { !mappings.contains($0) }
    }
}

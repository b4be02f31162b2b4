import Coordinator
import RolloutModel

/// The contents of a `turnstile.yaml`. Everything may be left out; what is there is of its type and in its range.
package struct ConfigurationFile: Hashable, Sendable {
    var hosts: [Configuration.HostAddress]?
    var ssh = SSH()
    var update = Update()
    var fleet = Fleet()
    var deis: Bool?
    var etcd = Etcd()
    var kubernetes = Kubernetes()
    var window = Window()
    var clock = Clock()
    var drift = Drift()
    var units = Units()
    var locksmith: LocksmithUse?
    var pages: [HTTPGate] = []
    /// `gates.consul`, and what comes like it.
    var apart = ConfiguredGates()
    var hooks: [Hook: HookCommand] = [:]
    var hookDeadline: Duration?
    var timeouts = Timeouts()
    var journal: String?
    var agentSigners: String?
    var webhooks: [Webhook] = []

    struct SSH: Hashable, Sendable {
        var user: String?
        var port: UInt16?
        var identityFiles: [String]?
        var knownHosts: [String]?
        var config: SSHConfigSource?
        var connectTimeout: Duration?
    }

    struct Update: Hashable, Sendable {
        var group: String?
        var server: String?
        var to: Version?
        var order: HostOrder?
        var engineRest: EngineRest?
        var commit: CommitMethod?
        var deadMan: DeadMan?
        /// Where `dead-man` stands: whether it is long enough is known only with everything else.
        var deadManLine: Int?
    }

    struct Fleet: Hashable, Sendable {
        var enabled: Bool?
        var ttl: Duration?
        var units: Bool?
    }

    struct Etcd: Hashable, Sendable {
        var enabled: Bool?
        /// The URLs of etcd; each host uses the first at which its own etcd answers.
        var endpoints: [String]?
        /// The line of `endpoint`, for an error about too few URLs, which is found only once the hosts are known.
        var endpointLine: Int?
        var tls = EtcdEndpoint.TLS()
        /// The path of the file with a user and a password.
        var credentials: String?
        var samples: Int?
        var interval: Duration?
        var after: String?
    }

    struct Kubernetes: Hashable, Sendable {
        var enabled: Bool?
        var kubeconfig: String?
        var context: String?
        var drainTimeout: Duration?
        var deletesEmptyDirData: Bool?
    }

    struct Window: Hashable, Sendable {
        var open: [MaintenanceWindow]?
        var zone: String?
        var perHost: Duration?
    }

    struct Clock: Hashable, Sendable {
        var enabled: Bool?
        var skew: Duration?
    }

    struct Drift: Hashable, Sendable {
        var enabled: Bool?
        var compare: GateSettings.Drift.Compare?
        var userData: String?
    }

    /// systemd's, on the hosts.
    struct Units: Hashable, Sendable {
        var enabled: Bool?
        var ignored: [UnitPattern]?
        var steady: Duration?
    }

    struct Timeouts: Hashable, Sendable {
        var gate: Duration?
        var stage: Duration?
        var reboot: Duration?
        var rejoin: Duration?
        var commit: Duration?
        var settle: Duration?
    }
}

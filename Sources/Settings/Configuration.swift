import Coordinator
import RolloutModel
import Rollouts

/// The values that the program runs with: read from `turnstile.yaml`, overlaid by flags, and validated once.
package struct Configuration: Encodable, Hashable, Sendable {
    /// The hosts in the order of their upgrade. Empty where neither file nor flags name any.
    package var hosts: [HostAddress]
    /// The hosts among these that were chosen with `--limit`, `--exclude` or `--where`, in their order; nil for all.
    package var chosen: [HostID]?
    package var ssh: SSHSettings
    package var update: UpdateSettings
    package var gates: Gates
    package var hooks: Hooks
    package var timeouts: RolloutTimeouts
    /// The directory of rollout journals.
    package var journal: String
    /// The path of the file of `allowed_signers`, who may sign agents; nil if agents need no signature.
    package var agentSigners: String?
    /// The addresses that are told of a rollout's news; nil for none.
    package var notify: Notify?

    /// A host, and how it is reached. The user's ssh configuration decides values that are nil.
    package struct HostAddress: Encodable, Hashable, Sendable {
        package var id: HostID
        package var address: String?
        package var port: UInt16?
        package var user: String?
        /// The options of ssh for this host, as an inventory gives them.
        var sshOptions: SSHOptions?
        /// The name to ask ssh about, where it is not the host's own: Ansible hands ssh the address.
        var sshName: String?
        /// A variable of an inventory that should say how the host is reached, but cannot be read.
        var unread: UnreadVariable?
        /// The files of an inventory that are encrypted by ansible-vault, and may say how the host is reached; nil
        /// where there are none.
        package var vaultedFiles: [String]?
    }

    package struct SSHSettings: Encodable, Hashable, Sendable {
        /// The user for hosts that name none; nil for that of the user's ssh configuration, and else `core`.
        package var user: String?
        package var port: UInt16?
        /// The identity files; nil for those of the user's ssh configuration.
        package var identityFiles: [String]?
        /// The known_hosts files; nil for those of the user's ssh configuration.
        package var knownHosts: [String]?
        package var configFile: SSHConfigSource
        /// The timeout to connect; nil for that of the user's ssh configuration, and else the default.
        package var connectTimeout: Duration?
        static let connectTimeoutUsual = Duration.seconds(10)
        /// True if a flag accepts new host keys for this command. The flag is no part of the configuration's digest.
        var acceptsNewHostKeys = false

        private enum CodingKeys: String, CodingKey {
            case user, port, identityFiles, knownHosts, configFile
            case connectTimeout = "connectTimeoutSeconds"
        }
    }

    package struct UpdateSettings: Encodable, Hashable, Sendable {
        package var group: String?
        package var server: String?
        /// The pinned target.
        package var to: Version?
        package var order: HostOrder
        @JournalledEngineRest package var engineRest: EngineRest
        package var commit: CommitMethod
        /// The minutes after which a host that is not committed goes back by itself; nil for never.
        package var deadManMinutes: Int?
    }

    package struct Hooks: Encodable, Hashable, Sendable {
        package var commands: [Hook: HookCommand]
        package var deadline: Duration

        private enum CodingKeys: String, CodingKey {
            case commands
            case deadline = "deadlineSeconds"
        }
    }

    package struct Gates: Encodable, Hashable, Sendable {
        package var settings: GateSettings
        package var etcdEndpoint: EtcdEndpoint
        /// The settings of Kubernetes; nil where it does not run on the hosts.
        package var kubernetes: KubernetesSettings?
        /// True if the operator set the time per host in a window; false if it is taken from earlier rollouts.
        package var hasPerHost: Bool
        /// The pages that must answer yes.
        package var pages: [HTTPGate]
        /// Gates that have a file of settings each.
        package var apart: ConfiguredGates
        /// The time zone of maintenance windows; nil for that of the machine this runs on.
        package var timeZone: String?
        package var locksmith: LocksmithUse
        /// The time between two observations of a cluster that is not healthy yet.
        package var interval: Duration

        private enum CodingKeys: String, CodingKey {
            case settings, etcdEndpoint, kubernetes, hasPerHost, pages, apart, timeZone, locksmith
            case interval = "intervalSeconds"
        }
    }
}

/// The conditions under which locksmith's semaphore is taken for a rollout.
package enum LocksmithUse: String, Encodable, Hashable, Sendable {
    /// The semaphore is taken where it exists: locksmithd makes it when it starts with `etcd-lock`, and locksmithctl
    /// whenever it is asked.
    case auto
    /// The semaphore is made where there is none, since a locksmithd may start later.
    case always
    case never
}

/// The ssh configuration that fills in values which Turnstile's own does not give.
package enum SSHConfigSource: Encodable, Hashable, Sendable {
    /// The files that ssh itself reads: `~/.ssh/config`, then `/etc/ssh/ssh_config`; either may be missing.
    case usual
    /// Only this file, as with `ssh -F`.
    case file(String)
    /// No ssh configuration.
    case ignored
}

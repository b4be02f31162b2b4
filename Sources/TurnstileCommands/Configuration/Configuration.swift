import Coordinator
import RolloutModel
import Rollouts

/// The values that the program runs with: read from `turnstile.yaml`, overlaid by flags, validated once. Nothing is
/// guessed later.
struct Configuration: Encodable, Hashable, Sendable {
    /// In the order given; upgraded in that order. Empty where neither file nor flags name any.
    var hosts: [HostAddress]
    var ssh: SSHSettings
    var update: UpdateSettings
    var gates: Gates
    var hooks: Hooks
    var timeouts: RolloutTimeouts
    /// The directory of rollout journals.
    var journal: String
    /// The path of the file of `allowed_signers`, who may sign agents; nil if agents need no signature.
    var agentSigners: String?

    /// A host, and how it is reached. The user's ssh configuration decides values that are nil.
    struct HostAddress: Encodable, Hashable, Sendable {
        var id: HostID
        var address: String?
        var port: UInt16?
        var user: String?
        /// Options of ssh for this host, as an inventory gives them.
        var sshOptions: SSHOptions?
        /// The name that ssh is asked about, where it is not the host's own: Ansible hands ssh the address.
        var sshName: String?
        /// A variable of an inventory that would say how the host is reached.
        var unread: UnreadVariable?
        /// The files of an inventory that may say so, and are encrypted by ansible-vault; nil where there are none.
        var vaultedFiles: [String]?
    }

    struct SSHSettings: Encodable, Hashable, Sendable {
        /// For hosts that name none; nil leaves it to the user's ssh configuration, then to `core`.
        var user: String?
        var port: UInt16?
        /// nil: those of the user's ssh configuration.
        var identityFiles: [String]?
        /// nil: those of the user's ssh configuration.
        var knownHosts: [String]?
        var configFile: SSHConfigSource
        /// nil: that of the user's ssh configuration, and else the usual one.
        var connectTimeoutSeconds: Double?
        static let connectTimeoutUsual = 10.0
        /// A flag's word for one command, and so no part of the configuration's digest.
        var acceptsNewHostKeys = false

        private enum CodingKeys: String, CodingKey {
            case user, port, identityFiles, knownHosts, configFile, connectTimeoutSeconds
        }
    }

    struct UpdateSettings: Encodable, Hashable, Sendable {
        var group: String?
        var server: String?
        /// The pinned target.
        var to: Version?
        var order: HostOrder
        @JournalledEngineRest var engineRest: EngineRest
        var commit: CommitMethod
        /// nil: a host that is not committed waits for ever.
        var deadManMinutes: Int?
    }

    struct Hooks: Encodable, Hashable, Sendable {
        var commands: [Hook: HookCommand]
        var deadlineSeconds: Double
    }

    struct Gates: Encodable, Hashable, Sendable {
        var settings: GateSettings
        var etcdEndpoint: EtcdEndpoint
        /// nil where no Kubernetes runs on the hosts.
        var kubernetes: KubernetesSettings?
        /// True if the operator said how much of a window a host may take; otherwise earlier rollouts tell.
        var hasPerHost: Bool
        /// Pages that must say yes.
        var pages: [HTTPGate]
        /// In which maintenance windows are kept; nil for that of the machine this runs on.
        var timeZone: String?
        var locksmith: LocksmithUse
        /// Between two looks at a cluster that is not whole yet.
        var intervalSeconds: Double
    }
}

/// The conditions under which locksmith's semaphore is taken for a rollout.
enum LocksmithUse: String, Encodable, Hashable, Sendable {
    /// Where there is one: locksmithd makes it when it starts with `etcd-lock`, and locksmithctl whenever it is asked.
    case auto
    /// Made where there is none: a locksmithd may start later.
    case always
    case never
}

/// Whose ssh configuration says what Turnstile's own does not.
enum SSHConfigSource: Encodable, Hashable, Sendable {
    /// The files that ssh itself reads: `~/.ssh/config`, then `/etc/ssh/ssh_config`; either may be missing.
    case usual
    /// Only this file, as `ssh -F` takes it.
    case file(String)
    /// None at all.
    case ignored
}

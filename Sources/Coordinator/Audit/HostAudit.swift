import HostFiles
import RolloutModel

/// The findings of an audit on one host. Absent values were not there, or could not be read; none is guessed.
public struct HostAudit: Codable, Hashable, Sendable {
    public var host: String
    /// Why nothing could be read; all else is absent then.
    public var fault: String?
    /// The host on the way that keeps this one away.
    public var bastion: ShutBastion?
    /// Why the first try to connect failed, where there was a second.
    public var retriedAfter: String?
    public var distribution: String?
    public var version: String?
    public var kernel: String?
    /// `GROUP` in force.
    public var group: String?
    /// `REBOOT_STRATEGY` of update.conf.
    public var rebootStrategy: String?
    /// Lines of update.conf that update-engine takes otherwise than they are meant.
    public var oddSettings: [OddSetting]?
    public var locksmith: Locksmith?
    public var engine: Engine?
    /// Units that failed, or wait to be started anew; absent where systemd did not say.
    public var failedUnits: [String]?
    public var updatePending: Bool?
    public var partitions: Partitions?
    public var userData: UserData?
    public var etcdServer: String?
    public var etcdCluster: String?
    public var fleet: String?
    public var docker: String?
    public var agent: String?
    /// How far the agent has brought its host; absent where it never did anything.
    public var agentPhase: String?
    /// The version that the agent saw this host go back from.
    public var revertedFrom: String?
    /// The version that ran when an update was last applied (facts 1.7), until the engine has looked at it.
    public var previousVersion: String?
    public var machineID: String?
    public var bootID: String?
    /// The fingerprint of the key that the host was known by, as OpenSSH prints it.
    public var hostKey: String?
    public var uptimeSeconds: Double?

    public struct Engine: Codable, Hashable, Sendable {
        public var isMasked: Bool
        public var activeState: String

        public init(isMasked: Bool, activeState: String) {
            self.isMasked = isMasked
            self.activeState = activeState
        }
    }

    /// locksmithd, and what it goes by, whatever update.conf says by now.
    public struct Locksmith: Codable, Hashable, Sendable {
        public var isMasked: Bool
        public var activeState: String
        public var strategy: String?

        public init(isMasked: Bool, activeState: String, strategy: String? = nil) {
            self.isMasked = isMasked
            self.activeState = activeState
            self.strategy = strategy
        }
    }

    public struct Partitions: Codable, Hashable, Sendable {
        /// The label of the running partition.
        public var booted: String
        /// True if every boot takes the running partition again. Absent if its attributes could not be read.
        public var isCommitted: Bool?
        /// True if the next boot goes to the other partition.
        public var otherIsNext: Bool?
        /// True if the next boot goes to the other partition because an update there waits for its single try.
        public var otherIsArmed: Bool?
        /// cgpt's warning about the partition table.
        public var warning: String?
        /// The evidence: the running partition's attributes, and the other one's below, as cgpt shows them.
        public var attributes: String?
        public var otherAttributes: String?
        /// True if the other partition was booted on its single try and never marked good (facts 0.30).
        public var otherWasTriedInVain: Bool?
    }

    /// The user-data that cloud-init gets at every boot.
    public struct UserData: Codable, Hashable, Sendable {
        public var path: String
        public var sha256: String

        public init(path: String, sha256: String) {
            self.path = path
            self.sha256 = sha256
        }
    }

    init(host: HostID, fault: String, bastion: ShutBastion? = nil) {
        self.host = host.rawValue
        self.fault = ForeignText.line(fault)
        self.bastion = bastion
    }

    public init(host: String) { self.host = host }
}

import HostFiles
public import RolloutModel
import Rollouts

/// The picture of a cluster that one host gives, for a first configuration. An unknown part says why.
public struct ClusterPicture: Sendable {
    public var seed: HostID
    public var audit: HostAudit
    public var hosts: Hosts
    public var fleet: Fleet
    public var etcd: Etcd
    /// True if the host's kubelet runs; nil where systemd told nothing of it.
    public var hasKubelet: Bool?
    /// True if Zincati runs, which updates and reboots by itself; nil where systemd told nothing of it.
    public var hasZincati: Bool?
    /// locksmith's semaphores; nil where no etcd answers.
    public var semaphores: Observation<[RebootSemaphore]>?

    /// The hosts of the cluster, as it tells them itself.
    public enum Hosts: Sendable {
        case found([Machine], by: Source)
        case unknown(why: String)

        public enum Source: String, Sendable {
            case fleet
            case etcd
        }
    }

    public struct Machine: Hashable, Sendable {
        /// The machine's name in the cluster.
        public var name: String
        /// nil if the cluster does not tell one that others reach.
        public var address: String?
        /// True if the machine is the host that was asked.
        public var isSeed: Bool

        public init(name: String, address: String?, isSeed: Bool) {
            self.name = name
            self.address = address
            self.isSeed = isSeed
        }
    }

    public enum Fleet: Hashable, Sendable {
        case absent
        /// `agent_ttl`, and where it stands.
        case runs(ttl: Duration, place: String)
        case unknown(why: String)
    }

    public enum Etcd: Hashable, Sendable {
        case absent
        case answers(OwnEtcdCheck.Place, version: String?)
        case unknown(why: String)
    }

    public init(
        seed: HostID, audit: HostAudit, hosts: Hosts, fleet: Fleet, etcd: Etcd, hasKubelet: Bool? = false,
        hasZincati: Bool? = false, semaphores: Observation<[RebootSemaphore]>? = nil
    ) {
        self.seed = seed
        self.audit = audit
        self.hosts = hosts
        self.fleet = fleet
        self.etcd = etcd
        self.hasKubelet = hasKubelet
        self.hasZincati = hasZincati
        self.semaphores = semaphores
    }
}

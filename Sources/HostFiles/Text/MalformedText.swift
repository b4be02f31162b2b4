/// A file or a tool's output that is not what its reader knows: what was read, where, and what is wrong with it.
public struct MalformedText: Error, Hashable, Sendable {
    public var subject: Subject
    /// 1-based; nil where the whole text is meant.
    public var line: Int?
    public var problem: Problem

    public init(subject: Subject, line: Int? = nil, problem: Problem) {
        self.subject = subject
        self.line = line
        self.problem = problem
    }

    /// The text that was being read, as an operator would name it.
    public enum Subject: String, CaseIterable, Hashable, Sendable {
        case osRelease = "os-release"
        case updateConfiguration = "update.conf"
        case engineStatus = "update_engine_client status"
        case journalEntry = "journald entry"
        case cgptTable = "cgpt table"
        case cgptValue = "cgpt value"
        case cgptFind = "cgpt find output"
        case partitionDevice = "partition device"
        case rootdev = "rootdev output"
        case unitState = "systemctl show output"
        case unitList = "systemctl list-units output"
        case busMessage = "message of systemd's over D-Bus"
        case unitFile = "systemd unit file"
        case fleetMachines = "fleet machine list"
        case fleetUnits = "fleet unit list"
        case deisUnits = "deisctl list output"
        case fleetRegistrations = "fleet registrations"
        case fleetStates = "fleet unit states"
        case etcdTree = "etcd directory"
        case controllerAnswer = "answer of the Deis controller"
        case etcdVersion = "etcd version answer"
        case etcdHealth = "etcd health answer"
        case etcdMembers = "etcd member list"
        case etcdSelfStats = "etcd self stats"
        case etcdKey = "etcd key"
        case etcdClusterHealth = "etcdctl cluster-health output"
        case etcdEndpointStatus = "etcdctl endpoint status output"
        case etcdEndpointHealth = "etcdctl endpoint health output"
        case locksmithStatus = "locksmithctl status output"
        case locksmithSemaphore = "locksmith semaphore"
        case consulAgent = "Consul's answer about its agent"
        case consulMembers = "Consul's list of members"
        case consulLeader = "Consul's answer about its leader"
        case consulRaft = "Consul's raft configuration"
        case consulHealth = "Consul's autopilot health"
        case hostAddresses = "ip address output"
        case kubernetesNodes = "list of nodes"
        case kubernetesPods = "list of pods"
        case kubernetesBudgets = "list of PodDisruptionBudgets"
        case kubernetesDiscovery = "discovery of the Kubernetes API"
    }

    public enum Problem: Hashable, Sendable {
        /// Longer than anything the real thing writes; not read any further.
        case tooLong(bytes: Int, bytesMax: Int)
        case tooManyLines(linesMax: Int)
        case notUTF8
        case empty
        /// Something the text must contain is not there.
        case missing(String)
        /// `found` is shortened to a readable length.
        case unexpected(found: String, expected: String)
        /// `reason` is the JSON decoder's.
        case notJSON(reason: String)
    }
}

extension MalformedText: CustomStringConvertible {
    public var description: String {
        let place = line.map { ", line \($0)" } ?? ""
        return "cannot read \(subject.rawValue)\(place): \(problem)"
    }
}

extension MalformedText.Problem: CustomStringConvertible {
    public var description: String {
        switch self {
        case .tooLong(let bytes, let bytesMax): "\(bytes) bytes are more than the \(bytesMax) allowed"
        case .tooManyLines(let linesMax): "more than the \(linesMax) lines allowed"
        case .notUTF8: "not UTF-8 text"
        case .empty: "there is no text"
        case .missing(let what): "\(what) is missing"
        case .unexpected(let found, let expected):
            "found \(found.debugDescription), expected \(expected)"
        case .notJSON(let reason): "not the JSON expected: \(reason)"
        }
    }
}

extension MalformedText {
    /// How much of a found text an error repeats.
    private static let foundCharactersMax = 120

    package static func unexpected(
        _ subject: Subject, line: Int? = nil, found: some StringProtocol, expected: String
    ) -> MalformedText {
        let shown = String(found.prefix(foundCharactersMax))
        return MalformedText(
            subject: subject, line: line,
            problem: .unexpected(found: shown.count < found.count ? shown + "…" : shown, expected: expected))
    }

    package static func missing(_ subject: Subject, _ what: String) -> MalformedText {
        MalformedText(subject: subject, problem: .missing(what))
    }
}

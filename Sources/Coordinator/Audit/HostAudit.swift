import Driving
import HostFiles
import RolloutModel

/// What an audit found on one host. Absent values were not there, or could not be read; none is guessed.
public struct HostAudit: Codable, Hashable, Sendable {
    public var host: String
    /// Why nothing could be read; all else is absent then.
    public var fault: String?
    public var distribution: String?
    public var version: String?
    /// `GROUP` in force.
    public var group: String?
    public var rebootStrategy: String?
    public var engine: Engine?
    public var updatePending: Bool?
    public var partitions: Partitions?
    public var etcdServer: String?
    public var etcdCluster: String?
    public var agent: String?
    public var machineID: String?
    public var bootID: String?
    public var uptimeSeconds: Double?

    public struct Engine: Codable, Hashable, Sendable {
        public var isMasked: Bool
        public var activeState: String

        public init(isMasked: Bool, activeState: String) {
            self.isMasked = isMasked
            self.activeState = activeState
        }
    }

    public struct Partitions: Codable, Hashable, Sendable {
        /// The label of the running one.
        public var booted: String
        /// The boot loader takes the running one again, at every boot.
        public var isCommitted: Bool
        /// The next boot goes to the other one.
        public var otherIsNext: Bool
    }

    init(host: HostID, fault: String) {
        self.host = host.rawValue
        self.fault = fault
    }

    /// - Throws: `MalformedText` when os-release is there and is none.
    init(host: HostID, output: String) throws(MalformedText) {
        self.host = host.rawValue
        let sections = AuditFragment.sections(in: output)
        func line(_ section: AuditFragment.Section) -> String? {
            sections[section]?.split(separator: "\n").first.map(String.init)
        }
        let release = try OSRelease(sections[.osRelease] ?? "")
        distribution = release.id
        version = release.versionID
        machineID = line(.machineID)
        bootID = line(.bootID)
        uptimeSeconds = line(.uptime)?.split(separator: " ").first.flatMap { Double($0) }
        updatePending = sections[.pending].map { !$0.isEmpty }
        agent = line(.agent)
        engine = sections[.engine].flatMap { try? SystemdUnitState($0) }.flatMap {
            $0.loadState.isEmpty ? nil : Engine(isMasked: $0.isMasked, activeState: $0.activeState)
        }
        let etcd = sections[.etcd].flatMap { try? EtcdVersionAnswer($0) }
        etcdServer = etcd?.server.description
        etcdCluster = etcd?.cluster?.description
        partitions = Partitions(rootdev: sections[.rootdev] ?? "", table: sections[.partitions] ?? "")
        guard let kind = Distribution(release) else { return }
        let settings = Self.settings(sections, kind)
        group = settings.group.value
        rebootStrategy = settings.rebootStrategy?.value
    }

    private static func settings(_ sections: [AuditFragment.Section: String], _ kind: Distribution)
        -> UpdateSettings
    {
        let found = AuditFragment.Section.allCases.compactMap { section in
            sections[section].flatMap { text -> (String, UpdateConfiguration)? in
                guard !text.isEmpty, let file = try? UpdateConfiguration(text) else { return nil }
                return (section.rawValue, file)
            }
        }
        let paths = Set(kind.updateConfigurationSearchPaths)
        return UpdateSettings(
            distribution: kind,
            files: Dictionary(uniqueKeysWithValues: found.filter { paths.contains($0.0) }))
    }
}

extension HostAudit.Partitions {
    /// nil where either could not be read.
    init?(rootdev: String, table: String) {
        guard let running = try? PartitionDevice(rootdev: rootdev), let table = try? CgptTable(table),
            let booted = table[running.number], let here = booted.attributes,
            let there = table.usrPartitions.first(where: { $0.number != running.number })?.attributes
        else { return nil }
        self.booted = booted.label
        otherIsNext = there.isBootable && there.priority >= here.priority
        isCommitted = here.successful && here.tries == 0 && !otherIsNext
    }
}

extension HostShell {
    /// Audits all hosts at once, and returns them in the order given.
    public func audit(_ hosts: [HostID]) async -> [HostAudit] {
        await withTaskGroup { group in
            for (index, host) in hosts.enumerated() {
                group.addTask { (index, await audit(host)) }
            }
            var audits: [(Int, HostAudit)] = []
            for await audit in group { audits.append(audit) }
            return audits.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    private func audit(_ host: HostID) async -> HostAudit {
        do throws(HostFault) {
            let result = try await run(host, HostCommand(AuditFragment.text))
            do {
                return try HostAudit(host: host, output: result.outputText)
            } catch {
                return HostAudit(host: host, fault: "\(error)")
            }
        } catch {
            return HostAudit(host: host, fault: error.why)
        }
    }
}

import ClusterAnswers
import HostFiles

/// A reader of texts that hosts send.
public struct ForeignReader: Sendable, CustomStringConvertible {
    /// The name of the type that the reader makes, and of its source.
    public var description: String
    /// Gives the reader a text; true if it is accepted. Any text may be refused; none may trap.
    public var takes: @Sendable (String) -> Bool

    /// - Parameter read: reads a text; throws, or returns nil, where the text is refused.
    private init(_ name: String, _ read: @escaping @Sendable (String) throws -> Any?) {
        description = name
        takes = { text in
            do { return try read(text) != nil } catch { return false }
        }
    }

    public static let all = [
        // Some readers take any `KEY=value` line, and count as accepting a text only if it has the key asked for.
        Self("OSRelease") { try OSRelease($0).versionID },
        Self("EngineStatus") { try EngineStatus.last(of: $0) },
        Self("JournalEntry") { try JournalEntry(line: $0) },
        Self("EngineLogEvent") { EngineLogEvent(message: $0) },
        Self("UpdateConfiguration") { try UpdateConfiguration($0) },
        Self("CgptTable") { try CgptTable($0) },
        Self("CgptFind") { try CgptFind($0, disk: "/dev/loop0") },
        Self("PartitionDevice") { try PartitionDevice(rootdev: $0) },
        Self("SystemdUnitState") {
            let state = try SystemdUnitState($0)
            return state.loadState.isEmpty && state.activeState.isEmpty ? nil : state
        },
        Self("SystemdService") {
            let services = try SystemdService.list($0)
            return services.isEmpty ? nil : services
        },
        Self("UnitFile, and the etcd it starts") {
            var start = ServiceStart()
            start.take(try UnitFile($0), isOfImage: true)
            start.take(environment: $0)
            guard case .unclear = EtcdLaunch(start) else { return start }
            return nil
        },
        Self("ProgramVersion") { ProgramVersion($0) },
        Self("ProgramVersion of what is printed") { ProgramVersion(printed: $0) },
        Self("FleetMachineList") { try FleetMachineList($0) },
        Self("FleetMachineList.Page") { try FleetMachineList.Page(json: $0) },
        Self("FleetUnitList") { try FleetUnitList($0) },
        Self("DeisUnitList") { try DeisUnitList($0) },
        Self("EtcdTree") { try EtcdTree($0) },
        Self("FleetJobList") { FleetJobList(try EtcdTree($0)) },
        Self("FleetStateList") { try FleetStateList(EtcdTree($0)) },
        Self("FleetMachineRecords") { try FleetMachineRecords(EtcdTree($0)) },
        Self("DeisctlOutput") {
            let output = DeisctlOutput(output: Array($0.utf8), errors: [])
            return output.reports.isEmpty && output.complaints.isEmpty ? nil : output
        },
        Self("ControllerPage") { try ControllerPage<ControllerRecord.Application>($0) },
        Self("ControllerConfiguration") { try ControllerConfiguration($0) },
        Self("ControllerPermissions") { try ControllerPermissions($0) },
        Self("FleetRegistrations") { try FleetRegistrations($0) },
        Self("EtcdClusterHealth") { try EtcdClusterHealth($0) },
        Self("EtcdMembers of etcdctl") { try EtcdMembers(etcdctl: $0) },
        Self("EtcdMembers of v2") { try EtcdMembers(v2: $0) },
        Self("EtcdMembers of v3") { try EtcdMembers(v3: $0) },
        Self("EtcdVersionAnswer") { try EtcdVersionAnswer($0) },
        Self("EtcdHealthAnswer") { try EtcdHealthAnswer($0) },
        Self("EtcdSelfStats") { try EtcdSelfStats($0) },
        Self("EtcdEndpointStatus of etcdctl") { try EtcdEndpointStatus.list(etcdctl: $0) },
        Self("EtcdEndpointStatus of the gateway") { try EtcdEndpointStatus(gateway: $0) },
        Self("EtcdEndpointHealth") { try EtcdEndpointHealth.list(text: $0) },
        Self("LocksmithStatus") { try LocksmithStatus($0) },
        Self("LocksmithStatus of its key") { try LocksmithStatus(json: $0) },
        Self("LocksmithSemaphores") { try LocksmithSemaphores($0) },
        Self("ConsulAgent") { try ConsulAgent($0) },
        Self("ConsulMemberList") { try ConsulMemberList($0) },
        Self("ConsulLeader") { try ConsulLeader($0) },
        Self("ConsulRaft") { try ConsulRaft($0) },
        Self("ConsulHealth") { try ConsulHealth($0) },
        Self("HostAddressList") {
            let list = try HostAddressList($0)
            return list.addresses.isEmpty ? nil : list
        },
        Self("KubernetesNodeList") { try KubernetesNodeList($0) },
        Self("KubernetesPodList") { try KubernetesPodList($0) },
        Self("KubernetesBudgetList") { try KubernetesBudgetList($0) },
        Self("KubernetesDiscovery of v1") { try KubernetesDiscovery.hasEviction(resources: $0) ? true : nil },
        Self("KubernetesDiscovery of groups") { try KubernetesDiscovery.hasPolicy(groups: $0) ? true : nil },
        Self("ReleaseVersion") { ReleaseVersion($0) },
        Self("EtcdVersion") { EtcdVersion($0) },
        Self("EtcdMemberID") { EtcdMemberID(hexadecimal: $0) },
    ]

    /// True for a reader that accepts any text: it keeps a line that is no setting as it is.
    public var takesAnything: Bool { description == "UpdateConfiguration" }
}

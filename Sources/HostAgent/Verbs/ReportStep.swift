import AgentProtocol
import HostFiles

/// `report`: the host as it is. Reads, changes nothing, and works for any user as far as that user may read.
struct ReportStep {
    let step: Step
    let agentVersion: String
    private var unreadable: [Unreadable] = []

    init(step: Step, agentVersion: String) {
        self.step = step
        self.agentVersion = agentVersion
    }

    mutating func run() async -> HostReport {
        let reader = step.reader
        let record =
            await read(RecordStore.path) { [step] in
                var record = try step.store.load()
                try record.recall(GoalTrail(files: step.effects.files), bootID: try step.reader.bootID())
                return record
            } ?? HostRecord()
        let release = await read(OSRelease.path) { try reader.osRelease() }
        let settings = await read("update.conf") { try reader.updateSettings() }
        let systemd = await reader.systemdSight()
        let unit = await read(Unreadable.engineUnit) {
            try reader.state(of: EngineControl.unit, in: try systemd.units.get())
        }
        var status: EngineStatus?
        if unit?.isActive == true {
            status = await read(Unreadable.engineStatus) { [step] in try await step.engine.status() }
        }
        let reading = await read(Unreadable.partitions) { try await reader.partitionReading() }
        let table = reading?.table
        return HostReport(
            machineID: await read("/etc/machine-id") { try reader.machineID() } ?? "",
            bootID: await read("/proc/sys/kernel/random/boot_id") { try reader.bootID() } ?? "",
            hostname: await read("/proc/sys/kernel/hostname") { try reader.hostname() } ?? "",
            uptimeSeconds: await read("/proc/uptime") { try reader.uptimeSeconds() },
            distribution: release?.id, version: release?.versionID, prettyName: release?.prettyName,
            group: settings?.group.value, updateServer: settings?.server.value,
            rebootStrategy: settings?.rebootStrategy?.value, engine: unit.map { EngineUnit($0) },
            engineStatus: status.map { EngineReading($0) },
            partitions: table,
            updatePending: await read(Unreadable.updatePending) { try reader.isUpdatePending() } ?? false,
            systemState: await read("systemctl is-system-running") { try systemd.systemState.get() },
            units: await read(Unreadable.units) { try await reader.units(in: systemd) },
            hazards: await read(Unreadable.hazards) {
                try await reader.hazards(under: record, in: try systemd.units.get())
            } ?? [],
            wallClockSeconds: step.effects.wallClock().sinceEpoch.inSeconds,
            cgroups: await read(Unreadable.cgroups) { try reader.cgroups() },
            space: await read(Unreadable.space) { try reader.space(booted: table?.booted.label) } ?? [],
            settings: await read(Unreadable.settings) { try reader.settings() },
            etcd: await read(Unreadable.etcd) { try reader.etcdStart(in: try systemd.units.get()) },
            agent: agentState(record), unreadable: unreadable, tableWarning: reading?.warning,
            oddSettings: settings?.oddLines)
    }

    private func agentState(_ record: HostRecord) -> AgentState {
        AgentState(
            agentVersion: agentVersion, protocolVersion: ProtocolVersion.current, phase: record.phase,
            authority: record.authority, claim: record.claim, highestToken: record.hold.highestSeen,
            journal: record.journal,
            version: record.staging?.version,
            goal: record.goal.map { GoalState(verb: $0.request.verb, isOpen: $0.isOpen) },
            holdsOriginal: record.original != nil, etcdVersionBefore: record.staging?.previousEtcdVersion,
            revertedFrom: record.revertedFrom, deadManMinutes: record.deadManMinutes,
            contents: record.staging?.contents, prefetch: prefetchState(record))
    }

    private func prefetchState(_ record: HostRecord) -> PrefetchState? {
        guard record.phase == .prefetched, let mark = record.staging, let version = mark.version else {
            return nil
        }
        return PrefetchState(version: version, bootID: mark.bootID, partition: mark.partition.label)
    }

    private mutating func read<Value: Sendable>(
        _ subject: String, _ body: () async throws -> Value
    ) async -> Value? {
        do {
            return try await body()
        } catch {
            unreadable.append(Unreadable(subject: subject, reason: String(describing: error)))
            return nil
        }
    }
}

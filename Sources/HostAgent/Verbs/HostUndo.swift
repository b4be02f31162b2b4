import AgentProtocol
import HostFiles

/// Gives a host back as it was found: the other partition, update.conf, update-engine; no more than we changed.
///
/// Every part is tried, whatever became of the one before. Only when all succeeded is the original forgotten.
struct HostUndo {
    let step: Step
    var record: HostRecord
    let engineRest: EngineRest
    /// Short sentences for people.
    private(set) var undone: [String] = []
    private(set) var left: [String] = []
    private(set) var problems: [String] = []

    init(step: Step, record: HostRecord, engineRest: EngineRest) {
        self.step = step
        self.record = record
        self.engineRest = engineRest
    }

    mutating func run() async throws {
        await attempt { (undo) async throws in
            let isTouched = try await undo.step.wasContentTouched(undo.record)
            undo.record.staging?.isContentTouched = isTouched
        }
        if record.phase == .prefetched { forgetPrefetch() }
        await attempt { (undo) async throws in try await undo.forgetPendingUpdate() }
        await attempt { (undo) async throws in try await undo.step.engine.stop() }
        await attempt { (undo) async throws in try await undo.restorePartitions() }
        await attempt { (undo) async throws in try undo.takeBackRebootRequest() }
        await attempt { (undo) async throws in try undo.restoreConfiguration() }
        await attempt { (undo) async throws in try await undo.restEngine() }
        guard problems.isEmpty else { return }
        record.phase = .idle
        record.deadManMinutes = nil
        // A mask where there was none is still ours, and to be taken back one day.
        if record.original?.engine.wasUnmasked != true || engineRest == .asFound { record.original = nil }
        record.staging = nil
        try await step.save(record)
    }

    private mutating func attempt(_ body: (inout HostUndo) async throws -> Void) async {
        do { try await body(&self) } catch { problems.append(String(describing: error)) }
    }

    /// The partition stays as it is. Its former contents are overwritten, and a boot takes it only if somebody else armed it
    /// since.
    private mutating func forgetPrefetch() {
        guard let mark = record.staging else { return }
        let version = mark.version ?? "the update"
        undone.append("\(version) on \(mark.partition.label), which was downloaded ahead, is forgotten")
    }

    /// Only a running engine can be told; the marker of one that is not is removed later.
    private func forgetPendingUpdate() async throws {
        guard try await hasWritten(step.reader.partitionTable()), try await step.engine.state().isActive,
            try await step.engine.status().operation == .updatedNeedReboot
        else { return }
        try await step.effects.succeed(
            HostCommand("update_engine_client", ["-reset_status"], allowed: .seconds(45)))
    }

    /// The other partition, or what the boot loader makes of it, is not as it was found.
    private func hasWritten(_ table: PartitionTable) -> Bool {
        record.phase != .prefetched && record.staging?.isContentTouched == true
            || !PartitionUndo(record, now: table).changes.isEmpty
    }

    /// With the engine stopped: nothing arms the partition again behind our back.
    private mutating func restorePartitions() async throws {
        let table = try await step.reader.partitionTable()
        guard hasWritten(table) else { return }
        // `-reset_status` alone leaves it armed (facts 0.36).
        for partition in PartitionUndo(record, now: table).changes {
            try await step.otherPartition.setAttributes(of: partition, on: table.disk)
        }
        let restored = try await step.reader.partitionTable()
        guard PartitionUndo(record, now: restored).changes.isEmpty, restored.booted.isBootable else {
            throw HostFault.notUnderstood(
                subject: "the attributes of \(table.other.device)",
                reason: "they are not what they were set to")
        }
        guard record.staging?.partition.number == table.other.number else { return }
        try step.effects.files.remove(HostReader.pendingMarkerPath)
        if table.isArmed {
            undone.append("\(record.staging?.version ?? "the update") on \(table.other.label) is disarmed")
        }
    }

    /// With the engine stopped: no postinst makes it again.
    private mutating func takeBackRebootRequest() throws {
        let path = HostReader.rebootRequestPath
        guard try record.owesRebootRequest(in: step.reader.bootID()), try step.effects.files.exists(path)
        else { return }
        try step.effects.files.remove(path)
        undone.append("\(path) is gone, which the update had made")
    }

    private mutating func restoreConfiguration() throws {
        guard let original = record.original else { return }
        switch try original.restoreConfiguration(step.effects.files) {
        case .nothing:
            guard original.written != nil,
                try step.effects.files.read(
                    original.configurationPath, HostFileAccess.smallBytesMax, .refused)
                    != original.configuration
            else { return }
            left.append("\(original.configurationPath) is not as Turnstile left it, and stays as it is")
        case .restore: undone.append("\(original.configurationPath) is as it was found")
        case .takeBack(_, let keys):
            let names = keys.map(\.rawValue).joined(separator: " and ")
            undone.append("\(names) in \(original.configurationPath) is as it was found")
            left.append("\(original.configurationPath) was changed by somebody else, and keeps those changes")
        }
    }

    private mutating func restEngine() async throws {
        let found = record.original?.engine
        try await step.engine.rest(engineRest, found: found)
        if engineRest == .asFound, let found, found.wasUnmasked {
            undone.append(
                "update-engine is unmasked and \(found.isRunning ? "runs" : "stopped"), as it was found")
        }
    }
}

extension Step {
    /// True if an update begun by us may have been written over the other partition, also where it was cut short
    /// before that was written down. The engine is started only after the cursor is (facts 0.31).
    func wasContentTouched(_ record: HostRecord) async throws -> Bool {
        guard let mark = record.staging, record.phase != .idle, !mark.isContentTouched else {
            return record.staging?.isContentTouched == true
        }
        guard record.phase == .staging, let cursor = mark.journaldCursor else { return false }
        // Messages that the engine logged before the power failed need not be on the disk.
        guard try mark.bootID == reader.bootID() else { return true }
        return try await journal.digest(since: cursor).sawOffer
    }
}

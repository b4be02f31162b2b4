/// The operation that update_engine is at (facts 1.2).
public enum EngineOperation: String, Codable, CaseIterable, Hashable, Sendable {
    case idle = "UPDATE_STATUS_IDLE"
    case checkingForUpdate = "UPDATE_STATUS_CHECKING_FOR_UPDATE"
    case updateAvailable = "UPDATE_STATUS_UPDATE_AVAILABLE"
    case downloading = "UPDATE_STATUS_DOWNLOADING"
    case verifying = "UPDATE_STATUS_VERIFYING"
    case finalizing = "UPDATE_STATUS_FINALIZING"
    case updatedNeedReboot = "UPDATE_STATUS_UPDATED_NEED_REBOOT"
    case reportingErrorEvent = "UPDATE_STATUS_REPORTING_ERROR_EVENT"
}

/// A status block of update_engine_client: five lines on its standard output.
public struct EngineStatus: Hashable, Sendable {
    /// Unix seconds of the last *successful* check; 0 = none since the engine started.
    public var lastCheckedTime: Int64
    /// 0…1 of the download; back at 0 once that is over.
    public var progress: Double
    public var operation: EngineOperation
    /// nil where the engine does not know it: also at `updatedNeedReboot` on old builds and after a restart
    /// (facts 0.15).
    public var newVersion: String?
    public var newSizeBytes: Int64

    public init(
        lastCheckedTime: Int64, progress: Double, operation: EngineOperation, newVersion: String?,
        newSizeBytes: Int64
    ) {
        self.lastCheckedTime = lastCheckedTime
        self.progress = progress
        self.operation = operation
        self.newVersion = newVersion
        self.newSizeBytes = newSizeBytes
    }

    /// The only block of `-status`.
    public init(_ text: String) throws(MalformedText) {
        let blocks = try Self.blocks(of: text)
        guard let only = blocks.first else { throw MalformedText(subject: .engineStatus, problem: .empty) }
        guard blocks.count == 1 else {
            throw .unexpected(
                .engineStatus, found: "\(blocks.count) status blocks", expected: "one status block")
        }
        self = only
    }

    /// Every block of `-update`, which prints one a poll; empty for no output at all.
    ///
    /// - Throws: `MalformedText` for anything but whole blocks, the answer of a failed call
    ///   (`CURRENT_OP=(null)`) among it.
    public static func blocks(of text: String) throws(MalformedText) -> [EngineStatus] {
        var reader = EngineStatusReader()
        var blocks: [EngineStatus] = []
        for line in try TextBounds.list.lines(of: text, as: .engineStatus) {
            if let block = try reader.take(line: line.text) { blocks.append(block) }
        }
        try reader.finish()
        return blocks
    }

    /// The last whole block of `-update`.
    public static func last(of text: String) throws(MalformedText) -> EngineStatus {
        guard let last = try blocks(of: text).last else {
            throw MalformedText(subject: .engineStatus, problem: .empty)
        }
        return last
    }
}

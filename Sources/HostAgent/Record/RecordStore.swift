import AgentProtocol

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Keeps the `HostRecord`: one small file, replaced whole.
struct RecordStore: Sendable {
    static let directory = "/var/lib/turnstile"
    static let path = AgentState.recordPath
    /// Held while the record is read, changed and written.
    static let lockPath = "\(directory)/lock"
    /// Held by the one process that does the work.
    static let workLockPath = "\(directory)/work.lock"

    private static let bytesMax = 1 << 20

    var effects: HostEffects

    /// An empty record where there is none yet.
    func load() throws(RecordStoreError) -> HostRecord {
        let copy: FileCopy?
        do { copy = try effects.files.read(Self.path, Self.bytesMax, .refused) } catch {
            throw .unreadable(error)
        }
        guard let copy else { return HostRecord() }
        let format = try decode(FormatProbe.self, from: copy.bytes).formatVersion
        guard (1...HostRecord.currentFormat).contains(format) else {
            throw .formatUnknown(found: format, known: HostRecord.currentFormat)
        }
        let record = try decode(HostRecord.self, from: copy.bytes)
        if let complaint = record.complaint { throw .malformed(reason: complaint) }
        return record
    }

    /// Durable when it returns. To be called with the lock held.
    func write(_ record: HostRecord) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        let bytes = Array(try encoder.encode(record)) + [UInt8(ascii: "\n")]
        try effects.files.replace(Self.path, FileCopy(bytes: bytes, mode: 0o600))
    }

    private func decode<Value: Decodable>(_ type: Value.Type, from bytes: [UInt8]) throws(RecordStoreError)
        -> Value
    {
        do {
            return try JSONDecoder().decode(type, from: Data(bytes))
        } catch {
            throw .malformed(reason: String(describing: error))
        }
    }

    private struct FormatProbe: Decodable { var formatVersion: Int }
}

enum RecordStoreError: Error, Hashable, CustomStringConvertible {
    case unreadable(HostFault)
    case formatUnknown(found: Int, known: Int)
    case malformed(reason: String)

    var description: String {
        let path = RecordStore.path
        return switch self {
        case .unreadable(let fault): String(describing: fault)
        case .formatUnknown(let found, let known):
            "\"\(path)\" has format \(found), and this turnstile-agent knows format \(known): "
                + "install the agent that wrote it, or a newer one, with `turnstile install`"
        case .malformed(let reason):
            "\"\(path)\" is damaged (\(reason)): "
                + "move it aside once the host has been looked at; until then nothing is changed"
        }
    }
}

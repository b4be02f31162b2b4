/// A line of `journalctl -o json`.
public struct JournalEntry: Hashable, Sendable {
    /// Opaque; what `--after-cursor` takes.
    public var cursor: String
    /// nil where journalctl printed none: too long for JSON output, or absent. Bytes that are not UTF-8 are repaired.
    public var message: String?
    /// `_SYSTEMD_UNIT`: whose process wrote it.
    public var unit: String?
    /// `UNIT`: which unit systemd writes *about*; nil for everything not from systemd itself.
    public var subjectUnit: String?
    public var syslogIdentifier: String?
    /// Microseconds since 1970.
    public var realtimeMicroseconds: UInt64
    /// 32 hexadecimal digits, without the dashes of `/proc/sys/kernel/random/boot_id`.
    public var bootID: String?
    /// Of the unit's run that wrote it.
    public var invocationID: String?
    /// 0…7; update_engine writes its errors with 6 too (facts 0.29).
    public var priority: Int?
    public var pid: Int32?

    /// The engine writes far shorter lines; what is longer is refused unread.
    public static let lineBytesMax = 1 << 20

    /// - Throws: `MalformedText` for a line that is not such an entry, with cursor and time.
    public init(line: some StringProtocol) throws(MalformedText) {
        let bytes = line.utf8.count
        guard bytes <= Self.lineBytesMax else {
            throw MalformedText(
                subject: .journalEntry, problem: .tooLong(bytes: bytes, bytesMax: Self.lineBytesMax))
        }
        self = try JSONText.decode(JournalEntry.self, from: line, as: .journalEntry)
    }

    /// The same boot as `bootID`, written with dashes or without.
    public func isOf(bootID: String) -> Bool {
        self.bootID?.lowercased() == bootID.lowercased().filter { $0 != "-" }
    }
}

extension JournalEntry: Decodable {
    private enum Field: String, CodingKey {
        case cursor = "__CURSOR"
        case realtime = "__REALTIME_TIMESTAMP"
        case message = "MESSAGE"
        case unit = "_SYSTEMD_UNIT"
        case subjectUnit = "UNIT"
        case identifier = "SYSLOG_IDENTIFIER"
        case bootID = "_BOOT_ID"
        case invocationID = "_SYSTEMD_INVOCATION_ID"
        case priority = "PRIORITY"
        case pid = "_PID"
    }

    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Field.self)
        func text(_ field: Field) throws -> String? {
            try fields.decodeIfPresent(JournalField.self, forKey: field)?.text
        }
        cursor = try fields.decode(String.self, forKey: .cursor)
        let realtime = try fields.decode(String.self, forKey: .realtime)
        guard let microseconds = realtime[...].decimal(as: UInt64.self) else {
            throw DecodingError.dataCorruptedError(
                forKey: .realtime, in: fields, debugDescription: "\(realtime) is no time in microseconds")
        }
        realtimeMicroseconds = microseconds
        message = try text(.message)
        unit = try text(.unit)
        subjectUnit = try text(.subjectUnit)
        syslogIdentifier = try text(.identifier)
        bootID = try text(.bootID)
        invocationID = try text(.invocationID)
        priority = try text(.priority)?[...].decimal()
        pid = try text(.pid)?[...].decimal(as: Int32.self)
    }
}

/// A field of an entry: text, or the byte numbers of a text that JSON cannot carry, or several of these where the
/// field occurs several times.
private struct JournalField: Decodable {
    var text: String

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self) {
            self.text = text
        } else if let bytes = try? container.decode([UInt8].self) {
            text = String(decoding: bytes, as: UTF8.self)
        } else {
            // Repeated fields are rare and their order is all that is known of them: all are shown.
            text = try container.decode([JournalField?].self).compactMap { $0?.text }.joined(separator: "\n")
        }
    }
}

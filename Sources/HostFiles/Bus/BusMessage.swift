/// A message of D-Bus as it comes in: the answer to a call, or one that nobody asked for.
public struct BusMessage: Hashable, Sendable {
    /// The serial of the call that the message answers; nil for a signal and for a call.
    public var answers: UInt32?
    public var answer: BusAnswer

    /// Longer is no answer of systemd's to an agent.
    public static let bytesMax = 1 << 20
    private static let headBytes = 16

    /// The length of the message that begins with these bytes; nil where too few are there to tell.
    ///
    /// - Throws: `MalformedText` for the beginning of something else, and of a message that is too long.
    public static func length(startingWith bytes: ArraySlice<UInt8>) throws(MalformedText) -> Int? {
        guard bytes.count >= headBytes else { return nil }
        let head = Array(bytes.prefix(headBytes))
        guard head[0] == UInt8(ascii: "l"), head[3] == 1 else {
            throw .unexpected(
                .busMessage, found: "\(head[0]) and \(head[3])", expected: "version 1 in our byte order")
        }
        var reader = BusReader(head[...], from: 4)
        let body = try reader.number(of: 4)
        _ = try reader.number(of: 4)
        let fields = try reader.number(of: 4)
        // Three numbers of four bytes: their sum fits.
        let length = UInt64(headBytes) + (fields + 7) / 8 * 8 + body
        guard length <= UInt64(bytesMax) else {
            throw MalformedText(
                subject: .busMessage,
                problem: .tooLong(bytes: Int(truncatingIfNeeded: length), bytesMax: bytesMax))
        }
        return Int(truncatingIfNeeded: length)
    }

    /// - Parameter bytes: one message, whole.
    /// - Throws: `MalformedText` for anything else.
    public init(_ bytes: [UInt8]) throws(MalformedText) {
        guard try Self.length(startingWith: bytes[...]) == bytes.count else {
            throw .unexpected(.busMessage, found: "\(bytes.count) bytes", expected: "as many as it says")
        }
        var reader = BusReader(bytes[...], from: 12)
        let fieldsEnd = Self.headBytes + Int(truncatingIfNeeded: try reader.number(of: 4))
        let fields = try Self.fields(bytes[..<fieldsEnd])
        answers = if case .number(let serial)? = fields[5] { UInt32(truncatingIfNeeded: serial) } else { nil }
        var body = BusReader(bytes[...], from: fieldsEnd)
        try body.align(to: 8)
        switch bytes[1] {
        case 2: answer = .values(try body.values(of: fields[8]?.text ?? ""))
        case 3: answer = .refused(fields[4]?.text ?? "")
        default: answer = .values([])
        }
    }

    private static func fields(_ bytes: ArraySlice<UInt8>) throws(MalformedText) -> [UInt64: BusValue] {
        var reader = BusReader(bytes, from: headBytes)
        var fields: [UInt64: BusValue] = [:]
        while reader.hasMore {
            try reader.align(to: 8)
            let code = try reader.number(of: 1)
            fields[code] = try reader.values(of: "v").first
        }
        return fields
    }
}

/// The answer to a call over D-Bus.
public enum BusAnswer: Hashable, Sendable {
    case values([BusValue])
    /// The name of the error, such as `org.freedesktop.DBus.Error.UnknownProperty`.
    case refused(String)
}

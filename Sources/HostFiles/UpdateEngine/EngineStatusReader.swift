/// Reads the status blocks of update_engine_client while they are printed, line by line.
public struct EngineStatusReader: Sendable {
    private static let keys = ["LAST_CHECKED_TIME", "PROGRESS", "CURRENT_OP", "NEW_VERSION", "NEW_SIZE"]
    private static let lineBytesMax = 256

    private var values: [Substring] = []
    private var linesTaken = 0

    public init() {}

    /// Takes the next line, without its newline, and gives the block that it completes.
    ///
    /// - Throws: `MalformedText` for a line that is not the next one of a block.
    public mutating func take(line: Substring) throws(MalformedText) -> EngineStatus? {
        linesTaken += 1
        if values.isEmpty, line.trimmingBlanks.isEmpty { return nil }
        let key = Self.keys[values.count]
        guard line.utf8.count <= Self.lineBytesMax, let value = line.after("\(key)=") else {
            throw .unexpected(.engineStatus, line: linesTaken, found: line, expected: "\(key)=…")
        }
        values.append(value)
        guard values.count == Self.keys.count else { return nil }
        defer { values = [] }
        return try status()
    }

    /// - Throws: `MalformedText` where the output ended inside a block.
    public func finish() throws(MalformedText) {
        guard !values.isEmpty else { return }
        throw .missing(.engineStatus, Self.keys[values.count])
    }

    private func status() throws(MalformedText) -> EngineStatus {
        guard let lastChecked = values[0].decimal(as: Int64.self) else {
            throw unexpected(0, expected: "LAST_CHECKED_TIME in unix seconds")
        }
        guard let progress = Self.fraction(values[1]) else {
            throw unexpected(1, expected: "PROGRESS between 0.000000 and 1.000000")
        }
        guard let operation = EngineOperation(rawValue: String(values[2])) else {
            throw unexpected(2, expected: "a CURRENT_OP that update_engine knows")
        }
        guard values[3].isEmpty || values[3].consists(of: \.isOfVersion) else {
            throw unexpected(3, expected: "a NEW_VERSION")
        }
        guard let size = values[4].decimal(as: Int64.self) else {
            throw unexpected(4, expected: "NEW_SIZE in bytes")
        }
        return EngineStatus(
            lastCheckedTime: lastChecked, progress: progress, operation: operation,
            newVersion: Self.unknownVersions.contains(values[3]) ? nil : String(values[3]), newSizeBytes: size
        )
    }

    /// The texts that builds of different years print for "none" (facts 0.15, 1.2).
    private static let unknownVersions: Set<Substring> = ["", "0.0.0", "0.0.0.0"]

    /// `%f` of a number between 0 and 1.
    private static func fraction(_ text: Substring) -> Double? {
        guard text.consists(of: { $0.isDigit || $0 == UInt8(ascii: ".") }), let number = Double(text),
            (0...1).contains(number)
        else { return nil }
        return number
    }

    /// - Parameter index: of the line in the block that was just completed.
    private func unexpected(_ index: Int, expected: String) -> MalformedText {
        .unexpected(
            .engineStatus, line: linesTaken - Self.keys.count + 1 + index, found: values[index],
            expected: expected)
    }
}

extension UInt8 {
    fileprivate var isOfVersion: Bool {
        isDigit || isLetter || self == UInt8(ascii: ".") || self == UInt8(ascii: "+")
            || self == UInt8(ascii: "-") || isUnderscore
    }
}

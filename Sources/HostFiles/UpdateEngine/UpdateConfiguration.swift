/// update.conf: somebody else's file, kept byte for byte.
///
/// Read with update_engine's own rules (facts 2), which are not a shell's: lines end at `\n` alone, the key is
/// everything before the first `=`, the last of several lines wins, nothing is trimmed and nothing is a comment.
public struct UpdateConfiguration: Hashable, Sendable {
    /// The whole file.
    public let bytes: [UInt8]

    static let bytesMax = 64 << 10

    public enum Key: String, CaseIterable, Hashable, Sendable {
        case group = "GROUP"
        case server = "SERVER"
        case rebootStrategy = "REBOOT_STRATEGY"
    }

    /// - Throws: `MalformedText` for a file too large to be one.
    public init(bytes: [UInt8]) throws(MalformedText) {
        guard bytes.count <= Self.bytesMax else {
            throw MalformedText(
                subject: .updateConfiguration,
                problem: .tooLong(bytes: bytes.count, bytesMax: Self.bytesMax))
        }
        self.bytes = bytes
    }

    private init(unchecked bytes: [UInt8]) { self.bytes = bytes }

    public init(_ text: String) throws(MalformedText) { try self.init(bytes: Array(text.utf8)) }

    /// The value that update_engine of that distribution reads for the key; nil where no line has it. An empty value is
    /// a value.
    ///
    /// - Parameter version: of the system it is part of; nil for the newest there is.
    public func value(for key: Key, readBy distribution: Distribution, of version: ReleaseVersion? = nil)
        -> String?
    {
        guard let line = effectiveLine(of: key) else { return nil }
        let value = bytes[line].dropFirst(key.rawValue.utf8.count + 1)
        return String(
            decoding: distribution.stripsQuotes(version) ? value.withoutMatchingQuotes : value,
            as: UTF8.self)
    }

    /// The same file with the key's line in force saying `value`: every other byte stays.
    ///
    /// A missing key is appended, with a final newline exactly where the file had one. An existing line that reads
    /// so already is left as it is, so that a second call changes nothing.
    ///
    /// - Throws: `UpdateConfigurationError` for a value that one of the file's readers would take otherwise.
    public func setting(_ key: Key, to value: String) throws(UpdateConfigurationError) -> UpdateConfiguration
    {
        guard value.utf8.allSatisfy(\.isPlainInUpdateConfiguration) else {
            throw .valueUnsuitable(key: key, value: value)
        }
        let line = Array("\(key.rawValue)=\(value)".utf8)
        let changed = replacingEffectiveLine(of: key, with: line) ?? appending(line)
        guard changed.count <= Self.bytesMax else { throw .fileTooLong(bytesMax: Self.bytesMax) }
        return UpdateConfiguration(unchecked: changed)
    }

    /// The line in force for a key, as it stands there; nil where no line has it.
    public func line(of key: Key) -> [UInt8]? { effectiveLine(of: key).map { Array(bytes[$0]) } }

    /// The same file with another line in place of the key's line in force, or without it.
    ///
    /// A line that is not there is not added.
    public func replacingLine(of key: Key, with line: [UInt8]?) -> UpdateConfiguration {
        guard let range = effectiveLine(of: key) else { return self }
        guard let line else {
            let rest = bytes[range.upperBound...].dropFirst()
            return UpdateConfiguration(unchecked: Array(bytes[..<range.lowerBound]) + rest)
        }
        return UpdateConfiguration(
            unchecked: Array(bytes[..<range.lowerBound]) + line + bytes[range.upperBound...])
    }

    private func replacingEffectiveLine(of key: Key, with line: [UInt8]) -> [UInt8]? {
        guard let range = effectiveLine(of: key) else { return nil }
        return Array(bytes[..<range.lowerBound]) + line + bytes[range.upperBound...]
    }

    private func appending(_ line: [UInt8]) -> [UInt8] {
        let newline = UInt8(ascii: "\n")
        guard let last = bytes.last else { return line + [newline] }
        return last == newline ? bytes + line + [newline] : bytes + [newline] + line
    }

    /// Where the last line with exactly this key lies, without its newline.
    private func effectiveLine(of key: Key) -> Range<Int>? {
        lineRanges().last { bytes[$0].starts(with: "\(key.rawValue)=".utf8) }
    }

    private func lineRanges() -> [Range<Int>] {
        bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: true).map(\.indices)
    }
}

public enum UpdateConfigurationError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Blanks, quotes, backslashes, control or non-ASCII characters mean different things to update_engine, locksmith
    /// and shells.
    case valueUnsuitable(key: UpdateConfiguration.Key, value: String)
    case fileTooLong(bytesMax: Int)

    public var description: String {
        switch self {
        case .valueUnsuitable(let key, let value):
            "cannot set \(key.rawValue) in update.conf to \(value.debugDescription): "
                + "blanks, quotes, backslashes, control and non-ASCII characters are not allowed"
        case .fileTooLong(let bytesMax):
            "cannot change update.conf: it would be longer than the \(bytesMax) bytes allowed"
        }
    }
}

extension Distribution {
    /// Flatcar's engine strips one pair of quotes since October 2023; CoreOS's never did (facts 2).
    fileprivate func stripsQuotes(_ version: ReleaseVersion?) -> Bool {
        self == .flatcar && version.map { $0.number.major >= Self.firstToStripQuotes } != false
    }

    /// Surely built after that; one or two series before it may be, too.
    private static let firstToStripQuotes = 3794
}

extension ArraySlice<UInt8> {
    fileprivate var withoutMatchingQuotes: ArraySlice<UInt8> {
        guard count >= 2, let first, first == last, first == UInt8(ascii: "\"") || first == UInt8(ascii: "'")
        else { return self }
        return dropFirst().dropLast()
    }
}

extension UInt8 {
    var isPlainInUpdateConfiguration: Bool {
        (0x21...0x7e).contains(self)
            && ![UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "\\")].contains(self)
    }
}

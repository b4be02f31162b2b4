/// A name made of one string. Each kind of name is its own type, so that none is taken for another.
public protocol Identifier: RawRepresentable<String>, Codable, Hashable, Sendable, Comparable,
    CustomStringConvertible
{
    init(rawValue: String)
}

extension Identifier {
    public init(_ text: String) { self.init(rawValue: text) }
    public var description: String { rawValue }
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// The form of ids, versions and labels that others choose: letters, digits and a few marks, with a letter or digit
/// first. Such a name has no special meaning in a shell, a URL or a path.
public enum PlainName {
    public static let bytesMax = 128

    public static func isPlain(_ text: some StringProtocol) -> Bool {
        var text = String(text)
        return text.withUTF8 { bytes in
            guard (1...bytesMax).contains(bytes.count), let first = bytes.first else { return false }
            return isAlphanumeric(first) && bytes.allSatisfy(isAllowed)
        }
    }

    /// A plain name made of any text: it begins with `x`, and `_` replaces every byte that is not allowed.
    static func made(of text: String) -> String {
        "x"
            + text.utf8.prefix(bytesMax - 1).map { byte in
                isAllowed(byte) ? String(Unicode.Scalar(byte)) : "_"
            }.joined()
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        isAlphanumeric(byte) || byte == dot || byte == dash || byte == underscore || byte == plus
    }

    private static let (dot, dash, underscore, plus) = (
        UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "+")
    )

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }
}

/// A host as the operator names it: in the configuration, in every message, in the journal.
public struct HostID: Identifier {
    public var rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// `/etc/machine-id`; fleet lists hosts by it (facts 5.2).
public struct MachineID: Identifier {
    public var rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// One boot of one host. Differs after every reboot; says nothing about order.
public struct BootID: Identifier {
    public var rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// One run of moving a set of hosts to a target, for example `r-20261124-071205-4f1c`.
///
/// The id names files and stands in commands that people paste, so it is always a plain name.
public struct RolloutID: Identifier {
    public let rawValue: String

    /// A text that is no plain name is made one, so that no id leads out of a directory.
    public init(rawValue: String) {
        self.rawValue = PlainName.isPlain(rawValue) ? rawValue : PlainName.made(of: rawValue)
    }

    /// An id read from elsewhere; nil if the text is no plain name.
    public init?(foreign text: String) {
        guard PlainName.isPlain(text) else { return nil }
        self.init(rawValue: text)
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let id = RolloutID(foreign: text) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription:
                    "\(ForeignText.line(text, charactersMax: 80).debugDescription) is no rollout's id")
        }
        self = id
    }
}

/// `VERSION_ID` of an image, for example `1409.7.0`. The machine only ever asks whether two are the same.
public struct Version: Identifier {
    public var rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// An etcd member's id, 16 hexadecimal digits as etcd prints it.
public struct EtcdMemberID: Identifier {
    public var rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// Seconds on the coordinator's monotonic clock. Wall-clock time is for people and decides nothing.
public typealias Moment = Double

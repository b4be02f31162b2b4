/// A text of a controller's that is taken only where it has the form that Deis gives it.
///
/// No value of these types has a special meaning in a URL, a header, a zone file or a shell.
public protocol CheckedText: Codable, Hashable, Sendable, Comparable, CustomStringConvertible {
    var text: String { get }
    /// - Returns: nil for a text that does not have the form.
    init?(_ text: some StringProtocol)
    /// The form in a word or two, for messages.
    static var kind: String { get }
}

extension CheckedText {
    public var description: String { text }

    public static func < (one: Self, other: Self) -> Bool { one.text < other.text }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let value = Self(text) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription:
                    "\(ForeignText.line(text, charactersMax: 80).debugDescription) is no \(Self.kind)")
        }
        self = value
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

/// The id of an application: small letters, digits and dashes, 64 of them at most
/// (controller/api/serializers.py and models.py).
public struct ApplicationID: CheckedText {
    public let text: String
    public static let kind = "application's id"

    public init?(_ text: some StringProtocol) {
        guard (1...64).contains(text.utf8.count),
            text.utf8.allSatisfy({ $0.isSmallLetterOrDigit || $0 == .dash })
        else { return nil }
        self.text = String(text)
    }

    /// Ids that a controller gives to no application: its components' names, and two of its own.
    public var isReserved: Bool {
        PlatformComponent(rawValue: text) != nil || ["deis", "deis-store"].contains(text)
    }
}

/// The name of a host in DNS, in small letters, without a dot at its end. No label begins or ends with a dash (RFC 952).
public struct DomainName: CheckedText {
    public let text: String
    public static let kind = "domain's name"

    public init?(_ text: some StringProtocol) {
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        guard text.utf8.count <= 253, labels.count > 1,
            labels.allSatisfy({ label in
                (1...63).contains(label.utf8.count)
                    && label.first != "-" && label.last != "-"
                    && label.utf8.allSatisfy { $0.isSmallLetterOrDigit || $0 == .dash || $0 == .underscore }
            })
        else { return nil }
        self.text = String(text)
    }
}

/// The name of a user of Deis: letters, digits and `@`, `.`, `+`, `-`, `_` (Django's user names).
public struct AccountName: CheckedText {
    public let text: String
    public static let kind = "user's name"

    public init?(_ text: some StringProtocol) {
        let marks: Set<UInt8> = [.dash, .underscore, UInt8(ascii: "@"), UInt8(ascii: "."), UInt8(ascii: "+")]
        guard (1...150).contains(text.utf8.count),
            text.utf8.allSatisfy({ byte in
                byte.isSmallLetterOrDigit || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
                    || marks.contains(byte)
            })
        else { return nil }
        self.text = String(text)
    }
}

extension UInt8 {
    fileprivate static let dash = UInt8(ascii: "-")
    fileprivate static let underscore = UInt8(ascii: "_")

    fileprivate var isSmallLetterOrDigit: Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self)
            || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self)
    }
}

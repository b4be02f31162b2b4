/// The place of a deisctl.
public enum DeisctlPlace: Hashable, Sendable, CustomStringConvertible {
    /// A path on the operator's machine.
    case here(path: String)
    case host(HostID, path: String)

    /// - Parameter text: a path, or `HOST:PATH` with an absolute path; nil for anything else.
    public init?(_ text: String) {
        guard !text.isEmpty else { return nil }
        // A slash before the colon makes the place a path, as with scp.
        guard let colon = text.firstIndex(of: ":"), !text[..<colon].contains("/") else {
            self = .here(path: text)
            return
        }
        let path = String(text[text.index(after: colon)...])
        guard colon != text.startIndex, path.hasPrefix("/") else { return nil }
        self = .host(HostID(String(text[..<colon])), path: path)
    }

    public var description: String {
        switch self {
        case .here(let path): path
        case .host(let host, let path): "\(host):\(path)"
        }
    }
}

extension DeisctlPlace: Codable {
    /// - Throws: `DecodingError` for a text that is no such place.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let place = DeisctlPlace(text) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription:
                    "\(ForeignText.line(text, charactersMax: 80).debugDescription) is no place of a deisctl")
        }
        self = place
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

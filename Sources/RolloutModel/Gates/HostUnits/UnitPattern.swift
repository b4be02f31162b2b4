/// Names of units, with `*` for any text and `?` for one character.
public struct UnitPattern: Codable, Hashable, Sendable {
    public var text: String

    public init(_ text: String) { self.text = text }

    public init(from decoder: any Decoder) throws {
        text = try decoder.singleValueContainer().decode(String.self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }

    /// Takes at most quadratic time, whatever the pattern and the name.
    func matches(_ name: String) -> Bool {
        let (pattern, name) = (Array(text.utf8), Array(name.utf8))
        var (place, at) = (0, 0)
        /// The index of the last star in the pattern, and the index in the name up to which it has taken characters.
        var star: (place: Int, taken: Int)?
        while at < name.count {
            if place < pattern.count, pattern[place] == UInt8(ascii: "*") {
                star = (place, at)
                place += 1
            } else if place < pattern.count,
                pattern[place] == UInt8(ascii: "?") || pattern[place] == name[at]
            {
                place += 1
                at += 1
            } else if let last = star {
                star = (last.place, last.taken + 1)
                place = last.place + 1
                at = last.taken + 1
            } else {
                return false
            }
        }
        return pattern[place...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}

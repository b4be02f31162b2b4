/// Patterns of ssh's configuration and known_hosts: `*` and `?`, and nothing else, mean more than themselves.
public enum Glob {
    public static func isLiteral(_ pattern: [UInt8]) -> Bool {
        !pattern.contains(UInt8(ascii: "*")) && !pattern.contains(UInt8(ascii: "?"))
    }

    /// Linear in the product of the lengths at worst: after a mismatch only the last `*` is tried again.
    public static func matches(_ pattern: [UInt8], _ text: [UInt8]) -> Bool {
        var (place, position) = (pattern.startIndex, text.startIndex)
        var retry: (place: Int, position: Int)?
        while position < text.endIndex {
            if place < pattern.endIndex, pattern[place] == UInt8(ascii: "*") {
                place += 1
                retry = (place, position)
            } else if place < pattern.endIndex,
                pattern[place] == UInt8(ascii: "?") || pattern[place] == text[position]
            {
                place += 1
                position += 1
            } else if let last = retry {
                place = last.place
                position = last.position + 1
                retry = (place, position)
            } else {
                return false
            }
        }
        return pattern[place...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}

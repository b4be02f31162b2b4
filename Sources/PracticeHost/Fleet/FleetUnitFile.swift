import Digest

/// A unit's text, and what fleet reads in its section `X-Fleet`.
struct FleetUnitFile: Hashable, Sendable {
    var text: String
    /// True if the unit runs on every machine.
    var isGlobal = false
    /// Patterns of the names of units that may not share its machine.
    var conflicts: [String] = []
    /// The values that a machine's metadata may have, by their keys.
    var metadata: [String: Set<String>] = [:]

    init(text: String) {
        self.text = text
        var section = ""
        for line in text.split(separator: "\n").map({ $0.trimmingSpaces }) {
            if line.hasPrefix("["), line.hasSuffix("]") { section = String(line.dropFirst().dropLast()) }
            guard section == "X-Fleet" else { continue }
            let parts = line.split(separator: "=", maxSplits: 1).map { $0.trimmingSpaces }
            guard parts.count == 2 else { continue }
            read(parts[0], parts[1])
        }
    }

    private mutating func read(_ key: String, _ value: String) {
        switch key {
        case "Global": isGlobal = value == "true"
        case "Conflicts", "X-Conflicts": conflicts.append(value)
        case "MachineMetadata":
            let pair = value.split(separator: "=", maxSplits: 1).map(String.init)
            if pair.count == 2 { metadata[pair[0], default: []].insert(pair[1]) }
        default: break
        }
    }

    /// The text's hash of 20 bytes, as many as fleet's own SHA-1 has.
    var hash: [UInt8] { Array(SHA256.digest(Array(text.utf8)).prefix(20)) }

    var hashInHex: String { hash.map { String($0, radix: 16).leftPadded(to: 2) }.joined() }

    /// True if a machine's metadata lets it run the unit.
    func fits(_ machine: FleetRecord) -> Bool {
        metadata.allSatisfy { key, values in machine.metadata[key].map(values.contains) ?? false }
    }

    /// True if a name fits a pattern, whose first `*` stands for any text.
    static func matches(_ name: String, pattern: String) -> Bool {
        guard let star = pattern.firstIndex(of: "*") else { return name == pattern }
        let (before, after) = (pattern[..<star], pattern[pattern.index(after: star)...])
        return name.utf8.count >= before.utf8.count + after.utf8.count && name.hasPrefix(before)
            && name.hasSuffix(after)
    }
}

extension StringProtocol {
    /// The text without the blanks at both ends.
    var trimmingSpaces: String {
        let end = reversed().drop { $0 == " " || $0 == "\t" || $0 == "\r" }
        return String(String(end.reversed()).drop { $0 == " " || $0 == "\t" })
    }
}

extension String {
    func leftPadded(to width: Int) -> String {
        String(repeating: "0", count: Swift.max(0, width - utf8.count)) + self
    }
}

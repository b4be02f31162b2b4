/// `systemctl show -p … UNIT…`: a block of properties for each unit, with an empty line between two of them.
public struct SystemdUnitStates: Hashable, Sendable {
    private let states: [String: SystemdUnitState]

    /// - Parameter units: as they were asked for; the blocks come in the same order.
    /// - Throws: `MalformedText` where a block is no state, or their number is another one.
    public init(_ text: String, of units: [String]) throws(MalformedText) {
        let blocks = try Self.blocks(text)
        guard blocks.count == units.count else {
            throw MalformedText(
                subject: .unitState,
                problem: .unexpected(
                    found: "\(blocks.count) blocks", expected: "one for each of \(units.count) units"))
        }
        var states: [String: SystemdUnitState] = [:]
        for (unit, block) in zip(units, blocks) { states[unit] = try SystemdUnitState(block) }
        self.states = states
    }

    public init(_ states: [String: SystemdUnitState]) { self.states = states }

    /// nil for a unit that was not asked for.
    public subscript(unit: String) -> SystemdUnitState? { states[unit] }

    /// The blocks of the text, each for one unit and not looked into.
    ///
    /// - Throws: `MalformedText` for a text that is longer than any real one.
    public static func blocks(_ text: String) throws(MalformedText) -> [String] {
        var blocks: [String] = []
        var isBetween = true
        for line in try TextBounds.list.lines(of: text, as: .unitState) {
            if !line.text.isEmpty {
                if isBetween { blocks.append("") }
                blocks[blocks.count - 1] += line.text + "\n"
            }
            isBetween = line.text.isEmpty
        }
        return blocks
    }
}

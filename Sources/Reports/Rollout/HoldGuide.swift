/// Every reason to hold, by its gate, with what to do: as docs/holds.md has it, which is made together with this.
package enum HoldGuide {
    /// The gates, and the other causes of holds, in their order.
    package static let gates = sections.map(\.gate)

    /// The holds of a gate, for a terminal; empty for an unknown gate.
    package static func lines(of gate: String) -> [String] {
        guard let section = sections.first(where: { $0.gate == gate }) else { return [] }
        let text = section.lines.map { $0.replacing("**", with: "").replacing("`", with: "") }
        // The page has two blank lines between some of its items.
        return text.enumerated().filter {
            $0.offset == 0 || !$0.element.isEmpty || !text[$0.offset - 1].isEmpty
        }
        .map(\.element)
    }

    package static let overview = [
        "Every reason to hold, in the words that it prints, with what to do:", "  turnstile help holds GATE",
        "",
        "Gates, and what else holds: \(gates.joined(separator: ", ")).",
    ]

    private static let sections: [(gate: String, lines: [String])] = {
        var sections: [(gate: String, lines: [String])] = []
        for line in page.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix(heading) {
                sections.append((String(line.dropFirst(heading.count)), []))
            } else if !sections.isEmpty {
                sections[sections.count - 1].lines.append(String(line))
            }
        }
        return sections.map { ($0.gate, trimmed($0.lines)) }
    }()

    private static let heading = "## "

    private static func trimmed(_ lines: [String]) -> [String] {
        let start = lines.firstIndex { !$0.isEmpty } ?? lines.endIndex
        let end = lines.lastIndex { !$0.isEmpty }.map { $0 + 1 } ?? start
        return Array(lines[start..<end])
    }
}

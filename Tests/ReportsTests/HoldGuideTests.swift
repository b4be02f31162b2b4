import Testing

@testable import Reports

/// docs/holds.md at a terminal.
@Suite struct HoldGuideTests {
    @Test func everyGateHasItsHolds() {
        #expect(HoldGuide.gates.count > 15 && Set(HoldGuide.gates).count == HoldGuide.gates.count)
        for gate in HoldGuide.gates {
            let lines = HoldGuide.lines(of: gate)
            #expect(lines.first?.hasPrefix("- ") == true && lines.last?.isEmpty == false, "\(gate)")
            #expect(lines.contains { $0.hasPrefix("  What to do") }, "\(gate)")
            #expect(!lines.contains { $0.contains("**") || $0.contains("`") || $0.hasPrefix("#") }, "\(gate)")
        }
        #expect(HoldGuide.lines(of: "nothing").isEmpty)
    }

    @Test(arguments: HoldGuide.gates) func noTwoLinesAreBlankInARow(gate: String) {
        let lines = HoldGuide.lines(of: gate)
        #expect(!zip(lines, lines.dropFirst()).contains { $0.isEmpty && $1.isEmpty })
    }
}

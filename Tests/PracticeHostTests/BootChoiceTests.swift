import HostFiles
import Testing

@testable import PracticeHost

/// The path of captures/host-cgpt-phases: what GRUB sees on the disk, and what it does with it.
@Suite struct BootChoiceTests {
    typealias Attributes = PartitionAttributes

    struct Phase: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var a: Attributes
        var b: Attributes
        /// Number and attributes of what boots.
        var boots: (number: Int, attributes: Attributes)?

        init(_ description: String, _ a: String, _ b: String, boots: Int?, as after: String = "0/0/0") {
            testDescription = description
            self.a = Attributes(slashed: a)
            self.b = Attributes(slashed: b)
            self.boots = boots.map { ($0, Attributes(slashed: after)) }
        }
    }

    @Test(arguments: [
        Phase("as installed", "1/0/1", "0/0/0", boots: 3, as: "1/0/1"),
        Phase("staged: takes the try", "1/0/1", "2/1/0", boots: 4, as: "2/0/0"),
        Phase("booted once, never committed: back to the old one", "1/0/1", "2/0/0", boots: 3, as: "1/0/1"),
        Phase("committed", "1/0/1", "2/0/1", boots: 4, as: "2/0/1"),
        Phase("staged again, on A", "2/1/0", "1/0/1", boots: 3, as: "2/0/0"),
        Phase("prioritized by hand over an armed one", "1/1/0", "2/0/1", boots: 4, as: "2/0/1"),
        Phase("more tries than one", "3/2/0", "2/0/1", boots: 3, as: "3/1/0"),
        Phase("equals: the first", "1/0/1", "1/0/1", boots: 3, as: "1/0/1"),
        Phase("priority 0 never boots", "0/1/1", "1/0/1", boots: 4, as: "1/0/1"),
        Phase("nothing to boot", "2/0/0", "0/0/1", boots: nil),
    ])
    func choosesAsGptprioDoes(phase: Phase) {
        let choice = BootChoice(among: [(3, phase.a), (4, phase.b)])

        #expect(choice?.number == phase.boots?.number)
        #expect(choice?.attributes == phase.boots?.attributes)
    }

    @Test func saysWhatItSawAsTheBootLogsDo() {
        let seen = BootChoice.seen([(3, Attributes(slashed: "1/0/1")), (4, Attributes(slashed: "2/1/0"))])

        #expect(seen == "p3:P1,T0,S1 p4:P2,T1,S0")
    }

    @Test(arguments: [
        ("0x101", "1/0/1"), ("0x12\n", "2/1/0"), ("0x2", "2/0/0"), ("0", "0/0/0"), ("0x1ff\n", "15/15/1"),
    ])
    func readsAttributeBits(output: String, expected: String) {
        #expect(Attributes(bits: output) == Attributes(slashed: expected))
    }

    @Test(arguments: ["", "0x", "ERROR: no such partition"])
    func refusesWhatAreNoBits(output: String) {
        #expect(Attributes(bits: output) == nil)
    }
}

extension PartitionAttributes {
    /// `priority/tries/successful`, as in the facts.
    init(slashed text: String) {
        let numbers = text.split(separator: "/").compactMap { Int($0) }
        self.init(priority: numbers[0], tries: numbers[1], successful: numbers[2] == 1)
    }
}

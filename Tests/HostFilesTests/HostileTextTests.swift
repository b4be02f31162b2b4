import HostFiles
import HostileText
import Testing

/// Text from hosts may be anything. A reader may refuse it; a trap would take the whole rollout down.
@Suite struct HostileTextTests {
    @Test(arguments: HostileText.samples) func someReaderTakesTheSampleItself(sample: String) {
        #expect(ForeignReader.all.contains { $0.takes(sample) })
    }

    @Test(arguments: HostileText.samples) func noCutTraps(sample: String) {
        let bytes = Array(sample.utf8)
        for length in 0..<bytes.count {
            let cut = String(decoding: bytes.prefix(length), as: UTF8.self)
            let outcome = ForeignReader.all.map { $0.takes(cut) }
            #expect(outcome.count == ForeignReader.all.count)
        }
    }

    /// Scripts/fuzz does so for millions.
    @Test(arguments: 0..<2000 as Range<UInt64>) func noDamageTraps(seed: UInt64) {
        var hostile = HostileText(seed: seed)
        let text = hostile.damaged()
        #expect(ForeignReader.all.map { $0.takes(text) }.count == ForeignReader.all.count)
    }

    @Test(arguments: ForeignReader.all) func garbageIsNotTaken(reader: ForeignReader) {
        for seed in 0..<200 as Range<UInt64> where !reader.takesAnything {
            var hostile = HostileText(seed: seed)
            let text = hostile.garbage()
            #expect(!reader.takes(text), "seed \(seed): \(text.debugDescription)")
        }
    }
}

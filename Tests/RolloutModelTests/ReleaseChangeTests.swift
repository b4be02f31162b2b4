import RolloutModel
import Testing

/// The parts that an upgrade changes, by the table of releases.
@Suite struct ReleaseChangeTests {
    typealias Part = ReleaseChange.Part

    private func between(
        _ from: String, _ to: String, of distribution: Distribution? = .coreOS
    ) -> ReleaseChange? {
        ReleaseTable.known.change(from: Version(from), of: distribution, to: Version(to))
    }

    @Test func whatChangesBetweenTwoReleasesIsNamed() throws {
        let change = try #require(between("1353.8.0", "1409.7.0"))
        #expect(
            change.parts == [
                Part(name: "kernel", was: "4.9.24", becomes: "4.11.11"),
                Part(name: "etcd 0.4", was: "0.4.9", becomes: nil),
                Part(name: "etcd-member's image", was: "3.0.10", becomes: "3.1.6"),
            ])
        #expect(change.unknown.isEmpty)
    }

    @Test func whatGoesAndWhatComesAreNamedToo() throws {
        let gone = try #require(between("1632.3.0", "1688.5.3"))
        #expect(gone.parts.contains(Part(name: "fleet", was: "0.11.8", becomes: nil)))
        #expect(gone.parts.contains(Part(name: "etcd2", was: "2.3.8", becomes: nil)))
        #expect(gone.parts.contains(Part(name: "docker", was: "17.09.1", becomes: "17.12.1")))
        let came = try #require(between("647.2.0", "681.2.0"))
        #expect(came.parts.contains(Part(name: "etcd2", was: nil, becomes: "2.0.10")))
    }

    @Test func patchLevelsAreNoChange() throws {
        let change = try #require(between("1298.6.0", "1298.7.0"))
        #expect(change.parts.isEmpty && change.unknown.isEmpty)
    }

    /// No record tells which of several ebuilds went into the image.
    @Test func whatIsNotKnownIsNamedAndNotGuessed() throws {
        let change = try #require(between("1353.8.0", "1409.0.0"))
        #expect(change.unknown == ["docker"])
        #expect(!change.parts.contains { $0.name == "docker" })
    }

    @Test(arguments: [("1353.8.0", "9999.0.0"), ("1.2.3", "1409.7.0")])
    func ofAReleaseInNoTableNothingIsKnown(from: String, to: String) throws {
        let change = try #require(between(from, to))
        #expect(change.parts.isEmpty && change.unknown.count == 7)
    }

    @Test func oneVersionIsNoChange() { #expect(between("1409.7.0", "1409.7.0") == nil) }

    /// A host may be taken from CoreOS to Flatcar, whose numbers go on.
    @Test func anotherDistributionsReleaseCounts() throws {
        let change = try #require(between("2079.3.0", "2605.12.0", of: .coreOS))
        #expect(change.parts.contains { $0.name == "kernel" && $0.was == "4.19.34" })
    }
}

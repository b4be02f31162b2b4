import RolloutModel
import Testing

/// The table of releases that the product carries, against what is known of it otherwise (facts 7).
@Suite struct ReleaseTableTests {
    let table = ReleaseTable.known

    @Test func everyRowIsRead() {
        #expect(table.releases.count { $0.distribution == .coreOS } == 863)
        #expect(table.releases.count { $0.distribution == .flatcar } == 540)
    }

    /// version, etcd 0.x, etcd2, etcd-member's tag, fleet; nil: not in the image.
    @Test(
        arguments: [
            ("367.1.0", "0.4.4", nil, nil, "0.5.0"), ("647.2.0", "0.4.9", nil, nil, "0.9.2"),
            ("681.2.0", "0.4.9", "2.0.10", nil, "0.10.2"), ("717.3.0", "0.4.9", "2.0.10", nil, "0.10.2"),
            ("766.5.0", "0.4.9", "2.1.2", nil, "0.10.2"), ("835.13.0", "0.4.9", "2.2.0", nil, "0.11.5"),
            ("899.17.0", "0.4.9", "2.2.3", nil, "0.11.7"), ("1010.5.0", "0.4.9", "2.3.1", nil, "0.11.7"),
            ("1353.8.0", "0.4.9", "2.3.7", "3.0.10", "0.11.8"),
            ("1409.7.0", nil, "2.3.7", "3.1.6", "0.11.8"),
            ("1632.3.0", nil, "2.3.8", "3.2.11", "0.11.8"), ("1911.5.0", nil, nil, "3.3.9", nil),
        ] as [(String, String?, String?, String?, String?)])
    func aReleaseBringsWhatIsKnownOfIt(
        version: String, etcd0: String?, etcd2: String?, member: String?, fleet: String?
    ) throws {
        let release = try #require(table.release(Version(version), of: .coreOS))
        #expect(release.etcd0 == etcd0.map { .version($0) } ?? .no)
        #expect(release.etcd2 == etcd2.map { .version($0) } ?? .no)
        #expect(release.etcdMember == member.map { .version($0) } ?? .no)
        #expect(release.fleet == fleet.map { .version($0) } ?? .no)
    }

    @Test func whatOnlyAmountsToAGuessIsNotKnown() throws {
        // No default tag was set; no ebuild was looked at; a branch's head; two ebuilds of docker.
        #expect(table.release(Version("1122.2.0"), of: .coreOS)?.etcdMember == .unknown)
        #expect(table.release(Version("2079.3.0"), of: .flatcar)?.etcdMember == .unknown)
        #expect(table.release(Version("2605.0.0"), of: .flatcar)?.etcdMember == .about("3.3.25"))
        #expect(try #require(table.release(Version("1409.0.0"), of: .coreOS)).docker == nil)
    }

    /// By CoreOS' own list, by Flatcar's release of the same number, by an image's name; and by nothing.
    @Test(
        arguments: [
            ("1353.8.0", "stable", "1.12.6"), ("1632.3.0", "stable", "17.09.1"),
            ("681.0.0", "stable", "1.6.2"), ("367.1.0", "stable", "1.0.1"), ("2512.3.0", "stable", nil),
            ("1492.6.0", "beta", nil), ("1492.1.0", "alpha", nil), ("1478.0.0", nil, nil),
        ] as [(String, String?, String?)])
    func theChannelIsTheHighestThatASourceNames(version: String, channel: String?, docker: String?) throws {
        let release = try #require(table.release(Version(version), of: .coreOS))
        #expect(release.channel == channel && release.docker == docker)
    }

    @Test func theStableOnesAreOnRecord() {
        let known = table.releases.filter { $0.distribution == .coreOS && $0.channel != nil }
        #expect(known.count == 296 && known.count { $0.channel == "stable" } > 100)
        #expect(known.allSatisfy { ["alpha", "beta", "stable"].contains($0.channel ?? "") })
    }

    @Test(arguments: ["1409.7.1", "1409.7.0+dev-1", "1353", "9999.0.0", "", "what is offered"])
    func whatIsNotInItIsUnknown(version: String) {
        #expect(table.releases(of: Version(version)).isEmpty)
        #expect(table.release(Version(version), of: .coreOS) == nil)
    }

    @Test func oneNumberOfTwoSystemsIsNoRelease() {
        #expect(table.releases(of: Version("2512.3.0")).map(\.distribution) == [.coreOS, .flatcar])
        #expect(table.release(Version("2512.3.0"), of: nil) == nil)
        #expect(table.release(Version("2512.3.0"), of: .flatcar)?.etcdMember == .about("3.3.24"))
        #expect(table.release(Version("1409.7.0"), of: nil)?.distribution == .coreOS)
        #expect(table.release(Version("1409.7.0"), of: .flatcar) == nil)
    }

    @Test func theyAreInTheOrderOfTheirNumbers() {
        for distribution in Distribution.allCases {
            let numbers = table.releases.filter { $0.distribution == distribution }.map(\.number)
            #expect(zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 })
        }
    }

    @Test func theNewestLineOfAChannel() {
        let stable = table.newestLine(of: .flatcar, in: "stable").map(\.version.rawValue)
        #expect(stable.first == "4593.2.0" && stable.last == "4593.2.5" && stable.count == 6)
        #expect(table.newestLine(of: .flatcar, in: "lts").allSatisfy { $0.number.major == 4081 })
        #expect(table.newestLine(of: .flatcar, in: "none").isEmpty)
    }

    /// fleet and etcd2 went with 1675, etcd 0.4 with 1409 (facts 0.11), and none ever came back.
    @Test func whatWentStaysAway() {
        for release in table.releases {
            if release.number.major >= 1675 { #expect(release.fleet == .no && release.etcd2 == .no) }
            if release.number.major >= 1409 { #expect(release.etcd0 == .no) }
            if (651..<1675).contains(release.number.major) {
                #expect(release.fleet.version != nil && release.etcd2.version != nil)
            }
        }
    }

    @Test(arguments: [
        ("1409.7.0", "1409.7.0"), ("1409.7.0+dev-1", "1409.7.0"), ("0.0.0", "0.0.0"), ("1409.7", nil),
        ("1409.7.0.0", nil), ("01409.7.0", nil), ("1409.-7.0", nil), ("1409.7.x", nil), ("", nil),
        ("1234567890.0.0", nil),
    ])
    func numbersOfAVersion(text: String, numbers: String?) {
        #expect(ReleaseNumber(Version(text))?.description == numbers)
    }
}

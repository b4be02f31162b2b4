import HostFiles
import Testing

@Suite struct ReleaseVersionTests {
    @Test func versionsSortByNumberAndNotByText() {
        let sorted = ["717.3.0", "723.3.0", "1010.5.0", "1068.8.0", "1068.9.0", "1068.10.0", "1409.0.0"]
        #expect(sorted.reversed().compactMap(ReleaseVersion.init).sorted().map(\.description) == sorted)
    }

    @Test(arguments: ["717.3.0", "0.0.0", "2021.11.23+dev-flatcar-main", "3510.3.5+"])
    func theTextIsKept(text: String) {
        #expect(ReleaseVersion(text)?.description == text)
    }

    @Test func aDevelopmentBuildIsNotTheRelease() throws {
        let release = try #require(ReleaseVersion("3510.3.5"))
        let build = try #require(ReleaseVersion("3510.3.5+dev-1"))
        #expect(release < build)
        #expect(release != build)
        #expect(build.number == ReleaseNumber(3510, 3, 5) && build.suffix == "+dev-1")
    }

    @Test(arguments: [
        "", "717", "717.3", "717.3.0.0", "0.0.0.0", "a.b.c", "717.3.-1", "717..0", "717.3.0 ", " 717.3.0",
        "717.3.0\n",
        "0717.3.0", "+1.2.3", "99999999999999999999.0.0", "717.3.0-rc1", "717.3.0+a b", "１.2.3",
    ])
    func nothingElseIsAVersion(text: String) {
        #expect(ReleaseVersion(text) == nil)
    }
}

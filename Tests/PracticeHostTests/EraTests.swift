import HostFiles
import Testing

@testable import PracticeHost

@Suite struct EraTests {
    /// The last series of 2016, and the first of 2017.
    @Test(arguments: [("1122.3.0", false), ("1185.3.0", false), ("1235.6.0", true), ("1353.8.0", true)])
    func anEngineOf2016SaysLess(version: String, says: Bool) throws {
        let era = Era(version: try #require(ReleaseVersion(version)))
        #expect(era.movesCheckTimeWithoutUpdate == says)
        #expect(era.logsManifestVersion == says && era.reportsNewVersion == says)
    }

    @Test(
        arguments: [
            ("766.4.0", .coreOS, .failed, "CoreOS Update Engine"),
            ("2605.12.0", .coreOS, .failed, "CoreOS Update Engine"),
            ("2605.12.0", .flatcar, .failed, "Flatcar Update Engine"),
            ("3033.2.0", .flatcar, .noUpdate, "Flatcar Update Engine"),
        ] as [(String, Distribution, Era.IdleEnding, String)])
    func anIdleClientEndsAsItsDistributionDoes(
        version: String, distribution: Distribution, ending: Era.IdleEnding, name: String
    ) throws {
        let era = Era(version: try #require(ReleaseVersion(version)), distribution: distribution)

        #expect(era.idleEnding == ending)
        #expect(era.engineName == name)
    }
}

import HostFiles
import Testing

@testable import PracticeHost

@Suite struct EraTests {
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

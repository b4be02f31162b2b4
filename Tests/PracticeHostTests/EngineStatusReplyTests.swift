import HostFiles
import Testing

@testable import PracticeHost

@Suite struct EngineStatusReplyTests {
    private func era(_ version: String) throws -> Era { Era(version: try #require(ReleaseVersion(version))) }

    /// captures/host-07-update
    @Test func printsTheBlockOfTheCapture() throws {
        let status = EngineStatus(
            lastCheckedTime: 1_795_480_340, progress: 0.452844, operation: .downloading,
            newVersion: "1353.8.0", newSizeBytes: 63_532_415)

        let reply = status.reply(try era("1353.8.0"))
        #expect(
            EngineStatus.block(reply: reply) == """
                LAST_CHECKED_TIME=1795480340
                PROGRESS=0.452844
                CURRENT_OP=UPDATE_STATUS_DOWNLOADING
                NEW_VERSION=1353.8.0
                NEW_SIZE=63532415

                """)
    }

    @Test func anUnknownVersionIsZeroInTheErasOwnWay() throws {
        let status = EngineStatus(
            lastCheckedTime: 0, progress: 0, operation: .updatedNeedReboot, newVersion: nil, newSizeBytes: 0)

        #expect(try status.reply(era("1353.8.0")) == "0 0.000000 UPDATE_STATUS_UPDATED_NEED_REBOOT 0.0.0 0")
        #expect(try status.reply(era("766.4.0")) == "0 0.000000 UPDATE_STATUS_UPDATED_NEED_REBOOT 0.0.0.0 0")
    }

    @Test(arguments: ["", "refused", "1 2 3"])
    func aReplyThatIsNoneIsNoBlock(reply: String) {
        #expect(EngineStatus.block(reply: reply) == nil)
    }

    @Test(arguments: [(0.0, "0.000000"), (1.0, "1.000000"), (0.000258, "0.000258"), (0.9999999, "1.000000")])
    func progressHasSixDecimals(progress: Double, expected: String) {
        #expect(progress.sixDecimals == expected)
    }
}

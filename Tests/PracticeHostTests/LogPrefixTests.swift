import HostFiles
import Testing

@testable import PracticeHost

@Suite struct LogPrefixTests {
    /// 2015-04-22 12:41:11 UTC
    static let then = WallClock(seconds: 1_429_706_471, microseconds: 7989)

    @Test func chromiumsIsThatOfTheIssue() {
        let text = LogPrefix.chromium.text(.info, .attempter(674), at: Self.then, pid: 3456)

        #expect(
            text + "Updating boot flags..."
                == "[0422/124111:INFO:update_attempter.cc(674)] Updating boot flags...")
    }

    @Test(arguments: [
        (LogPrefix.Level.info, 965 as Int32, "I0422 12:41:11.007989   965 update_engine_client.cc:247] "),
        (.error, 12, "E0422 12:41:11.007989    12 update_engine_client.cc:247] "),
        (.warning, 123_456, "W0422 12:41:11.007989 123456 update_engine_client.cc:247] "),
    ])
    func glogsPadsThePid(level: LogPrefix.Level, pid: Int32, expected: String) {
        #expect(LogPrefix.glog.text(level, .client(247), at: Self.then, pid: pid) == expected)
    }

    @Test(arguments: [LogPrefix.chromium, .glog])
    func bothAreReadByTheAgentsReader(prefix: LogPrefix) throws {
        let line = prefix.text(.error, .attempter(603), at: Self.then, pid: 365) + "Update failed."

        let read = try #require(EngineLogLine(line))
        #expect(read.level == .error)
        #expect(read.sourceFile == "update_attempter.cc")
        #expect(read.text == "Update failed.")
    }

    @Test(arguments: [
        ("766.4.0", LogPrefix.chromium, false, false), ("1122.3.0", .chromium, false, false),
        ("1137.0.0", .glog, false, true), ("1185.3.0", .glog, false, true), ("1235.6.0", .glog, true, false),
        ("1353.8.0", .glog, true, false),
    ])
    func erasBeginWhereTheImagesChanged(
        version: String, prefix: LogPrefix, reportsNewVersion: Bool, complains: Bool
    ) throws {
        let era = Era(version: try #require(ReleaseVersion(version)))

        #expect(era.prefix == prefix)
        #expect(era.reportsNewVersion == reportsNewVersion)
        #expect(era.complainsOfEarlyLogging == complains)
        #expect(era.noVersion == (reportsNewVersion ? "0.0.0" : "0.0.0.0"))
    }
}

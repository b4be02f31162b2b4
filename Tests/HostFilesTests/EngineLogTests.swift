import HostFiles
import Testing

@Suite struct EngineLogTests {
    typealias Prefixed = (message: String, level: EngineLogLine.Level, source: String, text: String)

    static let prefixed: [Prefixed] = [
        (
            "[0422/124111:INFO:update_attempter.cc(674)] Updating boot flags...", .info,
            "update_attempter.cc",
            "Updating boot flags..."
        ),
        (
            "I0328 12:33:05.167989   965 update_engine_client.cc:247] Initiating update check and install.",
            .info,
            "update_engine_client.cc", "Initiating update check and install."
        ),
        (
            "E20261124 00:30:33.355877  1336 update_attempter.cc:603] Update failed.", .error,
            "update_attempter.cc",
            "Update failed."
        ),
        ("W20261124 00:30:33.356575 123456 a.cc:1] x] y", .warning, "a.cc", "x] y"),
        (
            "[1231/235959:ERROR:subprocess.cc(9)] g_spawn_async failed: no", .error, "subprocess.cc",
            "g_spawn_async failed: no"
        ),
        ("F0101 00:00:00.000000     1 main.cc:1] ", .fatal, "main.cc", ""),
    ]

    @Test(arguments: prefixed) func readsThePrefixOfEitherEra(line: Prefixed) throws {
        let read = try #require(EngineLogLine(line.message))
        #expect(read.level == line.level)
        #expect(read.sourceFile == line.source)
        #expect(read.text == line.text)
    }

    @Test(arguments: [
        "", "Updating boot flags...", "NumURLs = 1", "</request>", "Payload Size = 63532415",
        "I am] no log line",
        "[x] Updating boot flags...", "I20261124 Updating boot flags...",
        "X0328 12:33:05.1   965 a.cc:247] x",
        "I0328 12:33:05.167989   965 a.cc] x",
    ])
    func aMessageWithoutPrefixIsNoLogLine(message: String) {
        #expect(EngineLogLine(message) == nil)
        #expect(EngineLogEvent(message: message) == nil)
    }

    typealias Classified = (text: String, event: EngineLogEvent?)

    static let classified: [Classified] = [
        ("CoreOS Update Engine starting", .daemonStarting(.coreOS)),
        ("Flatcar Update Engine starting", .daemonStarting(.flatcar)),
        ("CoreOS Update Engine terminating", .daemonTerminating),
        ("Next update check in 7m8s", .nextCheckScheduled(after: "7m8s")),
        ("Updating boot flags...", .bootFlagsUpdating),
        ("Already updated boot flags. Skipping.", .bootFlagsAlready),
        ("Update boot flags running, nothing to do.", .bootFlagsRunning),
        ("Subprocess status: 1", .subprocessStatus(1)),
        ("Subprocess status: -1", .subprocessStatus(-1)),
        ("Subprocess output:", .subprocessOutput),
        ("Subprocess output: Setup USR-B (/dev/sda4) for next boot.", .subprocessOutput),
        ("HTTP reported success but Omaha reports an error.", .failureReported),
        ("There are no updates. Aborting.", .noUpdate),
        (
            "Cannot proceed with downloads as we need to backoff until 11/28/2026 18:04:05 GMT",
            .backsOffUntil("11/28/2026 18:04:05 GMT")
        ),
        (
            "g_spawn_async failed: No such file or directory",
            .spawnFailed(reason: "No such file or directory")
        ),
        ("Scheduling an action processor start.", .actionProcessorStart),
        ("Attempting interactive update", .updateRequested),
        ("Current group set to beta", .groupInForce("beta")),
        ("Current group set to ", .groupInForce("")),
        ("Posting an Omaha request to disabled", .omahaRequestPosted(url: "disabled")),
        ("Omaha request network transfer failed.", .omahaTransferFailed),
        ("No update.", .noUpdate),
        ("Omaha Response manifest version = 1409.7.0", .offered(version: "1409.7.0")),
        ("Payload size = 63532590 bytes", .payloadSize(bytes: 63_532_590)),
        ("Downloaded 655360/63532415 bytes (1%)", .downloaded(bytes: 655_360, ofBytes: 63_532_415)),
        ("Update successfully applied, waiting to reboot.", .updateApplied),
        ("Update failed.", .updateFailed),
        ("Error event sent.", .errorEventSent),
        (
            "Updating payload state for error code: 37 (kActionCodeOmahaErrorInHTTPResponse)",
            .errorCode(37, name: "kActionCodeOmahaErrorInHTTPResponse")
        ),
        ("Exponential backoff due to HTTP response code (500)", .httpStatusBackoff(code: 500)),
        ("Ignoring Omaha updates in order to backoff our retry attempts", .payloadBackoff),
        (
            "Not updating b/c we already updated and we're waiting for reboot, we'll ping Omaha instead",
            .waitingForReboot
        ),
        (
            "Skipping update check because current status is UPDATE_STATUS_UPDATED_NEED_REBOOT",
            .skippedBecause(operation: "UPDATE_STATUS_UPDATED_NEED_REBOOT")
        ),
        (
            "Attempting to reset state from UPDATE_STATUS_UPDATED_NEED_REBOOT to UPDATE_STATUS_IDLE",
            .resetAttempted(from: "UPDATE_STATUS_UPDATED_NEED_REBOOT")
        ),
        ("Reset Successful", .resetSuccessful),
        ("Reset not allowed in this state.", .resetNotAllowed),
        ("Too many delta update failures, forcing full update.", .deltaFailuresTooMany),
        ("Non-official build: periodic update checks disabled.", .periodicChecksDisabled),
        ("Rollback detected, still running 2605.6.0 after update.", .rollbackDetected(running: "2605.6.0")),
        ("Processing Done.", nil),
        ("Updating boot flags... not", nil),
        ("Subprocess status: many", nil),
    ]

    @Test(arguments: classified) func everyEraSaysTheSame(line: Classified) throws {
        for message in [
            "[0422/124111:INFO:a.cc(674)] \(line.text)", "I0328 12:33:05.167989   965 a.cc:1] \(line.text)",
            "E20261124 00:34:02.304412   365 a.cc:999999] \(line.text)",
        ] {
            #expect(EngineLogEvent(message: message) == line.event)
        }
    }

    @Test(arguments: [
        (
            "Setup USR-B (/dev/loop0p4) for next boot.",
            EngineLogEvent.slotArmed(label: "USR-B", device: "/dev/loop0p4")
        ),
        (
            "Flatcar 4187 does not support cgroupv1 anymore. Aborting the update...",
            .postinstallAborted(
                message: "Flatcar 4187 does not support cgroupv1 anymore. Aborting the update...")
        ),
        ("Setup nothing", nil),
    ])
    func scriptsOfTheImageHaveNoPrefix(message: String, event: EngineLogEvent?) {
        #expect(EngineLogEvent(message: message) == event)
    }

    static func events(_ fixture: Fixture) throws -> [EngineLogEvent] {
        try fixture.lines().map { try JournalEntry(line: $0) }
            .compactMap { $0.message.flatMap { EngineLogEvent(message: $0) } }
    }

    @Test func anUpdateReadsAsATrace() throws {
        #expect(
            try Self.events(.journalUpdate) == [
                .updateRequested,
                .groupInForce("beta"),
                .bootFlagsAlready,
                .actionProcessorStart,
                .omahaRequestPosted(url: "http://10.77.0.1:18181/v1/update/"),
                .offered(version: "1353.8.0"),
                .payloadSize(bytes: 63_532_415),
                .omahaRequestPosted(url: "http://10.77.0.1:18181/v1/update/"),
                .downloaded(bytes: 16_384, ofBytes: 63_532_415),
                .downloaded(bytes: 655_360, ofBytes: 63_532_415),
                .downloaded(bytes: 63_532_415, ofBytes: 63_532_415),
                .omahaRequestPosted(url: "http://10.77.0.1:18181/v1/update/"),
                .subprocessOutput,
                .slotArmed(label: "USR-B", device: "/dev/loop0p4"),
                .postinstallSucceeded,
                .omahaRequestPosted(url: "http://10.77.0.1:18181/v1/update/"),
                .updateApplied,
                .updateRequested,
                .skippedBecause(operation: "UPDATE_STATUS_UPDATED_NEED_REBOOT"),
            ])
    }

    @Test func aTroubledServerReadsAsATrace() throws {
        let url = "http://10.77.0.1:18181/v1/update/"
        #expect(
            try Self.events(.journalServerTrouble).prefix(24) == [
                .updateRequested, .groupInForce("beta"), .bootFlagsAlready, .actionProcessorStart,
                .omahaRequestPosted(url: url), .httpResponse(code: 500), .omahaTransferFailed, .updateFailed,
                .errorCode(37, name: "kActionCodeOmahaErrorInHTTPResponse"),
                .omahaRequestPosted(url: url), .httpResponse(code: 500), .errorEventSent,
                .httpStatusBackoff(code: 500),
                .updateRequested, .groupInForce("beta"), .bootFlagsAlready, .actionProcessorStart,
                .omahaRequestPosted(url: url), .httpResponse(code: 200), .omahaResponseInvalid, .updateFailed,
                .errorCode(31, name: "kActionCodeOmahaRequestXMLParseError"),
                .omahaRequestPosted(url: url), .httpResponse(code: 200),
            ])
        #expect(
            try Self.events(.journalServerTrouble).contains(
                .httpFailed(
                    reason: "Failed to connect to 10.77.0.1 port 18182 after 0 ms: Couldn't connect to server"
                )))
    }

    @Test func aCommitReadsAsATrace() throws {
        #expect(
            try Self.events(.journalBootFlags) == [
                .daemonStarting(.coreOS), .nextCheckScheduled(after: "8m55s"), .bootFlagsUpdating,
            ])
    }
}

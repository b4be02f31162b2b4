import AgentProtocol
import HostFiles
import Testing

@testable import HostAgent

@Suite struct StagedEvidenceTests {
    typealias Judgement = StagedEvidence.Judgement

    static func table(other: (Int, Int, Bool) = (2, 1, false), booted: (Int, Int, Bool) = (1, 0, true))
        -> PartitionTable
    {
        func partition(_ number: Int, _ label: String, _ attributes: (Int, Int, Bool))
            -> PartitionTable.Partition
        {
            .init(
                number: number, label: label, device: "/dev/sda\(number)", priority: attributes.0,
                tries: attributes.1, successful: attributes.2)
        }
        return PartitionTable(
            disk: "/dev/sda", booted: partition(3, "USR-A", booted), other: partition(4, "USR-B", other))
    }

    @Test(arguments: [
        (
            [VersionEvidence.engineStatus: "1353.8.0"], nil,
            Judgement.proved(version: "1353.8.0", [.engineStatus])
        ),
        (
            [.engineStatus: "1353.8.0", .partition: "1353.8.0"], "1353.8.0",
            .proved(version: "1353.8.0", [.engineStatus, .partition])
        ),
        (
            [.engineJournal: "1353.8.0"], "1409.7.0",
            .unwanted(
                offered: "1353.8.0",
                .answered(.offerDiffers(OfferDiffers(offered: "1353.8.0", target: "1409.7.0"))))
        ),
    ])
    func armed(versions: [VersionEvidence: String], target: String?, expected: Judgement) {
        #expect(
            StagedEvidence(table: Self.table(), versions: versions).judged(
                target: target, running: "1298.5.0") == expected)
    }

    @Test(
        arguments: [
            (table(), [:], StepFailure.Reason.updateFailed),
            (table(), [.engineStatus: "1353.8.0", .partition: "1409.7.0"], .updateFailed),
            (table(other: (0, 0, false)), [.partition: "1353.8.0"], .notArmed),
            (table(other: (1, 1, false)), [.partition: "1353.8.0"], .notArmed),
            (table(other: (2, 0, false)), [.partition: "1353.8.0"], .notArmed),
            // Successful before it ever ran: these are the flags of what was there before.
            (table(other: (2, 1, true)), [.partition: "1353.8.0"], .notArmed),
        ] as [(PartitionTable, [VersionEvidence: String], StepFailure.Reason)])
    func doubtful(table: PartitionTable, versions: [VersionEvidence: String], reason: StepFailure.Reason) {
        guard
            case .doubtful(let failure) = StagedEvidence(table: table, versions: versions).judged(
                target: nil, running: "1298.5.0")
        else {
            Issue.record("taken for good")
            return
        }
        #expect(failure.reason == reason)
    }
}

@Suite struct IdleOutcomeTests {
    static func digest(_ messages: String...) -> EngineDigest {
        var digest = EngineDigest()
        for message in messages { digest.take(message: message) }
        return digest
    }

    static let start = info("Scheduling an action processor start.")

    static func info(_ text: String) -> String { "I20261124 00:30:19.566045  1336 a.cc:1] \(text)" }
    static func error(_ text: String) -> String { "E20261124 00:30:19.566045  1336 a.cc:1] \(text)" }

    @Test(
        arguments: [
            (true, digest(info("No update.")), nil),
            // Engines before 2017 leave the time as it was.
            (false, digest(info("No update.")), nil),
            (false, digest(info("There are no updates. Aborting.")), nil),
            // An attempt that complained, and ended without an error event.
            (
                false, digest(error("Omaha request network transfer failed."), info("No update.")),
                StepFailure.Reason.checkFailed
            ),
            // The last attempt counts.
            (false, digest(error("Update failed."), start, info("No update.")), nil),
            (false, digest(info("No update."), start, error("Update failed.")), .checkFailed),
            (false, digest(info("No update."), start), .checkFailed),
            (
                false, digest(info("Downloaded 655360/63532415 bytes (1%)"), error("Update failed.")),
                .updateFailed
            ),
            (true, digest(), .checkFailed),
            (false, digest(error("Omaha response not valid XML"), error("Update failed.")), .checkFailed),
            (true, digest(error("Update failed.")), .updateFailed),
            (
                true, digest(info("Omaha Response manifest version = 1353.8.0"), error("Update failed.")),
                .updateFailed
            ),
            (
                true,
                digest(
                    info("Omaha Response manifest version = 1353.8.0"),
                    info("Ignoring Omaha updates in order to backoff our retry attempts"), info("No update.")),
                .updateFailed
            ),
        ] as [(Bool, EngineDigest, StepFailure.Reason?)])
    func toldApart(serverAnswered: Bool, digest: EngineDigest, expected: StepFailure.Reason?) {
        let after = EngineStatus(
            lastCheckedTime: serverAnswered ? 1_795_480_219 : 0, progress: 0, operation: .idle,
            newVersion: nil,
            newSizeBytes: 0)
        let outcome = IdleOutcome(lastCheckedBefore: 0, after: after, digest: digest)
        if case .failed(let failure) = outcome {
            #expect(failure.reason == expected)
        } else {
            #expect(expected == nil)
        }
    }

    /// The engine's times are of a clock that can be set; they are compared for being the same, and for nothing else.
    @Test func aClockThatWasSetBackHidesNoAnswer() {
        let after = EngineStatus(
            lastCheckedTime: 1_700_000_000, progress: 0, operation: .idle, newVersion: nil, newSizeBytes: 0)
        #expect(
            IdleOutcome(
                lastCheckedBefore: 1_795_480_219, after: after,
                digest: Self.digest(Self.info("No update.")))
                == .nothingOffered)
    }

    static let reported = error("HTTP reported success but Omaha reports an error.")
    static let failed = error("Update failed.")

    static func code(_ text: String) -> String { info("Updating payload state for error code: \(text)") }

    @Test(
        arguments: [
            // postinst's own words, and not the report that follows.
            (
                digest(
                    info("Subprocess status: 1"),
                    info("Subprocess output:\n'/a' -> '/b'\ncp: '/b': No space left on device"),
                    error("Postinst command failed with code: 1"), failed,
                    code("5 (kActionCodePostinstallRunnerError)"), reported),
                "'/a' -> '/b'; cp: '/b': No space left on device, Postinst command failed with code: 1, "
                    + "error code 5 (kActionCodePostinstallRunnerError)"
            ),
            // Line by line, as journald has them, and on the line of the prefix.
            (
                digest(
                    info("Subprocess output: Flatcar 4187.0.0 does not support cgroupv1 anymore."),
                    "Aborting the update...", info("Subprocess status: 1"), failed, reported),
                "Flatcar 4187.0.0 does not support cgroupv1 anymore.; Aborting the update..."
            ),
            (
                digest(
                    info("HTTP response code: 404"),
                    info("Transfer resulted in an error (404), 0 bytes downloaded"), failed,
                    code("9 (kActionCodeDownloadTransferError)"), info("HTTP response code: 200"), reported),
                "HTTP response code 404, error code 9 (kActionCodeDownloadTransferError)"
            ),
            (
                digest(
                    error("Payload hash is wrong"), error("Discarding it"), failed,
                    code("10 (kActionCodePayloadHashMismatchError)"), reported),
                "Payload hash is wrong, error code 10 (kActionCodePayloadHashMismatchError)"
            ),
            // A transfer that went well on its second try is no cause.
            (
                digest(
                    error("Unable to get http response code: Timeout"), info("HTTP response code: 206"),
                    error("Payload hash is wrong"), failed, reported),
                "Payload hash is wrong"
            ),
            (
                digest(error("Unable to get http response code: Connection refused"), failed, reported),
                "Connection refused"
            ),
            (digest(failed, reported), "its log names no cause"),
            // Set-good's words before the attempt, and another attempt's.
            (
                digest(
                    info("Subprocess status: 1"), info("Subprocess output:\ncgpt: error"), error("Old"),
                    start,
                    error("Payload hash is wrong"), failed, reported),
                "Payload hash is wrong"
            ),
            // The engine crashed.
            (
                digest(error("Odd"), "F20261124 00:30:19.566045  1336 a.cc:1] Check failed: x"),
                "Check failed: x, Odd"
            ),
        ] as [(EngineDigest, String)])
    func theFirstComplaintIsTheCause(digest: EngineDigest, cause: String) {
        #expect(digest.cause == cause)
    }

    @Test func aBackoffIsNamedWithItsEnd() {
        let digest = Self.digest(
            Self.info("Omaha Response manifest version = 1353.8.0"),
            Self.info("Cannot proceed with downloads as we need to backoff until 11/28/2026 18:04:05 GMT"),
            Self.info("Ignoring Omaha updates in order to backoff our retry attempts"), Self.failed,
            Self.code("40 (kActionCodeOmahaUpdateDeferredForBackoff)"), Self.reported)
        let after = EngineStatus(
            lastCheckedTime: 5, progress: 0, operation: .idle, newVersion: nil, newSizeBytes: 0)
        guard
            case .failed(let failure) = IdleOutcome(lastCheckedBefore: 0, after: after, digest: digest)
        else {
            Issue.record("taken for no update")
            return
        }
        #expect(failure.reason == .updateFailed)
        #expect(
            failure.message.hasPrefix(
                "cannot update to 1353.8.0: update-engine downloads nothing until 11/28/2026 18:04:05 GMT"))
        #expect(failure.message.contains("/var/lib/update_engine/prefs/backoff-expiry-time"))
    }

    @Test func anOfferIsFoundInTheServersAnswer() {
        let digest = Self.digest(
            Self.info("Omaha request response: <?xml version=\"1.0\" encoding=\"UTF-8\"?>"),
            "<updatecheck status=\"ok\"><manifest version=\"1409.7.0\"><packages>")
        #expect(digest.offered == "1409.7.0" && digest.sawOffer)
        #expect(Self.digest("<manifest version=\"../x\">").offered == nil)
    }

    @Test func theCauseIsTheEnginesOwn() {
        let digest = Self.digest(
            Self.error("Omaha request network transfer failed."), Self.error("Update failed."),
            Self.info("Updating payload state for error code: 37 (kActionCodeOmahaErrorInHTTPResponse)"))
        #expect(
            digest.cause
                == "Omaha request network transfer failed., error code 37 (kActionCodeOmahaErrorInHTTPResponse)"
        )
    }
}

@Suite struct ProgressTellerTests {
    @Test func oneMessageAChangeAndATenth() {
        var teller = ProgressTeller()
        func told(_ operation: EngineOperation, _ progress: Double = 0) -> String? {
            teller.news(
                of: EngineStatus(
                    lastCheckedTime: 1, progress: progress, operation: operation, newVersion: "1353.8.0",
                    newSizeBytes: 9))?.message
        }
        #expect(told(.checkingForUpdate) == "asking the update server")
        #expect(told(.checkingForUpdate) == nil)
        #expect(told(.downloading, 0.01) == "downloading 1353.8.0")
        #expect(told(.downloading, 0.09) == nil)
        #expect(told(.downloading, 0.11) == "downloading 1353.8.0")
        #expect(told(.downloading, 0.19) == nil)
        #expect(told(.downloading, 0.35) == "downloading 1353.8.0")
        #expect(told(.finalizing) == "finishing 1353.8.0")
        #expect(told(.updatedNeedReboot) == "applied 1353.8.0")
    }
}

@Suite struct BootFlagWatchTests {
    static func entry(_ message: String) -> String {
        #"{"__CURSOR":"c1","__REALTIME_TIMESTAMP":"1795480397485861","MESSAGE":"\#(message)"}"#
    }

    @Test(arguments: [
        "[0422/124111:INFO:update_attempter.cc(674)] Updating boot flags...",
        "I1124 00:34:02.304412   365 update_attempter.cc:493] Updating boot flags...",
        "I1124 00:34:02.304412   365 update_attempter.cc:493] Already updated boot flags. Skipping.",
        "I1124 00:34:02.304412   365 update_attempter.cc:493] Update boot flags running, nothing to do.",
    ])
    func lines(message: String) throws {
        var watch = BootFlagWatch()
        try watch.take(Self.entry(message))
        #expect(watch.line == message)
    }

    @Test(arguments: [
        "Updating boot flags...", "I1124 00:34:02.304412   365 a.cc:1] Next update check in 7m8s", "not json",
    ])
    func otherLines(message: String) throws {
        var watch = BootFlagWatch()
        try watch.take(Self.entry(message))
        #expect(watch.line == nil)
    }

    @Test(arguments: ["Subprocess status: 1", "g_spawn_async failed: No such file or directory"])
    func failures(text: String) {
        var watch = BootFlagWatch()
        #expect(throws: StepStop.self) {
            try watch.take(Self.entry("I1124 00:34:02.304412   365 update_attempter.cc:493] \(text)"))
        }
    }
}

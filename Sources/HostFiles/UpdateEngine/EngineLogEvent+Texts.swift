extension EngineLogEvent {
    /// Messages that never vary.
    static let constants: [Substring: EngineLogEvent] = [
        "CoreOS Update Engine starting": .daemonStarting(.coreOS),
        "Flatcar Update Engine starting": .daemonStarting(.flatcar),
        "CoreOS Update Engine terminating": .daemonTerminating,
        "Flatcar Update Engine terminating": .daemonTerminating,
        "Updating boot flags...": .bootFlagsUpdating,
        "Already updated boot flags. Skipping.": .bootFlagsAlready,
        "Update boot flags running, nothing to do.": .bootFlagsRunning,
        "Scheduling an action processor start.": .actionProcessorStart,
        "Attempting interactive update": .updateRequested,
        "Omaha request network transfer failed.": .omahaTransferFailed,
        "Omaha response not valid XML": .omahaResponseInvalid,
        "HTTP reported success but Omaha reports an error.": .failureReported,
        "No update.": .noUpdate,
        "There are no updates. Aborting.": .noUpdate,
        "Postinst command succeeded": .postinstallSucceeded,
        "Update successfully applied, waiting to reboot.": .updateApplied,
        "Update failed.": .updateFailed,
        "Error event sent.": .errorEventSent,
        "Ignoring Omaha updates in order to backoff our retry attempts": .payloadBackoff,
        "Too many delta update failures, forcing full update.": .deltaFailuresTooMany,
        "Not updating b/c we already updated and we're waiting for reboot, we'll ping Omaha instead":
            .waitingForReboot,
        "Reset Successful": .resetSuccessful,
        "Reset not allowed in this state.": .resetNotAllowed,
        "Non-official build: periodic update checks disabled.": .periodicChecksDisabled,
    ]

    /// Messages of a fixed beginning, and what follows it.
    private static let beginnings: [(String, @Sendable (Substring) -> EngineLogEvent?)] = [
        ("Next update check in ", { .nextCheckScheduled(after: String($0)) }),
        ("Subprocess output:", { _ in .subprocessOutput }),
        ("Subprocess status: ", { Int32($0).map { .subprocessStatus($0) } }),
        ("g_spawn_async failed", { .spawnFailed(reason: String(($0.after(":") ?? $0).trimmingBlanks)) }),
        ("Current group set to", { .groupInForce(String($0.after(" ") ?? $0)) }),
        ("Posting an Omaha request to ", { .omahaRequestPosted(url: String($0)) }),
        ("HTTP response code: ", { $0.decimal().map { .httpResponse(code: $0) } }),
        ("Unable to get http response code: ", { .httpFailed(reason: String($0)) }),
        ("Omaha Response manifest version = ", { .offered(version: String($0)) }),
        (
            "Payload size = ",
            { $0.before(suffix: " bytes")?.decimal(as: Int64.self).map { .payloadSize(bytes: $0) } }
        ),
        ("Downloaded ", downloaded),
        ("Cannot proceed with downloads as we need to backoff until ", { .backsOffUntil(String($0)) }),
        ("Updating payload state for error code: ", errorCode),
        (
            "Exponential backoff due to HTTP response code (",
            { $0.before(suffix: ")")?.decimal().map { .httpStatusBackoff(code: $0) } }
        ),
        (
            "Skipping update check because current status is ",
            { .skippedBecause(operation: String($0)) }
        ),
        (
            "Attempting to reset state from ",
            { $0.split(atFirst: " to ").map { .resetAttempted(from: String($0.0)) } }
        ),
        (
            "Rollback detected, still running ",
            { $0.split(atFirst: " after ").map { .rollbackDetected(running: String($0.0)) } }
        ),
    ]

    static func withPayload(_ text: Substring) -> EngineLogEvent? {
        for (beginning, event) in beginnings {
            if let rest = text.after(beginning) { return event(rest.trimmingBlanks) }
        }
        return nil
    }

    /// `655360/63532590 bytes (1%)`
    private static func downloaded(_ rest: Substring) -> EngineLogEvent? {
        guard let (amounts, _) = rest.split(atFirst: " bytes"),
            let (done, whole) = amounts.split(atFirst: "/" as Unicode.Scalar),
            let done = done.decimal(as: Int64.self), let whole = whole.decimal(as: Int64.self)
        else { return nil }
        return .downloaded(bytes: done, ofBytes: whole)
    }

    /// `37 (kActionCodeOmahaErrorInHTTPResponse)`
    private static func errorCode(_ rest: Substring) -> EngineLogEvent? {
        guard let (code, name) = rest.split(atFirst: " ("), let code = code.decimal(as: Int.self),
            let name = name.before(suffix: ")")
        else { return nil }
        return .errorCode(code, name: String(name))
    }

    /// The scripts that the engine runs print without a prefix.
    static func postinstallEvent(_ text: Substring) -> EngineLogEvent? {
        if let (label, rest) = text.after("Setup ")?.split(atFirst: " ("),
            let device = rest.before(suffix: ") for next boot.")
        {
            return .slotArmed(label: String(label), device: String(device))
        }
        return text.before(suffix: "Aborting the update...").map { _ in
            .postinstallAborted(message: String(text))
        }
    }
}

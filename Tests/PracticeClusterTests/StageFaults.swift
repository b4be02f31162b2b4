import AgentProtocol

/// A fault during `stage`, and the agent's answer to it; for people: units/FAULTS.md.
struct StageFault: Sendable, CustomStringConvertible {
    var faults: [String]
    var offer = "1409.7.0"
    var target: String?
    var group: String?
    var seconds = 30
    var answer: Answer
    /// Words that the answer's message has to contain.
    var says: [String] = []

    var description: String { "\(faults.joined(separator: " + ")), offered \(offer)" }

    /// The answer without the parts that differ from run to run.
    enum Answer: Hashable, Sendable {
        case failed(StepFailure.Reason)
        case refused(Refusal.Reason)
        case staged([VersionEvidence])
        case nothingOffered
        case offerDiffers
        case other(String)

        init(_ message: AgentMessage?) {
            self =
                switch message {
                case .failed(let failure): .failed(failure.reason)
                case .refused(let refusal): .refused(refusal.reason)
                case .staged(let update): .staged(update.evidence)
                case .nothingOffered: .nothingOffered
                case .offerDiffers: .offerDiffers
                default: .other(String(describing: message))
                }
        }
    }

    // MARK: The table

    static let server: [StageFault] = [
        StageFault(
            faults: ["update-server-down"], answer: .failed(.checkFailed),
            says: ["network transfer failed", "error code 37"]),
        StageFault(
            faults: ["server-error"], answer: .failed(.checkFailed),
            says: ["network transfer failed", "37 (kActionCodeOmahaErrorInHTTPResponse)"]),
        StageFault(
            faults: ["server-nonsense"], answer: .failed(.checkFailed),
            says: ["Omaha response not valid XML", "31 (kActionCodeOmahaRequestXMLParseError)"]),
        // The engine takes the running version for an update like any other.
        StageFault(faults: ["server-offers-running"], offer: "1353.8.0", answer: .nothingOffered),
        // The opposite of facts 0.32: the server was asked, answered, and has no update.
        StageFault(faults: [], offer: "none", answer: .nothingOffered),
        StageFault(
            faults: [], offer: "1298.5.0", answer: .failed(.offeredOlder),
            says: ["1298.5.0", "lower than 1353.8.0"]),
        StageFault(faults: [], target: "1465.6.0", answer: .offerDiffers),
    ]

    static let update: [StageFault] = [
        StageFault(
            faults: ["payload-corrupt"], answer: .failed(.updateFailed),
            says: ["cannot update to 1409.7.0", "10 (kActionCodePayloadHashMismatchError)"]),
        StageFault(
            faults: ["postinst-fail"], answer: .failed(.updateFailed),
            says: [
                "cannot update to 1409.7.0", "No space left on device",
                "5 (kActionCodePostinstallRunnerError)",
            ]),
        stuck("CHECKING_FOR_UPDATE"), stuck("UPDATE_AVAILABLE"), stuck("DOWNLOADING"), stuck("FINALIZING"),
        stuck("REPORTING_ERROR_EVENT", after: "payload-corrupt"),
        // Any request for an update runs set-good first, and waits for it.
        StageFault(
            faults: ["setgood-hangs"], seconds: stuckSeconds, answer: .failed(.deadlinePassed),
            says: ["UPDATE_STATUS_CHECKING_FOR_UPDATE"]),
        // The running partition is good already.
        StageFault(faults: ["setgood-fail"], answer: .staged(VersionEvidence.allCases)),
    ]

    /// Enough seconds to get as far as the operation, also on a busy machine.
    private static let stuckSeconds = 8

    private static func stuck(_ operation: String, after cause: String? = nil) -> StageFault {
        StageFault(
            faults: [cause, "engine-stuck \(operation)"].compactMap(\.self), seconds: stuckSeconds,
            answer: .failed(.deadlinePassed), says: ["with update-engine at UPDATE_STATUS_\(operation)"])
    }

    static let engine: [StageFault] = [
        StageFault(
            faults: ["engine-missing"], answer: .failed(.engineUnavailable),
            says: ["systemd knows no such unit"]),
        StageFault(faults: ["engine-masked-runtime"], answer: .staged(VersionEvidence.allCases)),
        StageFault(
            faults: ["engine-skipped"], answer: .failed(.engineUnavailable),
            says: ["inactive", "a condition did not hold"]),
        StageFault(
            faults: ["noupdate"], answer: .refused(.hostUnsafe),
            says: ["/usr/.noupdate is there"]),
        StageFault(
            faults: ["reboot-required"], answer: .refused(.hostUnsafe),
            says: ["/run/reboot-required is there, and not by Turnstile", "kured"]),
        StageFault(
            faults: ["engine-crashes"], answer: .failed(.engineUnavailable),
            says: ["systemctl start says", "Job for update-engine.service failed"]),
        StageFault(
            faults: ["engine-crashes DOWNLOADING"], answer: .failed(.updateFailed),
            says: ["update-engine stopped by itself"]),
        StageFault(
            faults: ["client-hangs"], seconds: 3, answer: .failed(.deadlinePassed),
            says: ["waiting for the update"]),
    ]

    static let journald: [StageFault] = [
        StageFault(faults: ["journald-volatile"], answer: .staged(VersionEvidence.allCases)),
        // The engine's status and the partition are enough evidence.
        StageFault(faults: ["journald-none"], answer: .staged([.engineStatus, .partition])),
        StageFault(
            faults: ["journald-none", "server-nonsense"], answer: .failed(.checkFailed),
            says: ["its log names no cause"]),
        // Without the log, "no update" cannot be told from an answer that was not understood.
        StageFault(
            faults: ["journald-none"], offer: "none", answer: .failed(.checkFailed),
            says: ["the engine's log does not say what it answered"]),
    ]

    static let disks: [StageFault] = [
        StageFault(
            faults: ["disk-full state"], answer: .failed(.hostFault),
            says: ["/var/lib/turnstile/state.json", "No space left on device"]),
        StageFault(
            faults: ["disk-readonly state"], answer: .failed(.hostFault),
            says: ["/var/lib/turnstile", "Read-only file system"]),
        StageFault(
            faults: ["disk-full config"], group: "beta", answer: .failed(.hostFault),
            says: ["cannot write \"/etc/coreos/update.conf\"", "No space left on device"]),
        StageFault(
            faults: ["disk-readonly config"], group: "beta", answer: .failed(.hostFault),
            says: ["cannot write \"/etc/coreos/update.conf\"", "Read-only file system"]),
        // The agent writes no file there.
        StageFault(faults: ["disk-readonly config"], answer: .staged(VersionEvidence.allCases)),
        StageFault(
            faults: ["disk-full run"], answer: .failed(.hostFault),
            says: ["/run/turnstile", "No space left on device"]),
        StageFault(
            faults: ["disk-readonly run"], answer: .failed(.hostFault),
            says: ["/run/turnstile", "Read-only file system"]),
        StageFault(
            faults: ["disk-full boot"], answer: .failed(.updateFailed),
            says: [
                "cannot update to 1409.7.0", "No space left on device",
                "5 (kActionCodePostinstallRunnerError)",
            ]),
    ]

    static let foreign: [StageFault] = [
        StageFault(
            faults: ["staged-already"], target: "1409.7.0", answer: .staged([.engineJournal, .partition])),
        StageFault(
            faults: ["staged-already 1409.2.0"], target: "1409.7.0", answer: .refused(.versionDiffers),
            says: ["1409.2.0 was staged on this host by somebody else", "1409.7.0 is wanted"]),
        StageFault(
            faults: ["journald-rotated", "staged-already"], answer: .staged([.engineJournal, .partition])),
    ]

    static let ofUpdates = server + update
    static let ofHosts = engine + journald + disks + foreign
}

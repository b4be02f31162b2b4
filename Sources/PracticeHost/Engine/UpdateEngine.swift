import HostFiles

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// The update_engine daemon: its status, its boot flags and its marker (facts 0 and 1).
///
/// Long work (a child, a download) is done by the workers of `serve`, so that the engine answers calls meanwhile.
actor UpdateEngine {
    static let markerPath = "/run/update_engine_autoupdate_completed"
    static let preferencesPath = "/var/lib/update_engine/prefs"

    /// The state of the booted partition's mark; whatever set-good's result, it is tried once a process.
    private enum BootFlags {
        case untouched
        case updating
        case updated
    }

    let surroundings: Surroundings
    let log: EngineLog
    private(set) var status: EngineStatus
    private var bootFlags: BootFlags
    private var waitingForBootFlags: [CheckedContinuation<Void, Never>] = []
    private let requestSetGood: AsyncStream<Void>.Continuation
    private let requestAttempt: AsyncStream<UpdateAttempt>.Continuation

    init(
        surroundings: Surroundings, updateIsPending: Bool, requestSetGood: AsyncStream<Void>.Continuation,
        requestAttempt: AsyncStream<UpdateAttempt>.Continuation
    ) {
        self.surroundings = surroundings
        self.requestSetGood = requestSetGood
        self.requestAttempt = requestAttempt
        log = EngineLog(prefix: surroundings.era.prefix)
        status = EngineStatus(
            lastCheckedTime: 0, progress: 0, operation: updateIsPending ? .updatedNeedReboot : .idle,
            newVersion: nil, newSizeBytes: 0)
        // With an update pending nobody marks the running partition good: the next boot is not of it (facts 0.5).
        bootFlags = updateIsPending ? .updated : .untouched
    }

    func change(_ change: (inout EngineStatus) -> Void) { change(&status) }

    // MARK: Boot flags

    func updateBootFlags() {
        switch bootFlags {
        case .updated: log.info("Already updated boot flags. Skipping.", .attempter(483))
        case .updating: log.info("Update boot flags running, nothing to do.", .attempter(488))
        case .untouched:
            let fault = (try? surroundings.settings().setGood) ?? .none
            guard fault != .never else { return }
            if fault != .silent { log.info("Updating boot flags...", .attempter(493)) }
            bootFlags = .updating
            requestSetGood.yield()
        }
    }

    /// Runs set-good, a child in the unit's own cgroup: stopping the unit now loses the commit (facts 0.27).
    func runSetGood() async {
        do {
            logChild(try await Command(surroundings.distribution.setGoodRootPath, []).run())
        } catch {
            log.error("g_spawn_async failed: \(error)", SourceLine(file: "subprocess.cc", line: 112))
        }
        bootFlags = .updated
        for continuation in waitingForBootFlags { continuation.resume() }
        waitingForBootFlags = []
    }

    func bootFlagsSettled() async {
        guard case .updating = bootFlags else { return }
        await withCheckedContinuation { waitingForBootFlags.append($0) }
    }

    func logChild(_ child: Command.Result) {
        let source = SourceLine(file: "subprocess.cc", line: 46)
        if !child.succeeded { log.info("Subprocess status: \(child.exitCode ?? 0)", source) }
        if !child.output.isEmpty { log.info("Subprocess output:\n\(child.output.trimmedEnd)", source) }
    }

    // MARK: Calls

    func answer(_ request: String) -> String {
        switch EngineCall(rawValue: request) {
        case .getStatus: return status.reply(surroundings.era)
        case .attemptUpdate:
            log.info("Attempting interactive update", SourceLine(file: "dbus_service.cc", line: 57))
            checkForUpdate(interactive: true)
            return EngineCall.done
        case .resetStatus: return resetStatus() ? EngineCall.done : EngineCall.refused
        case nil: return EngineCall.refused
        }
    }

    /// Starts an attempt unless one is running or an update is waiting for its reboot.
    func checkForUpdate(interactive: Bool) {
        log.info(interactive ? "New update check requested" : "Running periodic check.", .attempter(263))
        guard status.operation == .idle else {
            if status.operation == .updatedNeedReboot, !interactive {
                log.info(
                    "Not updating b/c we already updated and we're waiting for reboot, we'll ping Omaha instead",
                    .attempter(170))
            } else {
                log.info(
                    "Skipping update check because current status is \(status.operation.rawValue)",
                    .attempter(266))
            }
            return
        }
        status.operation = .checkingForUpdate
        let attempt = UpdateAttempt(
            settings: .readAnew(by: surroundings.distribution, of: surroundings.version),
            interactive: interactive)
        log.info(
            "Current group set to \(attempt.group)", SourceLine(file: "omaha_request_params.cc", line: 59))
        updateBootFlags()
        requestAttempt.yield(attempt)
    }

    private func resetStatus() -> Bool {
        let source = SourceLine.attempter(360)
        log.info("Attempting to reset state from \(status.operation.rawValue) to UPDATE_STATUS_IDLE", source)
        switch status.operation {
        case .idle: break
        case .updatedNeedReboot:
            unlink(Self.markerPath)
            status = EngineStatus(
                lastCheckedTime: status.lastCheckedTime, progress: 0, operation: .idle, newVersion: nil,
                newSizeBytes: 0)
        case .checkingForUpdate, .updateAvailable, .downloading, .verifying, .finalizing,
            .reportingErrorEvent:
            log.error("Reset not allowed in this state.", source)
            return false
        }
        log.info("Reset Successful", source)
        return true
    }
}

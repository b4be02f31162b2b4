import HostFiles

/// `update_engine_client`: values on standard output, its log on standard error (facts 1.1 to 1.3).
struct UpdateEngineClient: Sendable {
    let surroundings: Surroundings
    let log: EngineLog
    var ask: @Sendable (EngineCall) -> String? = { UnixSocket.ask($0.rawValue, at: EngineCall.socketPath) }

    init(surroundings: Surroundings) {
        self.surroundings = surroundings
        log = EngineLog(prefix: surroundings.era.prefix)
    }

    private struct NoProxy: Error {}

    /// In the real one's order: reset, status, check or update, watch.
    func run(_ arguments: [String]) async -> Int32 {
        if surroundings.era.complainsOfEarlyLogging {
            StandardError.write("WARNING: Logging before InitGoogleLogging() is written to STDERR\n")
        }
        do {
            let flags = try ClientArguments(arguments).flags
            try await Task.sleep(for: surroundings.settings().clientSilence)
            if flags.contains(.resetStatus) { return try await resetStatus() }
            if flags.contains(.status) { return try await showStatus() }
            if flags.contains(.update) || flags.contains(.checkForUpdate) {
                return try await attemptUpdate(following: flags.contains(.update))
            }
            if flags.contains(.watchForUpdates) { try await watch() }
            log.info("Done.", .client(266))
            return 0
        } catch let unknown as ClientArguments.UnknownFlag {
            StandardError.write("ERROR: unknown command line flag '\(unknown.name)'\n")
        } catch is NoProxy {
            log.error("Giving up -- unable to get dbus proxy for com.coreos.update1", .client(65))
        } catch {
            StandardError.write("\(error)\n")
        }
        return 1
    }

    /// Four tries, ten seconds apart: half a minute for an engine that does not run.
    private func call(_ method: EngineCall) async throws -> String {
        for attempt in 1...4 {
            if let reply = ask(method) { return reply }
            log.warning(
                "Error getting dbus proxy for com.coreos.update1: GError(3): Could not get owner of name 'com.coreos.update1': no such name",
                .client(60))
            guard attempt < 4 else { break }
            log.info("Retrying to get dbus proxy. Try \(attempt + 1)/4", .client(51))
            try await sleep(.seconds(10))
        }
        throw NoProxy()
    }

    private func resetStatus() async throws -> Int32 {
        log.info("Setting Update Engine status to idle ...", .client(223))
        guard try await call(.resetStatus) == EngineCall.done else {
            log.error("ResetStatus failed.", .client(226))
            return 1
        }
        log.info("ResetStatus succeeded; to undo partition table changes run:", .client(229))
        StandardError.write(
            "(D=$(rootdev -d) P=$(rootdev -s); cgpt p -i$(($(echo ${P#$D} | sed 's/^[^0-9]*//')-1)) $D;)\n")
        return 0
    }

    private func showStatus() async throws -> Int32 {
        log.info("Querying Update Engine status...", .client(237))
        let reply = try await call(.getStatus)
        StandardOutput.write(EngineStatus.block(reply: reply) ?? "")
        return 0
    }

    private func attemptUpdate(following: Bool) async throws -> Int32 {
        log.info("Initiating update check and install.", .client(247))
        _ = try await call(.attemptUpdate)
        guard following else { return 0 }
        log.info("Waiting for update to complete.", .client(252))
        while true {
            try await sleep(.seconds(5))
            let reply = try await status()
            StandardOutput.write(EngineStatus.block(reply: reply) ?? "")
            switch Self.operation(in: reply) {
            case .updatedNeedReboot:
                log.info("Update succeeded -- reboot needed.", .client(194))
                return 0
            case .idle:
                return endIdle()
            case .checkingForUpdate, .updateAvailable, .downloading, .verifying, .finalizing,
                .reportingErrorEvent, nil:
                continue
            }
        }
    }

    /// An engine that has gone is noticed after three rounds of retries, and these no practice host hurries (facts 0.55).
    private func status() async throws -> String {
        if let reply = ask(.getStatus) { return reply }
        for round in 1...Self.rounds {
            try await Task.sleep(for: .seconds(30))
            log.warning("Retrying to get the status. Round \(round)/\(Self.rounds)", .client(60))
            if let reply = ask(.getStatus) { return reply }
        }
        throw NoProxy()
    }

    private static let rounds = 3

    /// The same for a server that had nothing and for an update that failed: nobody can tell from here (facts 0.4).
    private func endIdle() -> Int32 {
        switch surroundings.era.idleEnding {
        case .failed:
            log.error("Update failed.", .client(190))
            return 1
        case .noUpdate:
            log.info("No update available", .client(190))
            return 0
        }
    }

    private func watch() async throws -> Never {
        log.info("Watching for status updates.", .client(258))
        var last = ""
        while true {
            let reply = try await call(.getStatus)
            let values = reply.split(separator: " ")
            if reply != last, values.count == 5 {
                let keys = ["last_checked_time", "progress", "current_operation", "new_version", "new_size"]
                log.info("Got status update:", .client(130))
                for (key, value) in zip(keys, values) { log.info("  \(key): \(value)", .client(131)) }
            }
            last = reply
            try await sleep(.seconds(1))
        }
    }

    private static func operation(in reply: String) -> EngineOperation? {
        let values = reply.split(separator: " ")
        return values.count == 5 ? EngineOperation(rawValue: String(values[2])) : nil
    }

    private func sleep(_ time: Duration) async throws {
        try await Task.sleep(for: surroundings.settings().scaled(time))
    }
}

import HostFiles
import SystemPackage

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

extension UpdateEngine {
    /// Performs an attempt from the server's answer to the armed partition, or to whatever stops it.
    func perform(_ attempt: UpdateAttempt) async {
        await bootFlagsSettled()
        log.info("Scheduling an action processor start.", .attempter(626))
        log.info("ActionProcessor::StartProcessing: OmahaRequestAction", .processor(36))
        do {
            try await pass(.checkingForUpdate)
            guard let offer = try await askServer(attempt) else { return finishWithoutUpdate() }
            let partition = try await download(offer, attempt)
            try await finalize(partition, offer)
            try finishWithUpdate(attempt)
        } catch let failure as UpdateFailure {
            await finish(failing: failure, attempt)
        } catch {
            await finish(failing: .downloadWrite(reason: "\(error)"), attempt)
        }
    }

    // MARK: The server

    private func askServer(_ attempt: UpdateAttempt) async throws -> Offer? {
        let settings = try surroundings.settings()
        post(.check, attempt)
        try await awaitAnswer(attempt.serverCanBeReached ? settings.server : .down, settings)
        // A good server offers nobody what they run already; a lower version it does (facts 0.38). The engine takes
        // either for an update (facts 0.54).
        let offered = try surroundings.offer(group: attempt.group)
        let isKnown = offered?.version == surroundings.version.description
        let offer = isKnown && settings.server != .running ? nil : offered
        let size = try offer.map { try PayloadWriter.size(of: $0.imagePath) } ?? 0
        log.info("Omaha request response: \(OmahaText.response(offer, size: size))", .omaha(592))
        // Any well-formed answer counts as a check; one without an update too, since 2017.
        if offer != nil || surroundings.era.movesCheckTimeWithoutUpdate {
            change { $0.lastCheckedTime = WallClock.now().seconds }
        }
        guard let offer else { return nil }
        found(offer, size: size, attempt)
        try await pass(.updateAvailable)
        return offer
    }

    /// Until there is an answer that can be read, or none.
    private func awaitAnswer(_ fault: Settings.ServerFault, _ settings: Settings) async throws {
        switch fault {
        case .none, .running: try await Task.sleep(for: settings.scaled(.seconds(0.3)))
        case .down:
            // The transport retries for about ten seconds before it gives up (facts 0.32).
            try await Task.sleep(for: settings.scaled(.seconds(10)))
            log.info("Omaha request response: ", .omaha(592))
            log.error("Omaha request network transfer failed.", .omaha(606))
            throw UpdateFailure.omahaErrorInHTTPResponse
        case .error:
            log.info("HTTP response code: 500", .fetcher(239))
            log.info("Transfer resulted in an error (500), 0 bytes downloaded", .fetcher(273))
            log.info("Omaha request response: ", .omaha(592))
            log.error("Omaha request network transfer failed.", .omaha(606))
            throw UpdateFailure.omahaErrorInHTTPResponse
        case .nonsense:
            log.info("HTTP response code: 200", .fetcher(239))
            log.info("Omaha request response: <nope", .omaha(592))
            log.error("Omaha response not valid XML", .omaha(621))
            throw UpdateFailure.omahaResponseIsNoXML
        }
    }

    private func found(_ offer: Offer, size: Int64, _ attempt: UpdateAttempt) {
        if surroundings.era.logsManifestVersion {
            log.info("Omaha Response manifest version = \(offer.version)", .omaha(424))
        }
        log.info("Found 1 url(s)", .omaha(447))
        log.info("Omaha Response package name = update.gz", .omaha(490))
        log.info("Url0: \(OmahaText.payloadURL(offer))", .omaha(502))
        log.info("Payload size = \(size) bytes", .omaha(514))
        let reports = surroundings.era.reportsNewVersion
        change {
            $0.operation = .updateAvailable
            $0.newVersion = reports ? offer.version : nil
            $0.newSizeBytes = size
        }
        log.info(
            "ActionProcessor::ActionComplete: finished OmahaRequestAction, starting OmahaResponseHandlerAction",
            .processor(82))
    }

    private func post(_ event: OmahaText.Event, _ attempt: UpdateAttempt) {
        log.info("Posting an Omaha request to \(attempt.server)", .omaha(245))
        log.info(
            "Request: \(OmahaText.request(event, version: surroundings.version.description, attempt))",
            .omaha(246))
    }

    // MARK: The payload

    private func download(_ offer: Offer, _ attempt: UpdateAttempt) async throws -> PartitionDevice {
        let settings = try surroundings.settings()
        let booted = try Rootdev.bootedPartition()
        let other = try booted.sibling(number: booted.number == 3 ? 4 : 3)
        // Hashing the partition that runs.
        try await Task.sleep(for: settings.scaled(.seconds(0.7)))
        post(.downloadStarted, attempt)
        log.info("Download status: active", .attempter(408))
        change { $0.operation = .downloading }
        try await pass(.downloading)
        let writer = PayloadWriter(
            imagePath: offer.imagePath, devicePath: other.path, duration: settings.scaled(.seconds(10)))
        do {
            try await writer.write { written, total in await self.downloaded(written, of: total) }
        } catch let error as Failure {
            throw UpdateFailure.downloadWrite(reason: "\(error)")
        }
        log.info("Download status: inactive", .attempter(408))
        change { $0.progress = 0 }
        guard !settings.payloadIsCorrupt else { throw UpdateFailure.payloadHashMismatch }
        log.info("Payload downloaded successfully", .payloadState(70))
        post(.downloadFinished, attempt)
        return other
    }

    private func downloaded(_ written: Int64, of total: Int64) {
        let percent = written * 100 / max(1, total)
        // A line for each percent, however large the pieces are.
        if percent != Int64(status.progress * 100) || status.progress == 0 {
            log.info("Downloaded \(written)/\(total) bytes (\(percent)%)", .attempter(430))
        }
        change { $0.progress = Double(written) / Double(max(1, total)) }
    }

    private func finalize(_ partition: PartitionDevice, _ offer: Offer) async throws {
        change { $0.operation = .finalizing }
        try await pass(.finalizing)
        log.info(
            "ActionProcessor::ActionComplete: finished PCRPolicyPostAction, starting PostinstallRunnerAction",
            .processor(82))
        let settings = try surroundings.settings()
        try await Task.sleep(for: settings.scaled(.seconds(0.5)))
        let child = try await Command(
            Postinst.path, [Program.postinst.rawValue, partition.path, offer.version]
        ).run()
        logChild(child)
        guard child.succeeded else {
            log.error(
                "Postinst command failed with code: \(child.exitCode ?? -1)",
                SourceLine(file: "postinstall_runner_action.cc", line: 88))
            throw UpdateFailure.postinst
        }
        log.info("Postinst command succeeded", SourceLine(file: "postinstall_runner_action.cc", line: 83))
    }

    // MARK: Faults

    /// The way past an operation: at once, once it is no longer to stick there, or never.
    private func pass(_ operation: EngineOperation) async throws {
        while true {
            let settings = try surroundings.settings()
            if settings.engineCrash == .at(operation) { _exit(1) }
            guard settings.engineSticksAt == operation else { return }
            try await Task.sleep(for: .milliseconds(100))
        }
    }

    // MARK: Endings

    private func finishWithUpdate(_ attempt: UpdateAttempt) throws {
        try TextFile.write(
            surroundings.version.description, to: Self.preferencesPath + "/previous-version",
            mode: [.ownerReadWrite])
        post(.updated, attempt)
        try TextFile.write("", to: Self.markerPath, mode: [.ownerReadWrite])
        log.info("Processing Done.", .attempter(290))
        log.info("Update successfully applied, waiting to reboot.", .attempter(316))
        change { $0.operation = .updatedNeedReboot }
    }

    private func finishWithoutUpdate() {
        log.info("No update.", .omaha(386))
        log.info(
            "There are no updates. Aborting.", SourceLine(file: "omaha_response_handler_action.cc", line: 36))
        log.info("Processing Done.", .attempter(290))
        log.info("No update.", .attempter(326))
        backToIdle()
    }

    private func finish(failing failure: UpdateFailure, _ attempt: UpdateAttempt) async {
        if case .downloadWrite(let reason) = failure {
            log.error(reason, SourceLine(file: "download_action.cc", line: 210))
        }
        log.info(
            "ActionProcessor::ActionComplete: \(failure.action) action failed. Aborting processing.",
            .processor(68))
        log.info("Processing Done.", .attempter(290))
        log.error("Update failed.", .attempter(603))
        log.info(
            "Updating payload state for error code: \(failure.code) (\(failure.name))", .payloadState(97))
        change {
            $0.operation = .reportingErrorEvent
            $0.progress = 0
        }
        try? await pass(.reportingErrorEvent)
        post(.failed(code: failure.code), attempt)
        // The engine logs this for any answer of the server to a report that it could post (facts 0.52).
        let settings = try? surroundings.settings()
        if attempt.serverCanBeReached, let settings, ![.down, .error].contains(settings.server) {
            log.error("HTTP reported success but Omaha reports an error.", .omaha(599))
        }
        log.info("Processing Done.", .attempter(290))
        log.info("Error event sent.", .attempter(294))
        backToIdle()
    }

    private func backToIdle() {
        // Builds before 2017 kept the size of what they had found.
        let clears = surroundings.era.reportsNewVersion
        change {
            $0.operation = .idle
            $0.progress = 0
            $0.newVersion = nil
            if clears { $0.newSizeBytes = 0 }
        }
    }
}

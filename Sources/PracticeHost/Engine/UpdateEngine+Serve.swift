#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

extension UpdateEngine {
    /// Runs the daemon until a signal ends it, with status 1, as the real one (facts 1.4).
    static func serve(in surroundings: Surroundings) async throws -> Int32 {
        for signalNumber in [SIGTERM, SIGINT] { signal(signalNumber) { _ in _exit(1) } }
        let (setGoodRequests, requestSetGood) = AsyncStream.makeStream(of: Void.self)
        let (attempts, requestAttempt) = AsyncStream.makeStream(of: UpdateAttempt.self)
        let engine = UpdateEngine(
            surroundings: surroundings, updateIsPending: access(markerPath, F_OK) == 0,
            requestSetGood: requestSetGood, requestAttempt: requestAttempt)
        engine.log.info("\(surroundings.era.engineName) starting", SourceLine(file: "main.cc", line: 89))
        let settings = try surroundings.settings()
        guard settings.engineCrash != .atStart else { return 1 }
        let listener = try UnixSocket.listen(at: EngineCall.socketPath)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { for await _ in setGoodRequests { await engine.runSetGood() } }
            group.addTask { for await attempt in attempts { await engine.perform(attempt) } }
            group.addTask {
                try? await Task.sleep(for: settings.scaled(.seconds(45)))
                await engine.updateBootFlags()
            }
            group.addTask { await engine.checkPeriodically(settings) }
            ServiceNotification.ready()
            for await connection in UnixSocket.connections(of: listener) {
                if let request = UnixSocket.readLine(from: connection) {
                    UnixSocket.write(await engine.answer(request), to: connection)
                }
                close(connection)
            }
        }
        return 1
    }

    /// The engine's own checks: the first after 7 ± 5 minutes, then every 45 ± 5 (facts 0.6).
    nonisolated func checkPeriodically(_ settings: Settings) async {
        var minutes = Double.random(in: 2...12)
        while !Task.isCancelled {
            let pause = settings.scaled(.seconds(60) * minutes)
            log.info(
                "Next update check in \(pause.minutesAndSeconds)",
                SourceLine(file: "update_check_scheduler.cc", line: 74))
            try? await Task.sleep(for: pause)
            await checkForUpdate(interactive: false)
            minutes = Double.random(in: 40...50)
        }
    }
}

extension Duration {
    /// `7m8s`, `52s`
    var minutesAndSeconds: String {
        let seconds = components.seconds
        return seconds < 60 ? "\(seconds)s" : "\(seconds / 60)m\(seconds % 60)s"
    }
}

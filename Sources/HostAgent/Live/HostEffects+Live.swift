import AgentProtocol

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

extension HostEffects {
    /// The host this process runs on.
    public static var live: HostEffects {
        HostEffects(
            run: { (command) async throws(HostFault) in try await LiveCommands.run(command) },
            attend: { command, body in try await LiveCommands.attend(command, body: body) },
            askSystemd: { calls, further in
                guard geteuid() == 0 else { return nil }
                return await LiveSystemd.ask(
                    calls, further, at: LiveSystemd.path, within: LiveSystemd.allowed)
            },
            files: LiveFiles.access,
            holdingLock: { path, patience, body in
                try await LiveLock.holding(path, patience: patience, body: body)
            },
            now: {
                reading(of: CLOCK_BOOTTIME)
            },
            sleep: { duration in try? await Task.sleep(for: duration) },
            wallClock: {
                UTCTime(sinceEpoch: reading(of: CLOCK_REALTIME))
            },
            syncDisks: { sync() },
            isRoot: { geteuid() == 0 },
            isInterrupted: { Interruption.wasAsked },
            say: { message in StandardStreams.write(message) })
    }

    private static func reading(of clock: clockid_t) -> Duration {
        var time = timespec()
        clock_gettime(clock, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
}

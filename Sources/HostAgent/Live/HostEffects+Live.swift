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
            files: LiveFiles.access,
            holdingLock: { path, patience, body in
                try await LiveLock.holding(path, patience: patience, body: body)
            },
            now: {
                var time = timespec()
                clock_gettime(CLOCK_BOOTTIME, &time)
                return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
            },
            sleep: { duration in try? await Task.sleep(for: duration) },
            syncDisks: { sync() },
            isRoot: { geteuid() == 0 },
            isInterrupted: { Interruption.wasAsked },
            say: { message in StandardStreams.write(message) })
    }
}

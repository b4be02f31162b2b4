import AgentProtocol

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

extension HostEffects {
    /// The host this process runs on.
    public static var live: HostEffects {
        let start = ContinuousClock.now
        return HostEffects(
            run: { (command) async throws(HostFault) in try await LiveCommands.run(command) },
            attend: { command, body in try await LiveCommands.attend(command, body: body) },
            files: LiveFiles.access,
            holdingLock: { path, patience, body in
                try await LiveLock.holding(path, patience: patience, body: body)
            },
            now: { ContinuousClock.now - start },
            sleep: { duration in try? await Task.sleep(for: duration) },
            syncDisks: { sync() },
            isRoot: { geteuid() == 0 },
            isInterrupted: { Interruption.wasAsked },
            say: { message in StandardStreams.write(message) })
    }
}

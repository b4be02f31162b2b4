extension Session {
    /// A connection for one command: connects, checks the host key, logs in, runs it, says goodbye. In one piece, for
    /// every change of threads on the way costs as much as a packet.
    func visit(
        _ command: String, input: [UInt8], outputLimit: Int, until deadline: ContinuousClock.Instant
    ) async throws(SSHError) -> VisitResult {
        do throws(SSHError) {
            try await connect()
            let hostKey = try await exchangeKeys(trusting: route.knownHosts, route.restrictions)
            let login = try await logIn(hostKey, with: route.credentials, route.restrictions)
            let result = try await run(
                login, command, input: input, outputLimit: outputLimit,
                Patience(.runCommand, for: deadline - .now))
            close()
            return VisitResult(command: result, hostKey: hostKey.print)
        } catch {
            close()
            throw error
        }
    }
}

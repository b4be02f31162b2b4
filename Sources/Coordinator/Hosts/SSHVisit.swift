import Driving
import Logging
import RolloutModel
import SSH

/// One command on a connection of its own. A host that refuses the call, drops it, or hangs before it is heard to speak
/// SSH is called once more.
struct SSHVisit {
    var host: HostID
    var route: SSHRoute
    var logger: Logger
    var onSilence: @Sendable () -> Void

    /// Before the second call: what was being restarted is there again.
    private static let pause = Duration.seconds(1)

    func run(_ command: HostCommand) async -> HostVisit {
        let deadline = ContinuousClock.now + command.deadline
        let first = await attempt(command, until: deadline)
        guard case .failure(let error) = first, error.mayPass, deadline - .now > Self.pause * 2 else {
            return HostVisit(outcome(first))
        }
        // It is not at work meanwhile.
        onSilence()
        do {
            try await Task.sleep(for: Self.pause)
        } catch {
            return HostVisit(outcome(first))
        }
        return HostVisit(
            outcome(await attempt(command, until: deadline)), retriedAfter: error.withoutAdvice)
    }

    /// Kept apart, for its frame is large and most hosts in flight are between two tries at the most.
    @inline(never) private func attempt(
        _ command: HostCommand, until deadline: ContinuousClock.Instant
    ) async -> Result<CommandResult, SSHError> {
        do throws(SSHError) {
            return .success(
                try await SSHConnection.visit(
                    route.target, credentials: route.credentials, knownHosts: route.knownHosts,
                    timeouts: route.timeouts, command: command.text.text,
                    outputLimit: command.outputBytesMax, until: deadline, logger: logger,
                    onSilence: onSilence))
        } catch {
            return .failure(error)
        }
    }

    private func outcome(_ result: Result<CommandResult, SSHError>) -> Result<HostCommandResult, HostFault> {
        switch result {
        case .success(let result):
            .success(HostCommandResult(result.exit, output: result.stdout, errors: result.stderr))
        case .failure(let error):
            .failure(HostFault(host: host, kind: HostFault.Kind(error), why: "\(error)"))
        }
    }
}

extension SSHError {
    /// Whether another call, right away, may find the host in another state. One that takes no call at all was called
    /// several times by the kernel.
    fileprivate var mayPass: Bool {
        switch (operation, reason) {
        case (.connect, .refused), (.exchangeKeys, .connectionLost), (.exchangeKeys, .deadlinePassed): true
        // sshd is at its limit for those who have not logged in yet.
        case (.exchangeKeys, .notSSH(let said)): said.contains("MaxStartups")
        default: false
        }
    }
}

extension HostFault.Kind {
    fileprivate init(_ error: SSHError) {
        switch (error.operation, error.reason) {
        case (_, .outputLimitPassed): self = .answerUnreadable
        case (.openChannel, _), (.runCommand, _): self = .interrupted
        default: self = .unreachable
        }
    }
}

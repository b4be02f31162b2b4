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
            return visit(first)
        }
        // It is not at work meanwhile.
        onSilence()
        do {
            try await Task.sleep(for: Self.pause)
        } catch {
            return visit(first)
        }
        return visit(await attempt(command, until: deadline), retriedAfter: error.withoutAdvice)
    }

    /// Kept apart, for its frame is large and most hosts in flight are between two tries at the most.
    @inline(never) private func attempt(
        _ command: HostCommand, until deadline: ContinuousClock.Instant
    ) async -> Result<VisitResult, SSHError> {
        do throws(SSHError) {
            return .success(
                try await SSHConnection.visit(
                    route, command: command.text.text,
                    input: command.input, outputLimit: command.outputBytesMax, until: deadline,
                    logger: logger, onSilence: onSilence))
        } catch {
            return .failure(error)
        }
    }

    private func visit(_ result: Result<VisitResult, SSHError>, retriedAfter: String? = nil) -> HostVisit {
        switch result {
        case .success(let visit):
            HostVisit(
                .success(
                    HostCommandResult(
                        visit.command.exit, output: visit.command.stdout, errors: visit.command.stderr)),
                retriedAfter: retriedAfter, hostKey: visit.hostKey.fingerprint)
        case .failure(let error):
            HostVisit(
                .failure(HostFault(host: host, kind: HostFault.Kind(error), why: "\(error)")),
                retriedAfter: retriedAfter)
        }
    }
}

extension SSHError {
    /// Whether another call, right away, may find the host in another state. One that takes no call at all was called
    /// several times by the kernel.
    fileprivate var mayPass: Bool {
        switch (operation, reason) {
        case (.connect, .refused), (.exchangeKeys, .connectionLost), (.exchangeKeys, .deadlinePassed),
            (.fetchCertificate, .connectionLost), (.fetchCertificate, .deadlinePassed):
            true
        // sshd is at its limit for those who have not logged in yet.
        case (.exchangeKeys, .notSSH(let said)), (.fetchCertificate, .notSSH(let said)):
            said.contains("MaxStartups")
        case (_, .bastion(let error)): error.mayPass
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

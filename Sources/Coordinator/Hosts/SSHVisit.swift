import Logging
import RolloutModel
import Rollouts
import SSH

/// A command on a connection of its own. A host that refuses the call, drops it, or hangs before it is heard to speak
/// SSH is called again, as `Redial` says.
struct SSHVisit {
    var host: HostID
    var route: SSHRoute
    var logger: Logger
    var onSilence: @Sendable () -> Void

    func run(_ command: HostCommand, until deadline: ContinuousClock.Instant) async -> HostVisit {
        // Between two calls it is not at work.
        let outcome = await Redial.visit.calls(until: deadline, onPause: { _ in onSilence() }) {
            await attempt(command, until: deadline)
        }
        return visit(outcome.result, retriedAfter: outcome.firstFailure?.withoutAdvice)
    }

    /// Kept apart, for its frame is large and most hosts in flight are between two calls at the most.
    @inline(never) private func attempt(
        _ command: HostCommand, until deadline: ContinuousClock.Instant
    ) async -> Result<VisitResult, SSHError> {
        do throws(SSHError) {
            return .success(
                try await SSHConnection.visit(
                    route, command: ShellLine(running: command.text.text).text,
                    input: command.input, outputLimit: command.outputBytesMax, until: deadline,
                    logger: logger, onSilence: onSilence))
        } catch {
            return .failure(error)
        }
    }

    private func visit(_ result: Result<VisitResult, SSHError>, retriedAfter: String?) -> HostVisit {
        switch result {
        case .success(let visit):
            HostVisit(
                .success(
                    HostCommandResult(
                        visit.command.exit, output: visit.command.stdout, errors: visit.command.stderr)),
                retriedAfter: retriedAfter, hostKey: visit.hostKey.fingerprint)
        case .failure(let error):
            HostVisit(
                .failure(
                    HostFault(
                        host: host, kind: HostFault.Kind(error), why: "\(error)",
                        bastion: ShutBastion(error))),
                retriedAfter: retriedAfter)
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

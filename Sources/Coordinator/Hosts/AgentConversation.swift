import AgentProtocol
import RolloutModel
import Rollouts
import Synchronization

/// A verb of a host's agent, from its request to the message that ends it.
struct AgentConversation: Sendable {
    var shell: HostShell
    var host: HostID

    /// The agent's report of its host.
    func report() async throws(HostFault) -> HostReport {
        let ending: VerbEnding<HostReport> = try await hold(
            HostCommand("sudo -n /opt/bin/turnstile-agent report")
        ) { _ in }
        switch ending {
        case .answered(let report): return report
        case .refused(let refusal):
            throw HostFault(
                host: host, kind: .commandFailed, why: "the agent refused: \(refusal.message)")
        case .failed(let failure): throw HostFault(host: host, kind: .commandFailed, why: failure.message)
        }
    }

    /// Performs a changing verb.
    ///
    /// - Throws: `HostFault` also for an answer of another verb.
    func perform<Request: AgentRequest>(
        _ request: Request, deadline: Duration,
        onProgress: @escaping @Sendable (StepProgress) async -> Void
    ) async throws(HostFault) -> VerbEnding<Request.Answer> {
        let line: [UInt8]
        do {
            line = try Wire.line(request)
        } catch {
            throw HostFault(
                host: host, kind: .answerUnreadable, why: "the request cannot be encoded: \(error)")
        }
        return try await hold(
            Self.command(for: Request.verb, input: line, deadline: deadline), onProgress)
    }

    private static func command(for verb: AgentVerb, input: [UInt8], deadline: Duration) -> HostCommand {
        let text: HostCommand.StaticText =
            switch verb {
            case .report: "sudo -n /opt/bin/turnstile-agent report"
            case .stage: "sudo -n /opt/bin/turnstile-agent stage"
            case .prefetch: "sudo -n /opt/bin/turnstile-agent prefetch"
            case .arm: "sudo -n /opt/bin/turnstile-agent arm"
            case .reboot: "sudo -n /opt/bin/turnstile-agent reboot"
            case .commit: "sudo -n /opt/bin/turnstile-agent commit"
            case .rollback: "sudo -n /opt/bin/turnstile-agent rollback"
            case .abandon: "sudo -n /opt/bin/turnstile-agent abandon"
            case .claim: "sudo -n /opt/bin/turnstile-agent claim"
            case .release: "sudo -n /opt/bin/turnstile-agent release"
            }
        return HostCommand(text, input: input, deadline: deadline)
    }

    private func hold<Answer: VerbAnswer>(
        _ command: HostCommand, _ onProgress: @escaping @Sendable (StepProgress) async -> Void
    ) async throws(HostFault) -> VerbEnding<Answer> {
        let heard = Mutex(Heard())
        let result = try await shell.converse(host, command) { line in
            let progress = heard.withLock { $0.take(line) }
            if let progress { await onProgress(progress) }
        }
        let final = heard.withLock { $0 }
        if let fault = final.fault { throw HostFault(host: host, kind: fault.kind, why: fault.why) }
        guard let ending = final.ending else { throw silence(result) }
        return try VerbEnding(ending, of: host)
    }

    /// The fault of an agent that ended without its last message.
    private func silence(_ result: HostCommandResult) -> HostFault {
        if let trouble = result.rootTrouble(on: host) { return trouble }
        let missing = result.exitStatus == 127 || result.ending.contains("command not found")
        return missing
            ? HostFault(host: host, kind: .agentMissing, why: "there is no /opt/bin/turnstile-agent on it")
            : HostFault(
                host: host, kind: .interrupted, why: "the agent ended without an answer: \(result.ending)",
                detail: .agentFailed)
    }

    /// The output so far.
    private struct Heard {
        var greeted = false
        var ending: AgentMessage?
        var fault: (kind: HostFault.Kind, why: String)?

        /// - Returns: progress, if that is what the line tells.
        mutating func take(_ line: [UInt8]) -> StepProgress? {
            guard fault == nil else { return nil }
            do {
                let text = ForeignText.json(String(decoding: line, as: UTF8.self))
                switch try Wire.decode(AgentMessage.self, line: text.utf8) {
                case .hello(let hello):
                    greeted = true
                    if hello.protocolVersion != ProtocolVersion.current {
                        let why = """
                            agent \(hello.agentVersion) speaks protocol \(hello.protocolVersion), and this \
                            turnstile \(ProtocolVersion.current)
                            """
                        fault = (.agentDiffers, why)
                    }
                case .progress(let progress):
                    return progress
                case let message where greeted && ending == nil:
                    ending = message.withOddValues(asSent: line)
                case let message:
                    fault = (.answerUnreadable, "the agent's message came out of turn: \(message)")
                }
            } catch {
                fault = (.answerUnreadable, error.description)
            }
            return nil
        }
    }
}

extension AgentMessage {
    /// Restores the values of odd settings as sent. Invisible characters belong to them and are spelled out when shown.
    func withOddValues(asSent line: [UInt8]) -> AgentMessage {
        guard case .report(var report) = self, let odd = report.oddSettings,
            case .report(let sent)? = try? Wire.decode(AgentMessage.self, line: line),
            let asSent = sent.oddSettings, asSent.count == odd.count
        else { return self }
        report.oddSettings = zip(odd, asSent).map { odd, sent in
            var odd = odd
            odd.value = sent.value
            return odd
        }
        return .report(report)
    }
}

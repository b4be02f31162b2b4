import AgentProtocol

/// `reboot`: into the staged update, once.
struct RebootStep {
    let step: Step
    let request: RebootRequest
    var record: HostRecord

    /// Answers before it acts; `goDown` acts.
    mutating func run() async throws -> RebootAnswer {
        let host = try await step.situation(record)
        switch RebootEntry(host, bootID: request.bootID, version: request.version) {
        case .refused(let refusal): throw StepStop.refused(refusal)
        case .rebootedAlready: return .rebooted(BootMark(bootID: host.bootID))
        case .go:
            record.phase = .rebooting
            record.deadManMinutes = request.deadManMinutes
            try await step.save(record)
            return .rebooting(BootMark(bootID: host.bootID))
        }
    }

    /// How long the answer has to leave before the connection goes down with the host.
    private static let answerGrace = Duration.milliseconds(100)

    static func goDown(_ effects: HostEffects) async throws(HostFault) {
        effects.syncDisks()
        await effects.sleep(answerGrace)
        try await effects.succeed(HostCommand("systemctl", ["--no-block", "reboot"]))
    }
}

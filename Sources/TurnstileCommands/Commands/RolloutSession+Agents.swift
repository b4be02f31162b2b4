import AgentProtocol
import Coordinator
import RolloutModel

extension RolloutSession {
    /// Every host's report, once each host that answers has an agent this turnstile can work with.
    ///
    /// - Throws: `CommandFailure` that names all hosts without one, and the command that puts it there.
    func agentReports() async throws -> [HostID: Observation<HostReport>] {
        try await agentRoll().reports
    }

    /// As `agentReports`, with what kept hosts from giving one.
    ///
    /// - Parameter isBeginning: a rollout is to begin, and wants the same program on every host.
    func agentRoll(isBeginning: Bool = false) async throws -> AgentRollCall {
        let roll = await AgentRollCall.take(
            of: hosts, access: access, shell: shell, version: TurnstileVersion.text)
        if let failure = CommandFailure.unfitAgents(roll.skew, invocation: invocation) { throw failure }
        if isBeginning, let failure = CommandFailure.otherPrograms(roll.skew, invocation: invocation) {
            throw failure
        }
        if let note = AgentSkewText.note(roll.skew, invocation: invocation) { say(note) }
        return roll
    }
}

/// What is said of hosts whose agent is not this turnstile's.
enum AgentSkewText {
    /// Another version of the same protocol: worth a word, and no reason to stop.
    static func note(_ skew: AgentSkew, invocation: Invocation) -> String? {
        guard !skew.otherVersions.isEmpty else { return nil }
        let lines =
            ["Other agents than this turnstile's, \(TurnstileVersion.text); they work together:"]
            + skew.otherVersions.map { "  - \($0.host): \($0.why)" }
        return (lines + ["To replace them: \(install(skew.otherVersions, invocation))"])
            .joined(separator: "\n")
    }

    static func install(_ findings: [AgentSkew.Finding], _ invocation: Invocation) -> String {
        invocation.command(
            "install " + findings.map(\.host.rawValue).joined(separator: " "))
    }
}

extension CommandFailure {
    /// nil where all hosts of a kind of machine run the same program.
    static func otherPrograms(_ skew: AgentSkew, invocation: Invocation) -> CommandFailure? {
        guard !skew.otherPrograms.isEmpty else { return nil }
        let lines =
            [
                "held; nothing was touched. The agent of these hosts is another program than that of the others:"
            ]
            + skew.otherPrograms.map { "  - \($0.host): \($0.why)" }
        return CommandFailure(
            .held,
            (lines + ["To have one on all of them: \(invocation.command("install"))"]).joined(separator: "\n")
        )
    }

    /// nil where every agent will do.
    static func unfitAgents(_ skew: AgentSkew, invocation: Invocation) -> CommandFailure? {
        guard !skew.unfit.isEmpty else { return nil }
        let lines =
            [
                "held; nothing was touched. These hosts have no agent for turnstile \(TurnstileVersion.text):"
            ]
            + skew.unfit.map { "  - \($0.host): \($0.why)" }
        return CommandFailure(
            .held,
            (lines + ["Put it there: \(AgentSkewText.install(skew.unfit, invocation))"])
                .joined(separator: "\n"))
    }
}

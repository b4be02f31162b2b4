import RolloutModel
import Rollouts

/// The words for hosts whose agent is not this turnstile's.
enum AgentSkewText {
    /// Findings that are no reason to stop: another version of the same protocol, and another program in the middle of
    /// its host's turn.
    static func notes(_ skew: AgentSkew, _ invocation: Invocation) -> [String] {
        [
            note(
                skew.otherVersions,
                "Other agents than this turnstile's, \(TurnstileVersion.text); they work together:",
                "To replace them", invocation),
            note(
                skew.otherProgramsAtWork,
                "The agent of these hosts is another program than that of the others, and is at work:",
                "To replace it once the host's turn is over", invocation),
        ].compactMap(\.self)
    }

    private static func note(
        _ findings: [AgentSkew.Finding], _ title: String, _ remedy: String, _ invocation: Invocation
    ) -> String? {
        guard !findings.isEmpty else { return nil }
        let lines = [title] + findings.map { "  - \($0.host): \($0.why)" }
        return (lines + ["\(remedy): \(install(findings, invocation))"]).joined(separator: "\n")
    }

    static func otherPrograms(_ findings: [AgentSkew.Finding], _ invocation: Invocation) -> String {
        let lines =
            [
                "held; nothing was touched now. The agent of these hosts is another program than that of the others:"
            ]
            + findings.map { "  - \($0.host): \($0.why)" }
        return (lines + ["To have one on all of them: \(invocation.command("install"))"])
            .joined(separator: "\n")
    }

    static func unfit(_ findings: [AgentSkew.Finding], _ invocation: Invocation) -> String {
        let lines =
            [
                "held; nothing was touched now. These hosts have no agent for turnstile \(TurnstileVersion.text):"
            ]
            + findings.map { "  - \($0.host): \($0.why)" }
        return (lines + ["Put it there: \(install(findings, invocation))"]).joined(separator: "\n")
    }

    private static func install(_ findings: [AgentSkew.Finding], _ invocation: Invocation) -> String {
        invocation.command(
            "install " + findings.map(\.host.rawValue).joined(separator: " "))
    }
}

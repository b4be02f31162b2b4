import RolloutModel
import Rollouts

/// The words for hosts whose agent is not this turnstile's.
enum AgentSkewText {
    /// Another version of the same protocol: worth a word, and no reason to stop.
    static func note(_ findings: [AgentSkew.Finding], _ invocation: Invocation) -> String {
        let lines =
            ["Other agents than this turnstile's, \(TurnstileVersion.text); they work together:"]
            + findings.map { "  - \($0.host): \($0.why)" }
        return (lines + ["To replace them: \(install(findings, invocation))"]).joined(separator: "\n")
    }

    static func otherPrograms(_ findings: [AgentSkew.Finding], _ invocation: Invocation) -> String {
        let lines =
            [
                "held; nothing was touched. The agent of these hosts is another program than that of the others:"
            ]
            + findings.map { "  - \($0.host): \($0.why)" }
        return (lines + ["To have one on all of them: \(invocation.command("install"))"])
            .joined(separator: "\n")
    }

    static func unfit(_ findings: [AgentSkew.Finding], _ invocation: Invocation) -> String {
        let lines =
            [
                "held; nothing was touched. These hosts have no agent for turnstile \(TurnstileVersion.text):"
            ]
            + findings.map { "  - \($0.host): \($0.why)" }
        return (lines + ["Put it there: \(install(findings, invocation))"]).joined(separator: "\n")
    }

    private static func install(_ findings: [AgentSkew.Finding], _ invocation: Invocation) -> String {
        invocation.command(
            "install " + findings.map(\.host.rawValue).joined(separator: " "))
    }
}

import AgentProtocol
import RolloutModel
import Rollouts
import Testing

@testable import Coordinator

/// A failed command's message and exit status tell the kind of trouble.
@Suite struct HostFaultTests {
    static let host = HostID("core-1")

    @Test(arguments: [
        ("sh: 1: /opt/bin/turnstile-agent: not found", Int32(127), HostTrouble.agentMissing),
        ("sudo: /opt/bin/turnstile-agent: command not found", 1, .agentMissing),
        ("Fatal error: Index out of range", 132, .agentFailed),
        ("/opt/bin/turnstile-agent: cannot execute: Exec format error", 126, .agentFailed),
    ])
    func anAgentThatDoesNotAnswer(errors: String, status: Int32, trouble: HostTrouble) async {
        let scripted = ScriptedShell("", errors: errors + "\n", exitStatus: status)
        let access = HostAccess.live(shell: scripted.shell, etcd: .usual)
        await #expect {
            _ = try await access.report(Self.host)
        } throws: { error in
            (error as? HostFault)?.trouble == trouble
        }
    }

    @Test func curlThatIsMissingIsNotEtcdThatIsSick() async {
        let scripted = ScriptedShell("", errors: "sh: 1: curl: not found\n", exitStatus: 127)
        let access = HostAccess.live(shell: scripted.shell, etcd: .usual)
        await #expect {
            _ = try await access.etcd(Self.host)
        } throws: { error in
            (error as? HostFault)?.trouble == .curlMissing
        }
    }

    /// Every kind of fault has something that mends it.
    @Test(arguments: [
        (HostFault.Kind.unreachable, HostTrouble.unreachable), (.interrupted, .interrupted),
        (.commandFailed, .commandFailed), (.answerUnreadable, .answerUnreadable),
        (.agentMissing, .agentMissing), (.agentDiffers, .agentDiffers), (.sudoNeedsPassword, .sudo),
        (.sudoNeedsTTY, .sudo), (.sudoForbidden, .sudo), (.sudoMissing, .sudo), (.shellUnusable, .shell),
    ])
    func aKindIsATrouble(kind: HostFault.Kind, trouble: HostTrouble) {
        #expect(HostFault(host: Self.host, kind: kind, why: "x").trouble == trouble)
        #expect(HostFault(host: Self.host, kind: kind, why: "x", detail: .hostKey).trouble == .hostKey)
    }
}

import RolloutModel
import Rollouts
import Synchronization

/// The address at which each host's sshd is reached: the host's own even behind a jump host or NAT.
final class HostAddresses: Sendable {
    private let shell: HostShell
    private let known = Mutex<[HostID: IPLiteral]>([:])

    init(shell: HostShell) { self.shell = shell }

    /// - Parameter setting: the key of turnstile.yaml that has `{address}` for it.
    func address(of host: HostID, for setting: String) async throws(HostFault) -> IPLiteral {
        if let known = known.withLock({ $0[host] }) { return known }
        let result = try await shell.run(host, HostCommand(#"printf '%s\n' "$SSH_CONNECTION""#))
        let words = result.outputText.split(whereSeparator: \.isWhitespace)
        guard words.count == 4, let address = IPLiteral(words[2]) else {
            throw HostFault(
                host: host, kind: .answerUnreadable,
                why: """
                    its own address, which \(setting) has for \(EtcdEndpoint.addressPlace), is not known: \
                    $SSH_CONNECTION is not set there
                    """)
        }
        known.withLock { $0[host] = address }
        return address
    }
}

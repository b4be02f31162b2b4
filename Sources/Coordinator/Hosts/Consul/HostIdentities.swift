import ClusterAnswers
import RolloutModel
import Rollouts
import Synchronization

/// The identity of each host: its own name, and its addresses.
final class HostIdentities: Sendable {
    private let shell: HostShell
    private let known = Mutex<[HostID: HostIdentity]>([:])

    init(shell: HostShell) { self.shell = shell }

    /// True if a host goes by the name, or has the address. An address that is not known is looked for once more: it may
    /// have changed with a reboot.
    func has(_ host: HostID, name: String, or address: IPAddress) async throws(HostFault) -> Bool {
        if let known = known.withLock({ $0[host] }), known.has(name, or: address) { return true }
        let read = try await read(host)
        known.withLock { $0[host] = read }
        return read.has(name, or: address)
    }

    private func read(_ host: HostID) async throws(HostFault) -> HostIdentity {
        let result = try await shell.run(
            host,
            HostCommand(
                """
                uname -n
                PATH=$PATH:/usr/sbin:/sbin ip -o address show 2>/dev/null
                exit 0
                """))
        let lines = result.outputText.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
        guard let name = lines.first, !name.isEmpty else {
            throw HostFault(host: host, kind: .commandFailed, why: "uname -n: \(result.ending)")
        }
        do {
            let list = try HostAddressList(lines.count > 1 ? String(lines[1]) : "")
            return HostIdentity(name: String(name), addresses: list.addresses)
        } catch {
            throw HostFault(host: host, kind: .answerUnreadable, why: "\(error)")
        }
    }
}

/// A host by its own word.
private struct HostIdentity: Hashable, Sendable {
    var name: String
    var addresses: Set<IPAddress>

    func has(_ name: String, or address: IPAddress) -> Bool {
        self.name == name || (!address.isLocal && addresses.contains(address))
    }
}

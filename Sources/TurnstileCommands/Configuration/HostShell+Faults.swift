import Coordinator
import RolloutModel
import Rollouts

extension HostShell {
    /// The same, with every fault in the words that `explain` gives it.
    func explaining(_ explain: @escaping @Sendable (HostFault) -> HostFault) -> HostShell {
        var shell = self
        shell.run = { host, command throws(HostFault) in
            do throws(HostFault) { return try await run(host, command) } catch { throw explain(error) }
        }
        shell.converse = { host, command, onLine throws(HostFault) in
            do throws(HostFault) {
                return try await converse(host, command, onLine)
            } catch {
                throw explain(error)
            }
        }
        shell.upload = { host, bytes, path, deadline throws(HostFault) in
            do throws(HostFault) {
                try await upload(host, bytes, path, deadline)
            } catch {
                throw explain(error)
            }
        }
        shell.visit = { host, command, onSilence in
            var visit = await self.visit(host, command, onSilence)
            visit.outcome = visit.outcome.mapError(explain)
            return visit
        }
        return shell
    }
}

extension HostFault {
    /// Names files of an inventory that may say how the host is reached, where it is not.
    ///
    /// - Parameter vaultedFiles: encrypted by ansible-vault.
    func naming(vaultedFiles: [String]) -> HostFault {
        guard kind == .unreachable, detail != .sshSettings, !vaultedFiles.isEmpty else { return self }
        var fault = self
        fault.why = ForeignText.line(
            why + ". Its inventory may say more of how it is reached in "
                + vaultedFiles.map { "'\($0)'" }.joined(separator: ", ")
                + ", encrypted by ansible-vault, which turnstile does not read")
        return fault
    }
}

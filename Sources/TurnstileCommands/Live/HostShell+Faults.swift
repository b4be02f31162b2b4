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

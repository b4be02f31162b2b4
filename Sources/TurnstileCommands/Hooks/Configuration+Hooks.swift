import Coordinator
import Reports
import RolloutModel
import Rollouts
import Settings

extension Configuration {
    /// As far as anybody can tell: before a rollout a hook is asked.
    var makesBackup: Bool { hooks.commands[.beforeRollout] != nil }

    /// The hooks and pages that are configured.
    ///
    /// - Parameter shell: for hooks that run on hosts.
    func operatorGates(_ shell: HostShell) -> OperatorGates {
        let (hooks, pages) = (hooks, gates.pages)
        return OperatorGates(
            hooks: hooks.commands.mapValues(\.place),
            run: { call, host in await hooks.ask(call, on: host, shell) },
            pages: pages.map { page in
                OperatorGates.Page(name: page.shownURL, ask: { await page.ask() })
            })
    }
}

extension Configuration.Hooks {
    fileprivate func ask(_ call: HookCall, on host: HostID?, _ shell: HostShell) async -> HookAnswer {
        guard let command = commands[call.hook]?.words else { return .proceed(output: "") }
        let document: String
        do {
            document = try JSONText.document(call)
        } catch {
            return .failed(why: "what it is to be told cannot be written: \(error)", output: "")
        }
        guard let host else {
            return await HookProcess(command: command, deadline: deadline).ask(document)
        }
        return await HostHook(shell: shell, command: command, deadline: deadline)
            .ask(document, on: host)
    }
}

import Driving
import RolloutModel

extension Configuration {
    /// As far as anybody can tell: before a rollout a hook is asked.
    var makesBackup: Bool { hooks.commands[.beforeRollout] != nil }

    /// The hooks and pages that are configured.
    var operatorGates: OperatorGates {
        let processes = hooks.commands.mapValues {
            HookProcess(command: $0, deadlineSeconds: hooks.deadlineSeconds)
        }
        let pages = gates.pages
        return OperatorGates(
            hooks: Set(processes.keys),
            run: { call in await processes[call.hook]?.ask(call) ?? .proceed(output: "") },
            pages: pages.map { page in
                OperatorGates.Page(name: page.shownURL, ask: { await page.ask() })
            })
    }
}

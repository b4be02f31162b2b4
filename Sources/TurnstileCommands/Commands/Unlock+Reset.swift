import Reports
import RolloutJournal
import RolloutModel
import Rollouts

extension Unlock {
    /// Tells which tokens were set back.
    func tell(_ reset: RolloutLock.TokenReset) throws {
        if reset.isStoreSet { say("The cluster's etcd: its last token was set back.") }
        if !reset.hosts.isEmpty {
            say("Set right: \(Names.text(reset.hosts.map(\.rawValue))). Nobody has these hosts now.")
        }
        if !reset.sound.isEmpty {
            say("Nothing to set back: \(Names.text(reset.sound.map(\.rawValue))).")
        }
        var left = reset.missing.map { "  - \($0)" }
        if let why = reset.storeWhy { left.append("  - the cluster's etcd: \(why)") }
        guard left.isEmpty else {
            throw CommandFailure(
                .held,
                (["these are as they were:"] + left
                    + ["See to them, and run 'turnstile unlock --reset-tokens' again."]).joined(
                        separator: "\n"))
        }
        say("A rollout that has not ended goes on with: \(turnstile.files.invocation.command("resume"))")
    }
}

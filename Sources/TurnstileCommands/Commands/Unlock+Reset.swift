import Driving
import RolloutJournal
import RolloutModel

extension Unlock {
    /// Sets tokens back to which counting cannot have led.
    func reset(_ configuration: Configuration) async throws {
        try configuration.requireNoDrivenRollout()
        let session = try await RolloutSession.open(configuration, invocation: turnstile.files.invocation)
        let question = """
            Tokens that nobody counted are set back on every host and in etcd, and whoever has such a host has it no more. Is \
            no turnstile at work on this cluster, on any machine?
            """
        guard try yes || Question.ask(question) else {
            throw CommandFailure(.failed, "nothing was changed")
        }
        let reset = await session.lock.resetTokens()
        await session.close()
        try tell(reset)
    }

    private func tell(_ reset: RolloutLock.TokenReset) throws {
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

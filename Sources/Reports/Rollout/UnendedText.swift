import RolloutJournal
import RolloutModel

/// The lines about a rollout that has not ended, where a person may think that it has.
package enum UnendedText {
    /// After a rollout was unlocked: where it stands, and the commands that go on with it or end it.
    ///
    /// - Parameter record: nil where its journal is not here, or it has ended.
    package static func unlocked(_ record: RolloutRecord?, _ invocation: Invocation) -> [String] {
        guard let record else { return [] }
        let machine = record.machine
        let rollout = machine.plan.rollout
        let goesOn = RolloutText.next(after: machine.state.held ?? [], of: rollout, invocation)
        let ends = invocation.command("abandon \(rollout)")
        let end =
            machine.state.hostOut.map { "To end it, once '\($0)' is back: \(ends)" }
            ?? "To end it, and give its hosts back: \(ends)"
        return [
            "It has not ended: \(standing(machine, isDriven: false)).", "To go on with it: \(goesOn)", end,
        ].map {
            ForeignText.line($0)
        }
    }

    /// The state of a rollout, in the words of `status`.
    static func standing(_ machine: RolloutMachine, isDriven: Bool) -> String {
        guard !isDriven else { return "driven by another process now" }
        return machine.state.held == nil ? RolloutText.stopped(machine) : RolloutText.doing(machine)
    }
}

extension RolloutSummary {
    /// A rollout besides the one that is shown, which has not ended either.
    package struct Other: Codable, Hashable {
        package var rollout: String
        package var operatorName: String
        package var createdAt: String
        /// The state of the rollout, in words.
        package var standing: String
        /// The command that shows it.
        package var look: String

        /// - Parameter isDriven: true if some process drives it now.
        package init(_ record: RolloutRecord, isDriven: Bool, _ invocation: Invocation) {
            let machine = record.machine
            rollout = machine.plan.rollout.rawValue
            operatorName = machine.plan.operatorName
            createdAt = machine.plan.createdAt
            standing = UnendedText.standing(machine, isDriven: isDriven)
            look = invocation.command("status \(machine.plan.rollout)")
        }

        var line: String {
            Columns.Cell(
                "Not ended either: rollout \(rollout) of \(operatorName), begun \(createdAt): \(standing). See: \(look)"
            ).text
        }
    }
}

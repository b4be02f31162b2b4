import RolloutJournal
import RolloutModel

/// A runbook in an operator's words.
package enum RunbookText {
    /// A record's file ends otherwise than a journal's.
    private static func isRecord(_ path: String) -> Bool { path.hasSuffix(JournalDirectory.runbookSuffix) }

    fileprivate static func words(_ error: JournalError) -> String {
        switch error {
        case .inUse(let path) where isRecord(path):
            """
            the runbook's record '\(path)' is in use: another turnstile is at work on it. Watch the stage with \
            'turnstile status'
            """
        case .exists(let path) where isRecord(path):
            "the runbook's record '\(path)' was begun by another turnstile just now. Run again"
        case .overtaken(let path) where isRecord(path):
            """
            the runbook's record '\(path)' has an entry that this turnstile has not written. Nothing more was done; run \
            again
            """
        case .notWritten(let path, let why) where isRecord(path):
            """
            cannot write the runbook's record '\(path)': \(why). Nothing more was done; see that the disk has room, and \
            run again
            """
        case .damaged(let path, let entry, let why) where isRecord(path):
            """
            the runbook's record '\(path)' is damaged at entry \(entry): \(why). Put a whole copy in its place; or move \
            it away, and take what has ended out of the file: 'turnstile history' has the rollouts
            """
        case .empty(let path) where isRecord(path):
            "the runbook's record '\(path)' has no entry: nothing was begun by it. Remove it, and run again"
        case .foreign(let path, let why) where isRecord(path):
            "'\(path)' is no record of this runbook: \(why). Move it away, and run again"
        case .formatUnknown(let path, let format) where isRecord(path):
            """
            the runbook's record '\(path)' has format \(format), and this turnstile reads \
            \(RunbookEvent.formats.lowerBound) to \(RunbookEvent.formats.upperBound). Use the turnstile that wrote it
            """
        default: error.description
        }
    }

    /// `spring 2/3`
    static func brief(_ place: RunbookPlace) -> String {
        "\(place.runbook) \(place.number)/\(place.count)"
    }

    static func place(_ place: RunbookPlace) -> String {
        "Stage \(place.number) of \(place.count) of runbook '\(place.runbook)': '\(place.stage)'"
    }

    /// The heading of the stage that is about to be begun, or gone on with.
    package static func heading(_ state: RunbookState) -> String {
        guard let current = state.current else { return "Runbook '\(state.name)'" }
        return place(
            RunbookPlace(
                runbook: state.name, stage: state.runbook.stages[current].name, number: current + 1,
                count: state.runbook.stages.count)) + ": "
            + RunbookReport.words(state.runbook.stages[current])
    }

    /// The place at which a runbook was left, with the command that goes on.
    ///
    /// - Parameter file: as the operator named it.
    package static func wayOn(_ state: RunbookState, file: String, _ invocation: Invocation) -> String {
        let count = state.runbook.stages.count
        let command = invocation.command("runbook \(ShellWord(file))")
        guard let current = state.current else { return "All \(count) stages of the runbook have ended." }
        return """
            The runbook stands at stage \(current + 1) of \(count), '\(state.runbook.stages[current].name)', and goes on \
            from there with: \(command)
            """
    }
}

extension CommandFailure {
    /// The failure of a runbook's record, in words about runbooks; that of a journal in its own.
    package static func runbook(_ error: JournalError) -> CommandFailure {
        CommandFailure(.failed, RunbookText.words(error))
    }

    /// The failure of a command on a stage of a runbook, which says how the runbook goes on.
    package func followed(by line: @escaping @Sendable (Invocation) -> String) -> CommandFailure {
        CommandFailure(code) { "\(message(for: $0))\n\(line($0))" }
    }

    /// Holds of a runbook.
    package static func held(_ holds: [RunbookHold], of runbook: RunbookName) -> CommandFailure {
        CommandFailure(.held) { invocation in
            (["runbook '\(runbook)' is held:"] + holds.flatMap { RunbookHoldReport($0).lines })
                .map(invocation.completing).joined(separator: "\n")
        }
    }
}

import RolloutJournal
import RolloutModel
import Rollouts

/// A migration in an operator's words.
package enum MigrationText {
    /// The failure of a record, in words about migrations.
    package static func failure(_ error: JournalError) -> CommandFailure {
        let words =
            switch error {
            case .inUse(let path):
                "the migration's record '\(path)' is in use: another turnstile is at work. Watch it with 'turnstile platform migrate status'"
            case .overtaken(let path):
                "the migration's record '\(path)' has an entry that this turnstile has not written. Nothing more was done; run again"
            case .notWritten(let path, let why):
                "cannot write the migration's record '\(path)': \(why). Nothing more was done; see that the disk has room, and run again"
            case .damaged(let path, let entry, let why):
                """
                the migration's record '\(path)' is damaged at entry \(entry): \(why). Put a whole copy in its place; or \
                move it away, and run again with --adopt for each application that is at the new cluster
                """
            case .exists(let path):
                "the migration's record '\(path)' was begun by another turnstile just now. Run again"
            case .empty(let path):
                "the migration's record '\(path)' has no entry: nothing was carried by it. Remove it, and run again"
            case .foreign(let path, let why):
                """
                '\(path)' is no record of a migration: \(why). Move it away, and run again with --adopt for each \
                application that is at the new cluster
                """
            case .formatUnknown(let path, let format):
                """
                the migration's record '\(path)' has format \(format), and this turnstile reads \
                \(MigrationEvent.formats.lowerBound) to \(MigrationEvent.formats.upperBound). Use the turnstile that wrote it
                """
            case .forbidden(let place): place.description
            case .unreadable(let path, let why):
                "cannot read the migration's record '\(path)': \(why). Mend that, and run again"
            case .notFound, .directoryUnreadable: error.description
            }
        return CommandFailure(.failed, ForeignText.line(words))
    }

    /// The failure of a run that could not go on.
    package static func failure(_ stop: MigrationRun.Stop) -> CommandFailure {
        switch stop {
        case .journal(let error): failure(error)
        case .held(let hold): held([hold])
        }
    }

    package static func held(_ holds: [MigrationHold]) -> CommandFailure {
        CommandFailure(.held, (["the migration holds:"] + holds.flatMap(lines)).joined(separator: "\n"))
    }

    /// The hold and its remedy, set into lines.
    static func lines(_ hold: MigrationHold) -> [String] {
        let wrapped = WrappedText(columns: 80)
        return wrapped.lines(WrappedText.words("- \(ForeignText.line(hold.says))."), indent: 2)
            + wrapped.lines(
                WrappedText.words("What to do: \(hold.remedy.joined(separator: "; "))."), indent: 4)
    }

    /// The news in a line; nil for news that is not told.
    package static func line(_ notice: MigrationNotice) -> String? {
        switch notice {
        case .begins(let applications, let proved):
            "\(applications) applications, \(proved) of them proved before"
        case .takes: nil
        case .asks(let id, let act): "\(id): \(act)"
        case .looks(let id, let act, _): "\(id): looking whether it was done: \(act)"
        case .proves(let id): "\(id): asking each new router"
        case .proved(let id, []): "\(id): proved, it answers as at the old cluster"
        case .proved(let id, let remarks):
            "\(id): carried; \(remarks.map(\.description).joined(separator: "; "))"
        case .held(let id, let holds): "\(id): HOLDS: \(holds.first?.says ?? "")"
        }
    }
}

extension ApplicationCourse {
    /// The standing in a word or two.
    var standing: String {
        if !holds.isEmpty { return "holds" }
        guard isProved else { return release == nil ? "to do" : "begun" }
        switch names {
        case .unasked: return "proved"
        case .asked, .told: return "DNS told"
        case .cutOver: return "cut over"
        }
    }
}

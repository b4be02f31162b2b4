import Foundation
import Reports
import RolloutJournal
import RolloutModel
import Rollouts
import Settings

/// A runbook's file and its record, for one command.
struct RunbookDesk {
    /// As the operator named it.
    let file: String
    let files: FileOptions
    let course: CourseOptions
    /// True if nothing is asked.
    let yes: Bool

    /// The record is named after the file.
    private var name: RunbookName {
        RunbookName(URL(fileURLWithPath: file).deletingPathExtension().lastPathComponent)
    }

    /// Prints every stage, and how far the runbook is. Nothing is written.
    func show(anew: Bool, _ overrides: RunbookOverrides) async throws {
        let configuration = try files.load()
        let directory = JournalDirectory(path: configuration.journal)
        let kept = try directory.runbook(named: name)
        let draft = try await draft(over: kept, anew: anew, configuration)
        let holds = draft.holds.filter { overrides.reason(for: $0) == nil }
        let report = RunbookReport(draft.state, seeing: draft.sight, holds: holds)
        try (course.output.summary ?? .json).show(report) { report.lines(on: $0) }
        guard holds.isEmpty else { throw CommandFailure.held(holds, of: name) }
        say("Nothing holds the runbook itself. Each stage asks its own gates when its turn comes.")
    }

    /// Takes the stages that have not ended.
    func run(anew: Bool, _ overrides: RunbookOverrides) async throws {
        let configuration = try files.load()
        let directory = JournalDirectory(path: configuration.journal)
        // The record is locked before it is read: another turnstile may have written it until then.
        let open = try await directory.openRunbook(named: name)
        let draft = try await draft(over: await open?.state, anew: anew, configuration)
        let report = RunbookReport(draft.state, seeing: draft.sight, holds: draft.holds)
        report.lines(on: .standardError()).forEach { say($0) }
        let holds = draft.holds.filter { overrides.reason(for: $0) == nil }
        guard holds.isEmpty else { throw CommandFailure.held(holds, of: name) }
        guard draft.state.current != nil else {
            return say("Every stage has ended. To take all of them once more: --anew")
        }
        let record = try await open.orBegin { () async throws(JournalError) in
            try await directory.beginRunbook(named: name, draft.state.runbook)
        }
        try await write(draft, overrides, in: record)
        let stages = RunbookStages(files: files, course: course, yes: yes)
        let run = RunbookRun(
            record: record, journals: configuration.journals, acts: stages.acts,
            tell: { state in say(RunbookText.heading(state)) })
        try await conclude(run, record)
    }

    /// The file's stages, over what the record has.
    ///
    /// - Throws: `CommandFailure` with everything that is wrong in the file.
    private func draft(
        over kept: RunbookState?, anew: Bool, _ configuration: Configuration
    ) async throws -> RunbookDraft {
        let hosts = try configuration.namedHosts
        let ended = anew ? [] : kept?.endedStages ?? []
        let runbook: Runbook
        do throws(ConfigurationError) {
            runbook = try RunbookFile.read(file, hosts: hosts, hasEnded: { ended.contains($0) }).runbook
        } catch {
            throw CommandFailure(.usage, error.description)
        }
        let sight = try await configuration.journals.sight(of: kept?.currentRollout)
        return RunbookDraft(
            name, runbook, over: kept, seeing: sight, anew: anew, configured: hosts)
    }

    private func write(
        _ draft: RunbookDraft, _ overrides: RunbookOverrides, in record: RunbookRecord
    ) async throws {
        let path = URL(fileURLWithPath: file).standardizedFileURL.path
        for event in draft.events { try await record.append(event) }
        try await record.append(.attached(by: OperatorName.text, file: path))
        for hold in draft.holds {
            guard let why = overrides.reason(for: hold) else { continue }
            try await record.append(.passed(hold, why: why))
        }
    }

    /// Runs the stages, and ends as the last of them did, with the way on.
    private func conclude(_ run: RunbookRun, _ record: RunbookRecord) async throws {
        let end: RunbookEnd
        do {
            end = try await run.run()
        } catch let failure as CommandFailure {
            throw failure.followed(by: await wayOn(record))
        } catch let refusal as CommandRefusal {
            throw CommandFailure(refusal, files.invocation).followed(by: await wayOn(record))
        } catch let error as JournalError {
            throw CommandFailure.runbook(error).followed(by: await wayOn(record))
        }
        switch end {
        case .done: say("Every stage of runbook '\(name)' has ended.")
        case .held(let holds):
            throw CommandFailure.held(holds, of: name).followed(by: await wayOn(record))
        case .stopped(_, let end):
            do {
                try end.conclude(files.invocation)
            } catch let failure as CommandFailure {
                throw failure.followed(by: await wayOn(record))
            }
            say(await wayOn(record)(files.invocation))
        }
    }

    private func wayOn(_ record: RunbookRecord) async -> @Sendable (Invocation) -> String {
        let state = await record.state
        return { [file] in RunbookText.wayOn(state, file: file, $0) }
    }
}

extension Optional where Wrapped == RunbookRecord {
    /// The record, or a new one.
    fileprivate func orBegin(
        _ begin: () async throws(JournalError) -> RunbookRecord
    ) async throws(JournalError) -> RunbookRecord {
        if let self { return self }
        return try await begin()
    }
}

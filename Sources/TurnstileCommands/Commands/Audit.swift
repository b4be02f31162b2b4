import ArgumentParser
import Coordinator
import Foundation
import Reports
import RolloutModel
import Rollouts
import Settings

/// `turnstile audit`
struct Audit: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "Versions and update state of every host, many at a time. Needs no agent, changes nothing.",
        usage: "turnstile audit [<options>] [<hosts> ...]",
        discussion: """
            Below the table stand what hosts run, counted, and what is odd about them: who differs from most others, went \
            back to an old partition, runs a release that has ended, or is another name of the same machine.

            Exit code 1 where a host could not be read, or is not what --expect names.
            """)

    @OptionGroup var hosts: HostOptions
    @OptionGroup var choice: ChoiceOptions
    @OptionGroup var pace: AuditPaceOptions

    @Option(help: "How results are printed: table, json, ndjson, csv, markdown or html.")
    var output: AuditFormat = .table

    @Flag(help: "Also fleet, docker, kernel, user-data and machine-id, in a table, however wide.")
    var wide = false

    @Option(
        help: ArgumentHelp(
            "What hosts should run: 1409.7.0, 1409 (any of that line), 1409.7.0..1911, or '>=1409'.",
            valueName: "release"))
    var expect: ReleaseSpan?

    @Option(
        help: ArgumentHelp(
            "An earlier audit, printed with --output json or ndjson: what changed since.", valueName: "file"))
    var since: String?

    @ParentCommand var turnstile: TurnstileCommand

    func validate() throws {
        guard since != "-" || hosts.hostsFile != "-" else {
            throw ValidationError("--since and --hosts-file: only one of them can be standard input")
        }
    }

    func run() async throws {
        try await turnstile.files.reportingFailure {
            let earlier = try since.map { path throws(CommandFailure) in try AuditFile.read(path) }
            let configuration = try await hosts.configuration(turnstile.files, choice.limits.overlay)
            let session = try RolloutSession.open(configuration.ofChosenAlone)
            let all = try await session.audits(
                pace: pace.pace, each: output == .ndjson ? { try line($0) } : nil)
            let audits = all.filter(isShown)
            let report = AuditReport(
                audits, expected: expect, earlier: earlier.map { comparable($0, with: audits) })
            try show(report)
            try await DeclaredLost(in: configuration.journals).notes(on: session.hosts).forEach { say($0) }
            if let late = AuditText.secondTries(audits) { say(late) }
            if let failure = AuditVerdict(report, expected: expect).failure { throw failure }
        }
    }

    /// Leaves out the hosts of an earlier audit that this command does not name: they are not gone, since they were not
    /// asked.
    private func comparable(_ earlier: [HostAudit], with audits: [HostAudit]) -> [HostAudit] {
        guard !hosts.hosts.isEmpty || choice.isGiven else { return earlier }
        let names = Set(audits.map(\.host))
        let machines = Set(audits.compactMap(\.machineID))
        return earlier.filter { names.contains($0.host) || $0.machineID.map(machines.contains) ?? false }
    }

    /// False for a host that the condition is not about. One that does not tell is shown.
    private func isShown(_ audit: HostAudit) -> Bool { choice.condition?.holds(audit) ?? true }

    /// Prints a host as soon as it is read.
    private func line(_ audit: HostAudit) throws {
        guard isShown(audit) else { return }
        Self.write(try AuditRow.line(audit, expected: expect) + "\n")
    }

    private func show(_ report: AuditReport) throws {
        guard output != .ndjson else {
            // Findings that need all hosts have no line among the hosts.
            report.findings.forEach { say(AuditText.sentence($0, of: report.audits.count)) }
            return
        }
        Self.write(try report.text(as: output, isWide: wide, on: .standardOutput()))
    }

    private static func write(_ text: String) { FileHandle.standardOutput.put(text) }
}

extension ReleaseSpan: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}

import ArgumentParser
import Coordinator
import Foundation

/// `turnstile audit`
struct Audit: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "Versions and update state of every host, all asked at once. Needs no agent, changes nothing.")

    @OptionGroup var hosts: HostOptions
    @OptionGroup var output: OutputOptions
    @ParentCommand var turnstile: TurnstileCommand

    func run() async throws {
        try await reportingFailure {
            let session = try await RolloutSession.open(
                turnstile.files.load(hosts.overrides()), configPath: turnstile.files.config)
            let audits = await session.shell.audit(session.hosts)
            await session.close()
            try AuditReport(audits: audits).show(as: output.output)
            let unread = audits.filter { $0.fault != nil }
            guard unread.isEmpty else {
                throw CommandFailure(
                    .failed,
                    (["\(unread.count) of \(audits.count) hosts could not be read:"]
                        + unread.map { "  - \($0.host): \($0.fault ?? "")" }).joined(separator: "\n"))
            }
        }
    }
}

/// What `audit` prints.
struct AuditReport {
    var audits: [HostAudit]

    func show(as format: OutputFormat) throws {
        switch format {
        case .table:
            table.lines(on: .standardOutput()).forEach { print($0) }
        case .json:
            print(try JSONText.document(audits))
        }
    }

    private var table: Columns {
        var table = Columns(header: [
            "HOST", "OS", "VERSION", "GROUP", "UPDATE-ENGINE", "PARTITION", "ETCD", "CLUSTER", "AGENT",
        ])
        table.rows = audits.map { audit in
            guard audit.fault == nil else {
                return [.init(audit.host), .init("unreadable", .red)]
                    + [Columns.Cell](repeating: "-", count: 7)
            }
            return [
                .init(audit.host), cell(audit.distribution), cell(audit.version), cell(audit.group),
                engine(audit), partition(audit), cell(audit.etcdServer), cell(audit.etcdCluster),
                cell(audit.agent),
            ]
        }
        return table
    }

    private func cell(_ text: String?) -> Columns.Cell { .init(text ?? "-") }

    private func engine(_ audit: HostAudit) -> Columns.Cell {
        guard let engine = audit.engine else { return "-" }
        let state = (engine.isMasked ? "masked, " : "") + engine.activeState
        return .init(state, engine.isMasked && engine.activeState == "inactive" ? nil : .yellow)
    }

    private func partition(_ audit: HostAudit) -> Columns.Cell {
        guard let partitions = audit.partitions else { return "-" }
        guard let isCommitted = partitions.isCommitted else { return .init("\(partitions.booted), unproved") }
        if isCommitted { return .init("\(partitions.booted), committed") }
        let why = partitions.otherIsNext == true ? "the other is next" : "not committed"
        return .init("\(partitions.booted), \(why)", .yellow)
    }
}

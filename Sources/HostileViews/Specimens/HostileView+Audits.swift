import Coordinator
import Foundation
import Reports
import RolloutModel
import TurnstileCommands

extension HostileView {
    static func audits() async throws -> [HostileView] {
        let host = HostID("core-1")
        return [
            try await HostileView("an earlier audit's file", JSONText.document(AuditSample.audits)) {
                document in
                try AuditFile.audits(in: Data(document), "'file'").map(\.bounded)
            } show: {
                try views(of: $0)
            },
            try await HostileView("what a host answers to an audit", JSONText.document(AuditSample.answer)) {
                try JSONDecoder().decode([String: String].self, from: Data($0))
            } show: { texts in
                let output = Array(AuditSample.output(texts).utf8)
                let answer = AuditAnswer(HostCommandResult(output: output, exitStatus: 0))
                return try views(of: [answer.audit(of: host), AuditSample.audits[1]])
            },
            try await HostileView(
                "a login that answers anything", #"{"errors":"no such file","output":"Welcome"}"#
            ) {
                try JSONDecoder().decode([String: String].self, from: Data($0))
            } show: { texts in
                let result = HostCommandResult(
                    output: Array((texts["output"] ?? "").utf8), errors: Array((texts["errors"] ?? "").utf8),
                    exitStatus: nil, exitSignal: texts["errors"])
                return try views(of: [AuditAnswer(result).audit(of: host), AuditSample.audits[0]])
            },
        ]
    }

    private static func views(of audits: [HostAudit]) throws -> [Rendering] {
        let report = AuditReport(audits, expected: ReleaseSpan("1409"), earlier: AuditSample.audits)
        func text(_ format: AuditFormat, isWide: Bool = false, on terminal: Terminal = .plain) throws
            -> String
        {
            try report.text(as: format, isWide: isWide, on: terminal)
        }
        func lines(isWide: Bool, on terminal: Terminal) throws -> [String] {
            try text(.table, isWide: isWide, on: terminal).dropLast().split(
                separator: "\n", omittingEmptySubsequences: false
            )
            .map(String.init)
        }
        var views = try [false, true].map { isWide in
            Rendering(
                isWide ? "wide table" : "table",
                .coloured(
                    plain: try lines(isWide: isWide, on: .plain),
                    coloured: try lines(isWide: isWide, on: .painted)))
        }
        let count = AuditTable(report, isWide: false).lines(on: .plain).count
        views += [
            Rendering("table's lines", .message(String(try text(.table).dropLast()), lines: count)),
            Rendering(
                "table of 80 columns", .terminal(Terminal.passing(try text(.table, on: .coloured)))),
            Rendering("json", .json(try text(.json), count: audits.count)),
            Rendering("ndjson", .ndjson(try text(.ndjson), count: audits.count)),
            Rendering("csv", .csv(try text(.csv), rows: audits.count)),
            Rendering("csv on a terminal", .terminal(Terminal.passing(try text(.csv)))),
            Rendering("markdown", .markdown(try text(.markdown), rows: audits.count)),
            Rendering("html", .html(try text(.html))),
            Rendering("findings", .lines(report.findings.map { AuditText.sentence($0, of: audits.count) })),
            Rendering("second tries", .lines(AuditText.secondTries(audits).map { [$0] } ?? [])),
        ]
        if let message = AuditVerdict(report, expected: ReleaseSpan("1409")).failure?.message {
            let unread = audits.filter { $0.fault != nil }.count
            let differing = audits.filter { $0.fault == nil }.filter { audit in
                report.findings(about: audit.host).contains { $0.kind == .unexpectedVersion }
            }.count
            let lines = (unread > 0 ? unread + 1 : 0) + (differing > 0 ? differing + 1 : 0)
            views.append(Rendering("verdict", .message(message, lines: lines)))
        }
        return views
    }
}

extension Terminal {
    static let plain = Terminal(isLive: false, hasColour: false)
    static let coloured = Terminal(isLive: true, hasColour: true, columns: 80)
    /// Lines of any length, so that colours are the only difference to `plain`.
    static let painted = Terminal(isLive: true, hasColour: true)
}

/// Hosts with every field filled.
enum AuditSample {
    static let audits: [HostAudit] = [
        audit("core-1", version: "1353.8.0"), audit("core-2", version: "1409.7.0"),
        audit("core-3", version: "1409.8.0"), unreadable,
    ]

    private static var unreadable: HostAudit {
        var audit = HostAudit(host: "core-4")
        audit.fault = "no route to host"
        audit.bastion = ShutBastion(name: "ann@jump", why: "no route to it")
        return audit
    }

    private static func audit(_ name: String, version: String) -> HostAudit {
        var audit = HostAudit(host: name)
        audit.retriedAfter = "the connection to \(name) was reset"
        (audit.distribution, audit.version, audit.kernel) = ("coreos", version, "4.9.24-coreos")
        (audit.group, audit.rebootStrategy) = ("stable of \(name)", "off")
        audit.oddSettings = [
            OddSetting(
                key: "GROUP", value: "stable # \(name)", path: "/etc/coreos/update.conf", line: 3,
                meant: "stable")
        ]
        audit.locksmith = .init(isMasked: false, activeState: "active", strategy: "etcd-lock")
        audit.engine = .init(isMasked: false, activeState: "inactive of \(name)")
        audit.failedUnits = ["web.service", "db.service of \(name)"]
        audit.updatePending = true
        let partitions = """
            {"attributes":"priority=1","booted":"USR-A","isCommitted":false,"otherAttributes":"priority=2","otherIsNext":true,\
            "warning":"the second copy is invalid"}
            """
        audit.partitions = try? JSONDecoder().decode(HostAudit.Partitions.self, from: Data(partitions.utf8))
        audit.userData = .init(path: "/x", sha256: "a1b2 of \(name)")
        (audit.etcdServer, audit.etcdCluster) = ("2.3.7", "2.3.0")
        (audit.fleet, audit.docker) = ("0.11.8", "1.12.6")
        (audit.agent, audit.agentPhase) = ("0.1.0", "staged of \(name)")
        (audit.revertedFrom, audit.previousVersion) = ("1465.8.0", "1298.5.0")
        (audit.machineID, audit.bootID) = ("01d6eeef of \(name)", "boot of \(name)")
        (audit.hostKey, audit.uptimeSeconds) = ("SHA256:abc", 273_900)
        return audit
    }

    /// Values in what a host prints, by their names here.
    static let answer = [
        "id": "coreos", "version": "1353.8.0", "kernel": "4.9.24-coreos",
        "machine": "01d6eeef5996d7c4c6f929405221d47f",
        "boot": "b-1", "uptime": "1234.5 99.0", "group": "beta", "strategy": "off", "locksmith": "etcd-lock",
        "state": "active", "failed": "web.service", "phase": "committed", "reverted": "1409.7.0",
        "previous": "1298.5.0",
        "fleet": "0.11.8", "docker": "18.06.3-ce", "agent": "0.1.0",
        "path": "/var/lib/coreos-install/user_data",
        "label": "USR-A",
    ]

    static func output(_ values: [String: String]) -> String {
        func value(_ name: String) -> String { values[name] ?? "" }
        let digest = String(repeating: "a1", count: 32)
        return """

            @turnstile files
            /etc/os-release:ID=\(value("id"))
            /etc/os-release:VERSION_ID=\(value("version"))
            /etc/machine-id:\(value("machine"))
            /proc/sys/kernel/random/boot_id:\(value("boot"))
            /proc/sys/kernel/osrelease:\(value("kernel"))
            /proc/uptime:\(value("uptime"))
            /run/update-engine/coordinator.conf:STRATEGY=\(value("locksmith"))
            /etc/coreos/update.conf:GROUP=\(value("group"))
            /etc/coreos/update.conf:REBOOT_STRATEGY=\(value("strategy"))

            @turnstile units
            Id=update-engine.service
            LoadState=loaded
            ActiveState=\(value("state"))
            UnitFileState=disabled

            Id=locksmithd.service
            LoadState=loaded
            ActiveState=\(value("state"))
            UnitFileState=enabled

            @turnstile failed
            \(value("failed")) loaded failed failed x
            @ok
            @turnstile pending
            UPDATE_STATUS_UPDATED_NEED_REBOOT
            @turnstile rootdev
            /dev/sda3

            @turnstile partitions
                   start        size    part  contents
                  139264      614400       3  Label: "\(value("label"))"
                                              Type: Alias for coreos-rootfs
                                              UUID: 7130C94A-213A-4E5A-8E26-6CCE9662F132
                                              Attr: priority=1 tries=0 successful=1
                  753664      614400       4  Label: "USR-B"
                                              Type: Alias for coreos-rootfs
                                              UUID: E03DD35C-7C2D-4A47-B3FE-27F15780A57C
                                              Attr: priority=2 tries=1 successful=0

            @turnstile user-data
            \(digest)  \(value("path"))

            @turnstile root-files
            /var/lib/turnstile/state.json:{"phase":"\(value("phase"))","revertedFrom":"\(value("reverted"))"}
            /var/lib/update_engine/prefs/previous-version:\(value("previous"))

            @turnstile fleet
            fleetctl version \(value("fleet"))
            @turnstile docker
            Docker version \(value("docker")), build x
            @turnstile agent
            \(value("agent"))
            @turnstile end

            """
    }
}

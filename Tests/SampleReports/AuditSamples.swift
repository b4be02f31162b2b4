import Coordinator

/// A cluster as an audit finds it.
package enum AuditSamples {
    package static func host(_ name: String, _ change: (inout HostAudit) -> Void = { _ in }) -> HostAudit {
        var audit = HostAudit(host: name)
        audit.distribution = "coreos"
        audit.version = "1353.8.0"
        audit.kernel = "4.9.24-coreos"
        audit.group = "stable"
        audit.rebootStrategy = "off"
        audit.engine = .init(isMasked: true, activeState: "inactive")
        audit.updatePending = false
        audit.userData = .init(path: "/x", sha256: String(repeating: "a1", count: 32))
        (audit.etcdServer, audit.etcdCluster) = ("2.3.7", "2.3.0")
        (audit.fleet, audit.docker) = ("0.11.8", "1.12.6")
        (audit.agent, audit.agentPhase) = ("0.1.0", "idle")
        audit.machineID = "01d6eeef of \(name)"
        (audit.bootID, audit.uptimeSeconds) = ("boot of \(name)", 273_900)
        change(&audit)
        return audit
    }

    package static var unreadable: HostAudit {
        var audit = HostAudit(host: "core-4")
        audit.fault = "no route to host"
        return audit
    }

    /// Three hosts that are read, one of them odd, and one unreadable host.
    package static var cluster: [HostAudit] {
        [
            host("core-1"), host("core-2"),
            host("core-3") {
                $0.version = "1409.7.0"
                $0.group = "beta"
                $0.revertedFrom = "1465.8.0"
                $0.agentPhase = "staged"
            }, unreadable,
        ]
    }

    /// Texts that a host may send in the hope that somebody's program obeys them.
    package static let hostile = [
        "<script>document.title='owned'</script>", "\"><img src=x onerror=\"document.title='owned'\">",
        "'><svg onload=document.title='owned'>", "=HYPERLINK(\"http://evil\")", "|---|\n# owned", "&lt;b&gt;",
        "\u{1B}[2J\u{202E}owned", "</table></style><script>document.title='owned'</script>",
    ]

    package static var hostileCluster: [HostAudit] {
        hostile.enumerated().map { index, text in
            host("core-\(index)") {
                ($0.version, $0.group, $0.kernel, $0.agent) = (text, text, text, text)
                ($0.fleet, $0.docker, $0.etcdServer, $0.revertedFrom) = (text, text, text, text)
                $0.distribution = text
                $0.failedUnits = [text]
                if index == 0 { $0.fault = text }
            }
        }
    }
}

import RolloutModel

/// The output of `releases`.
package struct ReleaseReport {
    private var releases: [Release]

    package init(_ releases: [Release]) { self.releases = releases }

    package var rows: [Row] { releases.map(Row.init) }

    package func lines(on terminal: Terminal) -> [String] { table.lines(on: terminal) }

    /// A release in JSON. A missing key means that the image does not have the component. `unknown` means that it is
    /// not known whether it does, or in which version.
    package struct Row: Codable, Hashable {
        var distribution: String
        var version: String
        var date: String
        var channel: String
        var etcd: String?
        var etcd2: String?
        var etcdMember: String?
        var fleet: String?
        var docker: String
        var kernel: String
        var locksmith: String
        var updateEngine: String
        var systemd: String

        package init(_ release: Release) {
            distribution = release.distribution.rawValue
            version = release.version.rawValue
            date = release.date
            channel = release.channel ?? "unknown"
            etcd = release.etcd0.word("unknown")
            etcd2 = release.etcd2.word("unknown")
            etcdMember = release.etcdMember.word("unknown")
            fleet = release.fleet.word("unknown")
            docker = release.docker ?? "unknown"
            kernel = release.kernel ?? "unknown"
            locksmith = release.locksmith ?? "unknown"
            updateEngine = release.updateEngine ?? "unknown"
            systemd = release.systemd ?? "unknown"
        }
    }

    private var table: Columns {
        var table = Columns(header: [
            "OS", "VERSION", "DATE", "CHANNEL", "ETCD", "ETCD2", "ETCD-MEMBER", "FLEET", "DOCKER", "KERNEL",
            "LOCKSMITH", "UPDATE-ENGINE", "SYSTEMD",
        ])
        table.rows = releases.map { release in
            let shipped = [release.etcd0, release.etcd2, release.etcdMember, release.fleet].map {
                $0.word("?") ?? "-"
            }
            let others = [
                release.docker, release.kernel, release.locksmith, release.updateEngine, release.systemd,
            ].map { $0 ?? "?" }
            let first = [
                release.distribution.rawValue, release.version.rawValue, release.date, release.channel ?? "?",
            ]
            return (first + shipped + others).map { Columns.Cell($0) }
        }
        table.dispensable = ["UPDATE-ENGINE", "LOCKSMITH", "SYSTEMD", "CHANNEL", "DATE", "KERNEL"]
        return table
    }
}

extension Release.Shipped {
    /// The value for output; nil where the image does not have the component.
    fileprivate func word(_ unknown: String) -> String? {
        switch self {
        case .no: nil
        case .version(let version): version
        case .about(let version): "~\(version)"
        case .unknown: unknown
        }
    }
}

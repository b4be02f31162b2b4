import Foundation

/// Both of deisctl, and the templates of each version, on the operator's machine.
struct DeisMeans: Sendable {
    let cluster: PracticeCluster
    let options: [String]

    init(of cluster: PracticeCluster, from old: String, to new: String) async throws {
        self.cluster = cluster
        var options: [String] = []
        for (version, prefix) in [(old, "--"), (new, "--new-")] {
            let units = try await Self.templates(of: version, cluster)
            options += ["\(prefix)deisctl", "\(cluster.directory)/deisctl/\(version)/deisctl"]
            options += ["\(prefix)templates", units]
        }
        self.options = options
    }

    /// The command that carries out a runbook and asks nothing: all hosts, and then the platform.
    ///
    /// - Parameters:
    ///   - release: the hosts' target.
    ///   - way: such as `in-place`.
    func runbook(hosts release: String, way: String, to version: String) throws -> [String] {
        let path = "\(cluster.directory)/spring.yaml"
        let keys = stride(from: 0, to: options.count, by: 2).map {
            "\(options[$0].dropFirst(2)): \(options[$0 + 1])"
        }
        let lines =
            [
                "stages:", "  - name: hosts", "    upgrade: {to: \(release)}", "  - name: platform",
                "    platform:",
            ]
            + (keys + ["way: \(way)", "to: \(version)", "backup-into: \(cluster.directory)/backup-spring"])
            .map { "      \($0)" }
        try (lines.joined(separator: "\n") + "\n").write(toFile: path, atomically: true, encoding: .utf8)
        return ["runbook", path, "--yes"]
    }

    /// The command that upgrades the platform and asks nothing.
    ///
    /// - Parameter way: such as `--graceful`.
    func upgrade(_ way: String) -> [String] {
        let backup = "\(cluster.directory)/backup-\(UInt32.random(in: 0...(.max)))"
        return ["platform", "upgrade", way, "--yes"] + options + ["--backup-into", backup]
    }

    /// - Returns: the directory that they are in.
    private static func templates(of version: String, _ cluster: PracticeCluster) async throws -> String {
        let fetched = try await cluster.practice(
            ["deisctl", version, "refresh-units", "-p", "/tmp/units-\(version)", "-t", "v\(version)"])
        guard fetched.status == 0 else { throw PracticeCluster.Failure(what: "refresh-units: \(fetched)") }
        let packed = try await cluster.onHost("practice-1", "tar -C /tmp/units-\(version) -czf - . | base64")
        let (directory, archive) = (
            "\(cluster.directory)/units-\(version)", "\(cluster.directory)/units.base64"
        )
        try packed.write(toFile: archive, atomically: true, encoding: .utf8)
        let unpacked = try await cluster.run(
            "/bin/sh",
            ["-ec", #"mkdir -p "$1"; base64 -d "$2" | tar -xzf - -C "$1""#, "sh", directory, archive])
        guard unpacked.status == 0 else { throw PracticeCluster.Failure(what: "templates: \(unpacked)") }
        return directory
    }
}

import Foundation
import Testing

/// Upgrades of Deis by turnstile, under a client that asks every router for an application each 50 ms.
extension PracticeClusterTests {
    @Test(.timeLimit(.minutes(20))) func aGracefulUpgradeKeepsEveryApplicationOnTheAir() async throws {
        try await PracticeCluster.with(["--platform", "1.13.4", "--apps", "2"]) { cluster in
            let platform = PlatformUnderTest(cluster)
            let means = try await DeisMeans(of: cluster, from: "1.13.4", to: "1.13.5")
            let before = try await platform.containers()
            let watch = platform.watch()
            let upgrade = try await means.turnstile(["upgrade", "--graceful", "--yes"])
            #expect(upgrade.status == 0 && upgrade.output.contains("platform-upgraded"), "\(upgrade)")
            try await platform.awaitWhole(version: "1.13.5")
            let seen = await watch.stop()
            #expect(seen.secondsWithoutAnyApplication == 0 && seen.wrongAnswers == 0, "\(seen)")
            #expect(seen.mostRoutersAway == 1, "\(seen)")
            #expect(try await platform.containers() == before)
            let audit = try await cluster.turnstile(["platform", "audit"])
            #expect(audit.status == 0 && audit.output.contains("Deis v1.13.5"), "\(audit)")
        }
    }

    @Test(.timeLimit(.minutes(20))) func anUpgradeInPlaceEndsWithTheNewVersionWhole() async throws {
        try await PracticeCluster.with(["--platform", "1.13.4"]) { cluster in
            let platform = PlatformUnderTest(cluster)
            let means = try await DeisMeans(of: cluster, from: "1.13.4", to: "1.13.5")
            let watch = platform.watch()
            let upgrade = try await means.turnstile(["upgrade", "--in-place", "--yes"])
            #expect(upgrade.status == 0 && upgrade.output.contains("platform-upgraded"), "\(upgrade)")
            try await platform.awaitWhole(version: "1.13.5")
            let seen = await watch.stop()
            #expect(seen.secondsWithoutAnyApplication > 1, "\(seen)")
            #expect(seen.routers.allSatisfy { $0.everRefused }, "\(seen)")
        }
    }
}

/// Both of deisctl, and the templates of each version, on the operator's machine.
private struct DeisMeans {
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

    func turnstile(_ arguments: [String]) async throws -> PracticeCluster.Outcome {
        try await cluster.turnstile(
            ["platform"] + arguments + options + ["--backup-into", "\(cluster.directory)/backup"])
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

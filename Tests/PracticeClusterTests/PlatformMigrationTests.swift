import Foundation
import Testing

/// Applications of one cluster of Deis are carried to another one, by their controllers' APIs, while turnstile is killed after
/// entries of its record and run again.
extension PracticeClusterTests {
    @Test(.timeLimit(.minutes(15))) func applicationsAreMigratedToASecondCluster() async throws {
        let lone = ["--hosts", "1", "--agent", "none"]
        try await PracticeCluster.with(["--platform", "1.11.2", "--apps", "2"] + lone) { old in
            try await PracticeCluster.with(["--platform", "1.13.4", "--apps", "0"] + lone) { new in
                try await expectMigration(from: old, to: new)
            }
        }
    }

    private func expectMigration(from old: PracticeCluster, to new: PracticeCluster) async throws {
        let (was, will) = (PlatformUnderTest(old).addresses[0], PlatformUnderTest(new).addresses[0])
        let clusters = try [
            "--old", "http://\(was):8000", "--old-token-file", token(of: old), "--old-router", was,
            "--new", "http://\(will):8000", "--new-token-file", token(of: new), "--new-router", will,
            // No practice host reaches another cluster's: the images come from a registry that has them all.
            "--registry", "registry.mirror.test",
        ]
        let before = try await PlatformUnderTest(old).containers()
        let run = ["platform", "migrate", "run"] + clusters + ["--settle", "5"]
        let end = try await KilledCourse(old).run(run, every: 2) { run }
        print("migrate: \(end)")
        for application in ["app-1", "app-2"] {
            #expect(try await status(of: application, at: will, old) == "200", "\(application)")
            // Created, configured and built once.
            #expect(
                try await releases(of: application, at: "http://\(will):8000", new) == 3, "\(application)")
        }
        // The old cluster is as it was, and a second run asks for nothing.
        #expect(try await PlatformUnderTest(old).containers() == before)
        let containers = try await PlatformUnderTest(new).containers()
        let again = try await migrate(old, ["run"])
        #expect(again.status == 0 && again.errors.contains("2 of them proved before"), "\(again)")
        #expect(try await PlatformUnderTest(new).containers() == containers)
        // Clients who still ask for app-1 at the old router. What turnstile asked there itself does not count.
        let earlier = try await migrate(old, ["retire"])
        #expect(
            earlier.status == 2 && earlier.output.contains("app-1: its names were not seen"), "\(earlier)")
        for _ in 1...3 { #expect(try await status(of: "app-1", at: was, old) == "200") }
        let retire = try await migrate(old, ["retire"])
        for (application, more) in ["app-1": 3, "app-2": 0] {
            let counts = [earlier, retire].map { requests(for: application, in: $0.output) }
            #expect(counts[1] == counts[0] + more, "\(application): \(counts) \(retire)")
        }
    }

    /// The number of requests that `retire` counts for an application.
    private func requests(for application: String, in text: String) -> Int {
        let line = text.split(separator: "\n").first { $0.hasPrefix("\(application).practice.test: ") }
        return line.flatMap { $0.split(separator: " ").dropFirst().first }.flatMap { Int($0) } ?? 0
    }

    /// An application's answer at a router.
    private func status(
        of application: String, at router: String, _ cluster: PracticeCluster
    ) async throws -> String {
        try await cluster.run(
            "/usr/bin/curl",
            [
                "--silent", "--noproxy", "*", "--max-time", "5", "--output", "/dev/null", "--write-out",
                "%{http_code}", "--header", "Host: \(application).practice.test", "http://\(router)/",
            ]
        ).output
    }

    private func migrate(
        _ cluster: PracticeCluster, _ arguments: [String]
    ) async throws -> PracticeCluster.Outcome {
        try await cluster.turnstile(["platform", "migrate"] + arguments)
    }

    /// The number of an application's releases: each act that changes it makes one.
    private func releases(of application: String, at url: String, _ cluster: PracticeCluster) async throws
        -> Int
    {
        struct Page: Decodable { var count: Int }
        let answer = try await cluster.run(
            "/usr/bin/curl",
            [
                "--silent", "--noproxy", "*", "--max-time", "5", "--header",
                "Authorization: token \(try account(of: cluster))", "\(url)/v1/apps/\(application)/releases/",
            ]
        ).output
        return try JSONDecoder().decode(Page.self, from: Data(answer.utf8)).count
    }

    /// The token of the cluster's administrator.
    private func account(of cluster: PracticeCluster) throws -> String {
        let account = try String(contentsOfFile: "\(cluster.directory)/deis-admin", encoding: .utf8)
        let line = account.split(separator: "\n").first { $0.hasPrefix("TOKEN=") }
        return String(line?.dropFirst("TOKEN=".count) ?? "")
    }

    /// A file with the token of the cluster's administrator.
    private func token(of cluster: PracticeCluster) throws -> String {
        let path = "\(cluster.directory)/token"
        try account(of: cluster).write(toFile: path, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        return path
    }
}

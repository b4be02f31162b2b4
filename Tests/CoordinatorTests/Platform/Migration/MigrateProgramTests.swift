import Foundation
import ProcessInput
import SampleReports
import Subprocess
import Synchronization
import SystemPackage
import Testing

@testable import PracticeHost

/// The program itself, between two stand-in controllers over HTTP on this machine.
@Suite(.serialized) struct MigrateProgramTests {
    /// 120 applications are carried by a turnstile that is killed on its way, and by the one after it.
    @Test(.timeLimit(.minutes(10))) func aHundredAndTwentyApplicationsAreCarriedAndProved() async throws {
        let ground = try MigrationGround()
        defer { ground.end() }
        for number in 1...120 { ground.old.cluster.make("app-\(number)", domains: ["www.app-\(number).org"]) }
        let run = ["run", "--continue", "--at-once", "4", "--settle", "30"] + ground.options
        try await ground.killed(run) { ground.count("/builds/") >= 30 }
        let begun = ground.count("/builds/")
        #expect((30..<120).contains(begun), "\(begun)")

        let outcome = try await ground.turnstile(["run", "--continue", "--at-once", "4", "--settle", "30"])
        #expect(outcome.status == 0, "\(outcome.errors.suffix(2000))")
        for act in ["/builds/", "/scale/", "/domains/", "/config/"] {
            #expect(ground.count(act) == 120, "\(act)")
        }
        let status = try await ground.turnstile(["status", "--output", "json"])
        let report = try JSONDecoder().decode(Report.self, from: Data(status.output.utf8))
        #expect(report.applications.count == 120)
        #expect(report.applications.allSatisfy { $0.standing == "proved" })
    }

    private struct Report: Decodable {
        var applications: [Application]
        struct Application: Decodable { var standing: String }
    }

    @Test(.timeLimit(.minutes(5))) func fromThePlanToTheTableOfNames() async throws {
        let ground = try MigrationGround()
        defer { ground.end() }
        ground.old.cluster.make("shop", domains: ["www.shop.org", "shop.org"])
        ground.old.cluster.make("blog")
        ground.new.cluster.make("blog", values: ["THEIRS": "1"])
        ground.old.cluster.register("eve")
        ground.new.cluster.state.withLock { $0.changes = [] }

        let plan = try await ground.turnstile(["plan"] + ground.options)
        #expect(plan.status == 2 && plan.output.contains("blog holds:"), "\(plan)")
        #expect(plan.output.contains("Not registered at the new cluster: eve."), "\(plan)")
        #expect(plan.output.split(separator: "\n").allSatisfy { $0.count <= 80 }, "\(plan.output)")
        #expect(ground.new.cluster.changes == [])
        #expect(try await ground.turnstile(["status"]).status == 64)

        let run = try await ground.turnstile(["run", "--continue"] + ground.options)
        #expect(run.status == 2 && run.errors.contains("shop: proved"), "\(run)")
        let adopted = try await ground.turnstile(["run", "--adopt", "blog"])
        #expect(adopted.status == 0, "\(adopted)")
        let reports = [
            (["status"], "migrate"), (["plan"] + ground.options, "migrate"), (["run"], "migrate"),
            (["dns"], "migrate-dns"),
        ]
        for (command, schema) in reports {
            let printed = try await ground.turnstile(command + ["--output", "json"]).output
            let objections = try JSONSchema(schema).objections(to: printed)
            #expect(objections == [], "\(command): \(printed)")
        }

        let dns = try await ground.turnstile(["dns", "--write", "names.zone", "shop"])
        #expect(dns.status == 0 && dns.output.contains("shop.new.test"), "\(dns)")
        let zone = try String(contentsOfFile: ground.directory + "/names.zone", encoding: .utf8)
        #expect(zone.contains("shop.old.test. IN CNAME shop.new.test.\n"), "\(zone)")
        #expect(zone.contains("www.shop.org. IN CNAME shop.new.test.\n"), "\(zone)")
        #expect(zone.contains("; shop.org. is a zone's own name"), "\(zone)")
        #expect(try await ground.turnstile(["dns", "--write", "names.zone"]).status == 1)
    }

    /// Settings beyond what a pipe holds, and beyond a line of curl's configuration, go whole and in one release.
    @Test(.timeLimit(.minutes(5))) func settingsOfAnySizeAreCarriedWhole() async throws {
        let ground = try MigrationGround()
        defer { ground.end() }
        var values = Dictionary(
            uniqueKeysWithValues: (0..<300).map { ("KEY_\($0)", String(repeating: "v\($0) ", count: 100)) })
        values["LARGE"] = String(repeating: "\"quoted\" \\ \u{7f}\n", count: 6_000)
        ground.old.cluster.make("shop", values: values)
        ground.old.cluster.make("blog")
        let run = try await ground.turnstile(["run"] + ground.options)
        #expect(run.status == 0, "\(run.errors.suffix(2000))")
        let shop = try #require(ground.new.cluster.document.apps.first { $0.id == "shop" })
        #expect(shop.config.values == values)
        #expect(ground.count("apps/shop/config/") == 1)
    }

    /// Tokens are in no argument, no record and no line.
    @Test(.timeLimit(.minutes(5))) func noTokenIsShown() async throws {
        let ground = try MigrationGround()
        defer { ground.end() }
        ground.old.cluster.make("shop")
        let run = try await ground.turnstile(["run"] + ground.options)
        #expect(run.status == 0, "\(run)")
        let record = try #require(
            FileManager.default.subpaths(atPath: ground.directory)?.first { $0.hasSuffix(".migration") })
        let text = try String(contentsOfFile: "\(ground.directory)/\(record)", encoding: .utf8)
        for cluster in [ground.old.cluster, ground.new.cluster] {
            #expect(!(run.output + run.errors + text).contains(cluster.token()))
        }
        let mode = try FileManager.default.attributesOfItem(atPath: "\(ground.directory)/\(record)")
        #expect(mode[.posixPermissions] as? Int == 0o600)
    }

    /// A token is an administrator's: a file that others may read has none, and the line that mends it does.
    @Test(.timeLimit(.minutes(5)), arguments: ["old-token", "new-token"])
    func aTokenThatOthersReadIsRefused(file: String) async throws {
        let ground = try MigrationGround()
        defer { ground.end() }
        let path = "\(ground.directory)/\(file)"
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
        let refused = try await ground.turnstile(["plan"] + ground.options)
        #expect(refused.status == 1, "\(refused)")
        #expect(
            refused.errors.contains("others than you can read it") && refused.errors.contains("chmod 600 ")
                && refused.errors.contains(file), "\(refused)")
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        let plan = try await ground.turnstile(["plan"] + ground.options)
        #expect(plan.status == 0, "\(plan)")
    }
}

/// Two clusters on this machine's loopback, and a directory for a turnstile.
private struct MigrationGround {
    let old: LoopbackCluster
    let new: LoopbackCluster
    let directory: String

    struct Outcome {
        var status: Int32?
        var output: String
        var errors: String
    }

    init() throws {
        old = try LoopbackCluster(StandInCluster("old"))
        new = try LoopbackCluster(StandInCluster("new"))
        directory = FileManager.default.temporaryDirectory.appendingPathComponent("migrate-\(UUID())").path
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        try old.cluster.token().write(toFile: directory + "/old-token", atomically: true, encoding: .utf8)
        try #"{"username": "admin", "token": "\#(new.cluster.token())"}"#
            .write(toFile: directory + "/new-token", atomically: true, encoding: .utf8)
        for file in ["/old-token", "/new-token"] {
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: directory + file)
        }
        try "hosts: [core-1]\n".write(
            toFile: directory + "/turnstile.yaml", atomically: true, encoding: .utf8)
    }

    func end() {
        old.end()
        new.end()
        try? FileManager.default.removeItem(atPath: directory)
    }

    var options: [String] {
        [
            "--old", old.url, "--new", new.url, "--old-token-file", "old-token", "--new-token-file",
            "new-token",
        ]
            + ["--registry", "registry.old.test:5000"]
            + old.routers.flatMap { ["--old-router", $0] } + new.routers.flatMap { ["--new-router", $0] }
    }

    /// The changes at the new controller whose path ends so.
    func count(_ end: String) -> Int { new.cluster.changes.count { $0.hasSuffix(end) } }

    func turnstile(_ arguments: [String]) async throws -> Outcome {
        let result = try await run(
            .path(FilePath(try Self.program())), arguments: Arguments(command(arguments)),
            environment: .inherit.updating(["HOME": directory, "XDG_STATE_HOME": directory]),
            workingDirectory: FilePath(directory), input: .none,
            output: .string(limit: 1 << 22), error: .string(limit: 1 << 22))
        guard case .exited(let status) = result.terminationStatus else {
            return Outcome(status: nil, output: result.standardOutput, errors: result.standardError)
        }
        return Outcome(status: status, output: result.standardOutput, errors: result.standardError)
    }

    /// Runs turnstile, and kills it once a condition holds.
    func killed(_ arguments: [String], once isSo: @escaping @Sendable () -> Bool) async throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try Self.program())
        process.arguments = command(arguments)
        process.currentDirectoryURL = URL(fileURLWithPath: directory)
        process.environment = ProcessInfo.processInfo.environment.merging(
            ["HOME": directory, "XDG_STATE_HOME": directory]) { $1 }
        process.standardError = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        while process.isRunning, !isSo() { try await Task.sleep(for: .milliseconds(5)) }
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    private func command(_ arguments: [String]) -> [String] { ["platform", "migrate"] + arguments }

    /// The program, which is built beside the test bundle.
    private static func program() throws -> String {
        var directory = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        for _ in 0..<4 {
            let candidate = directory.appendingPathComponent("turnstile").path
            if FileManager.default.isExecutableFile(atPath: candidate) { return candidate }
            directory.deleteLastPathComponent()
        }
        throw CocoaError(.fileNoSuchFile)
    }
}

/// A stand-in that listens: its controller at one port, and two routers.
private final class LoopbackCluster: Sendable {
    let cluster: StandInCluster
    private let controller: HTTPListener
    private let routerListeners: [HTTPListener]

    init(_ cluster: StandInCluster) throws {
        self.cluster = cluster
        controller = try HostPorts.listener { cluster.answer($0) }
        routerListeners = try (0..<2).map { _ in
            try HostPorts.listener { .text(cluster.routed($0.hostName)) }
        }
    }

    var url: String { "http://127.0.0.1:\(controller.port)" }
    var routers: [String] { routerListeners.map { "127.0.0.1:\($0.port)" } }

    func end() { for listener in routerListeners + [controller] { listener.stop() } }
}

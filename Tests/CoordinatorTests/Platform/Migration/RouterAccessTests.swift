import Foundation
import ProcessInput
import RolloutModel
import Rollouts
import Subprocess
import SystemPackage
import Testing

@testable import Coordinator

/// The old routers' logs: requests by the names of applications.
@Suite struct RouterAccessTests {
    private static func names(_ texts: [String]) -> Set<DomainName> {
        Set(texts.compactMap { DomainName($0) })
    }

    private static func counted(_ names: [String: Int], others: Int) -> RouterRequests {
        var requests = RouterRequests(names: [:], others: others)
        for (text, count) in names {
            guard let name = DomainName(text) else { continue }
            requests.names[name] = count
        }
        return requests
    }

    static let logs: [(String, RouterRequests?)] = [
        (
            "12 blog.example.org\n4 shop.org\n@others 7\n@end\n",
            counted(["blog.example.org": 12, "shop.org": 4], others: 7)
        ),
        ("@others 0\n@end\n", counted([:], others: 0)), ("", nil), ("@end\n", nil),
        ("12 blog.example.org\n", nil), ("12 blog.example.org\n@others 1\n", nil),
        ("@unreadable\n@end\n", nil),
        ("-1 x.org\n@others 0\n@end\n", nil), ("1 x\n@others 0\n@end\n", nil), ("@others -1\n@end\n", nil),
        ("@none\n@end\n", nil),
    ]

    /// A log that was cut off, or could not be read, is no log without requests.
    @Test(arguments: logs) func anOutputIsReadWholeOrNotAtAll(log: String, requests: RouterRequests?) {
        #expect(RouterAccess.requests(in: log) == requests)
    }

    static let hosts: [([Observation<RouterRequests?>], Observation<RouterRequests>)] = [
        (
            [
                .seen(counted(["a.org": 1], others: 1)), .seen(nil),
                .seen(counted(["a.org": 2, "b.org": 1], others: 2)),
            ],
            .seen(counted(["a.org": 3, "b.org": 1], others: 3))
        ),
        ([.seen(counted([:], others: 0))], .seen(counted([:], others: 0))),
        ([.seen(nil), .seen(nil)], .unknown("no host of turnstile.yaml has a router")),
        ([.seen(counted([:], others: 0)), .unknown("x")], .unknown("x")),
    ]

    /// Hosts without routers say nothing about who asks the old cluster.
    @Test(arguments: hosts) func hostsWithoutRoutersProveNothing(
        found: [Observation<RouterRequests?>], sum: Observation<RouterRequests>
    ) {
        #expect(RouterAccess.sum(found) == sum)
    }

    // MARK: The script, run here by a shell as sshd would

    /// A line of a router's log (nginx.conf, `log_format upstreaminfo`).
    private static func line(_ host: String, agent: String = "curl/7.88.1") -> String {
        "[30/Nov/2026:02:00:00 +0000] - 10.0.0.9 - - - 200 - \"GET / - HTTP/1.1\" - 12 - \"-\" - \"\(agent)\" - "
            + "\"~^shop\\.\" - 10.0.0.3:49153 - \(host) - 0.001 - 0.001"
    }

    /// Programs of a host, as scripts: `sudo`, `systemctl` and `journalctl`.
    private func requests(
        units: String, log: String, journalctl: String = "cat \"${0%/*}/log\"", for names: Set<DomainName>
    ) async throws -> Observation<RouterRequests> {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("router-\(UUID())").path
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let programs = [
            "sudo": "shift; exec \"$@\"", "systemctl": "cat \"${0%/*}/units\"", "journalctl": journalctl,
        ]
        for (name, text) in programs {
            try "#!/bin/sh\n\(text)\n".write(
                toFile: "\(directory)/\(name)", atomically: true, encoding: .utf8)
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o755], ofItemAtPath: "\(directory)/\(name)")
        }
        try units.write(toFile: "\(directory)/units", atomically: true, encoding: .utf8)
        try log.write(toFile: "\(directory)/log", atomically: true, encoding: .utf8)
        return await RouterAccess(shell: Self.shell(directory), hosts: [HostID("core-1")])
            .requests(for: names, minutes: 60)
    }

    private static func shell(_ directory: String) -> HostShell {
        HostShell(
            run: { host, command throws(HostFault) in
                do {
                    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
                    let result = try await Subprocess.run(
                        .path("/bin/sh"), arguments: ["-c", command.text.text],
                        environment: .inherit.updating(["PATH": "\(directory):\(path)"]),
                        input: .fileDescriptor(
                            try FilledPipe.readEnd(of: command.input), closeAfterSpawningProcess: true),
                        output: .bytes(limit: command.outputBytesMax), error: .bytes(limit: 1 << 16))
                    guard case .exited(let code) = result.terminationStatus else {
                        return HostCommandResult(output: [], exitStatus: nil)
                    }
                    return HostCommandResult(
                        output: result.standardOutput, errors: result.standardError, exitStatus: code)
                } catch {
                    throw HostFault(host: host, kind: .commandFailed, why: "\(error)")
                }
            },
            converse: { host, _, _ throws(HostFault) in
                throw HostFault(host: host, kind: .commandFailed, why: "nothing converses here")
            }, disconnect: { _ in })
    }

    private static let units = "deis-router@1.service loaded active running Deis Router\n"

    /// More names than ever fit are asked for by scanners, each more often than the one application.
    @Test func anApplicationIsNotCrowdedOutByScanners() async throws {
        var lines = (0..<3000).flatMap { number in
            [Self.line("scan-\(number).example.com"), Self.line("scan-\(number).example.com")]
        }
        lines += [
            Self.line("shop.example.org"), Self.line("Shop.Example.org:80"), Self.line("shop.example.org."),
            Self.line("shop.example.org", agent: "turnstile"), Self.line("10.0.0.11"), Self.line("-"),
            "2026/11/30 02:00:00 [error] 7#0: *1 connect() failed", Self.line("blog.example.org"),
        ]
        let found = try await requests(
            units: Self.units, log: lines.map { $0 + "\n" }.joined(),
            for: Self.names(["shop.example.org", "idle.example.org"]))
        #expect(found == .seen(Self.counted(["shop.example.org": 3], others: 6003)))
    }

    /// Health checks and scanners alone are nobody who needs the old cluster.
    @Test func whatAsksForNoApplicationIsCountedApart() async throws {
        let log = [Self.line("10.0.0.11"), Self.line("_")].map { $0 + "\n" }.joined()
        let found = try await requests(units: Self.units, log: log, for: Self.names(["shop.example.org"]))
        #expect(found == .seen(Self.counted([:], others: 2)))
    }

    static let faults: [(units: String, journalctl: String, says: String)] = [
        ("", "exit 0", "no host of turnstile.yaml has a router"),
        (units, "exit 1", "its routers' log cannot be read"),
        (units, "cat \"${0%/*}/log\"; exit 1", "its routers' log cannot be read"),
    ]

    @Test(arguments: faults) func aLogThatCannotBeReadIsNotOneWithoutRequests(
        units: String, journalctl: String, says: String
    ) async throws {
        let found = try await requests(
            units: units, log: Self.line("shop.example.org") + "\n", journalctl: journalctl,
            for: Self.names(["shop.example.org"]))
        guard case .unknown(let why) = found else {
            Issue.record("\(found)")
            return
        }
        #expect(why.contains(says), "\(why)")
    }

    /// No name at all is no reason to read nothing.
    @Test func requestsAreCountedWithoutAName() async throws {
        let found = try await requests(
            units: Self.units, log: Self.line("shop.example.org") + "\n", for: [])
        #expect(found == .seen(Self.counted([:], others: 1)))
    }
}

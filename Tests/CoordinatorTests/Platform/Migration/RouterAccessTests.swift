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

    private static let host = HostID("core-1")

    private static func log(_ names: [String: Int], others: Int, _ gaps: RouterLogGap.Why...)
        -> RouterAccess.HostLog
    {
        var requests = counted(names, others: others)
        requests.gaps = gaps.map { RouterLogGap(host: host, why: $0) }
        return RouterAccess.HostLog(requests: requests, hasRouter: true)
    }

    private static func noRouter(_ gaps: RouterLogGap.Why...) -> RouterAccess.HostLog {
        var log = log([:], others: 0)
        log.requests.gaps = gaps.map { RouterLogGap(host: host, why: $0) }
        log.hasRouter = false
        return log
    }

    private static let whole = "@late -90\n@dropped 0\n@end\n"

    static let logs: [(String, RouterAccess.HostLog?)] = [
        (
            "12 blog.example.org\n4 shop.org\n@others 7\n\(whole)",
            log(["blog.example.org": 12, "shop.org": 4], others: 7)
        ),
        ("@others 0\n\(whole)", log([:], others: 0)), ("", nil), (whole, nil),
        ("12 blog.example.org\n", nil), ("12 blog.example.org\n@others 1\n", nil),
        ("@others 1\n@end\n", nil), ("@unreadable\n\(whole)", nil), ("-1 x.org\n@others 0\n\(whole)", nil),
        ("1 x\n@others 0\n\(whole)", nil), ("@others -1\n\(whole)", nil),
        ("@others 0\n@late 0\n@dropped -1\n@end\n", nil), ("@others 0\n@late x\n@dropped 0\n@end\n", nil),
        ("@others 0\n@late \(Int.min)\n@dropped 0\n@end\n", nil),
        ("@none\n\(whole)", noRouter()), ("@none\n@end\n", nil),
        ("@others 0\n@late 300\n@dropped 0\n@end\n", log([:], others: 0, .beginsLate(by: .seconds(300)))),
        ("@others 0\n@late 0\n@dropped 9\n@end\n", log([:], others: 0, .dropped(messages: 9))),
        ("@none\n@late 1\n@dropped 0\n@end\n", noRouter(.beginsLate(by: .seconds(1)))),
    ]

    /// A log that was cut off, or could not be read, is no log without requests.
    @Test(arguments: logs) func anOutputIsReadWholeOrNotAtAll(output: String, log: RouterAccess.HostLog?) {
        #expect(RouterAccess.log(output, of: Self.host) == log)
    }

    static let hosts: [([Observation<RouterAccess.HostLog>], Observation<RouterRequests>)] = [
        (
            [
                .seen(log(["a.org": 1], others: 1)), .seen(noRouter()),
                .seen(log(["a.org": 2, "b.org": 1], others: 2)),
            ],
            .seen(counted(["a.org": 3, "b.org": 1], others: 3))
        ),
        ([.seen(log([:], others: 0))], .seen(counted([:], others: 0))),
        ([.seen(noRouter()), .seen(noRouter())], .unknown("no host of turnstile.yaml has a router")),
        ([.seen(log([:], others: 0)), .unknown("x"), .unknown("y")], .unknown("x; y")),
        // A router may have run where the journal does not reach back.
        (
            [.seen(log([:], others: 0)), .seen(noRouter(.beginsLate(by: .seconds(9))))],
            .seen(log([:], others: 0, .beginsLate(by: .seconds(9))).requests)
        ),
    ]

    /// Hosts without routers say nothing about who asks the old cluster.
    @Test(arguments: hosts) func hostsWithoutRoutersProveNothing(
        found: [Observation<RouterAccess.HostLog>], sum: Observation<RouterRequests>
    ) {
        #expect(RouterAccess.sum(found) == sum)
    }

    // MARK: The script, run here by a shell as sshd would

    /// A line of a router's log (nginx.conf, `log_format upstreaminfo`).
    private static func line(_ host: String, agent: String = "curl/7.88.1") -> String {
        "[30/Nov/2026:02:00:00 +0000] - 10.0.0.9 - - - 200 - \"GET / - HTTP/1.1\" - 12 - \"-\" - \"\(agent)\" - "
            + "\"~^shop\\.\" - 10.0.0.3:49153 - \(host) - 0.001 - 0.001"
    }

    /// A journal of a host, as journalctl tells it.
    private struct Journal {
        /// The units that have left a line.
        var logged = ""
        /// The first line of all, as `short-unix` has it.
        var first = "0000000001.000000 core-1 kernel: Linux version 4.3.6-coreos"
        /// The lines in which journald says that it dropped others.
        var dropped = ""
        /// The command that prints the routers' lines.
        var lines = "cat \"$at/log\""

        var program: String {
            """
            at=${0%/*}
            case "$*" in
            *--field=_SYSTEMD_UNIT*) printf '%s' '\(logged)' ;;
            *--output=short-unix*) printf '%s\\n' '\(first)' 'a later line' ;;
            *MESSAGE_ID=*) printf '%s' '\(dropped)' ;;
            *) \(lines) ;;
            esac
            """
        }
    }

    /// Programs of a host, as scripts: `sudo`, `systemctl` and `journalctl`.
    private func requests(
        units: String, log: String, _ journal: Journal = Journal(), for names: Set<DomainName>
    ) async throws -> Observation<RouterRequests> {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("router-\(UUID())").path
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let programs = [
            "sudo": "shift; exec \"$@\"", "systemctl": "cat \"${0%/*}/units\"", "journalctl": journal.program,
        ]
        for (name, text) in programs {
            try "#!/bin/sh\n\(text)\n".write(
                toFile: "\(directory)/\(name)", atomically: true, encoding: .utf8)
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o755], ofItemAtPath: "\(directory)/\(name)")
        }
        try units.write(toFile: "\(directory)/units", atomically: true, encoding: .utf8)
        try log.write(toFile: "\(directory)/log", atomically: true, encoding: .utf8)
        return await RouterAccess(shell: Self.shell(directory), hosts: [Self.host])
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

    static let faults: [(units: String, lines: String, says: String)] = [
        ("", "exit 0", "no host of turnstile.yaml has a router"),
        (units, "exit 1", "its routers' log cannot be read"),
        (units, "cat \"$at/log\"; exit 1", "its routers' log cannot be read"),
    ]

    @Test(arguments: faults) func aLogThatCannotBeReadIsNotOneWithoutRequests(
        units: String, lines: String, says: String
    ) async throws {
        let found = try await requests(
            units: units, log: Self.line("shop.example.org") + "\n", Journal(lines: lines),
            for: Self.names(["shop.example.org"]))
        guard case .unknown(let why) = found else {
            Issue.record("\(found)")
            return
        }
        #expect(why.contains(says), "\(why)")
    }

    static let droppings: [(said: String, dropped: Int)] = [
        ("", 0),
        // systemd 219 names the slice of units of one template, later ones the unit.
        (#"Suppressed 40 messages from /system.slice/system-deis\x2drouter.slice"#, 40),
        (
            "Suppressed 7 messages from deis-router@1.service\nSuppressed 2 messages from deis-router@2.service",
            9
        ),
        ("Suppressed 12 messages from /system.slice/docker.service", 0), ("Missed 3 messages", 3),
        ("Missed 99 kernel messages", 0), ("Suppressed some messages from deis-router@1.service", 1),
    ]

    /// A journal that lacks lines of routers says so itself.
    @Test(arguments: droppings) func whatJournaldDroppedIsNoSilence(said: String, dropped: Int) async throws {
        let found = try await requests(
            units: Self.units, log: "", Journal(dropped: said), for: Self.names(["shop.example.org"]))
        let gaps = dropped == 0 ? [] : [RouterLogGap(host: Self.host, why: .dropped(messages: dropped))]
        #expect(found.value?.gaps == gaps, "\(found)")
    }

    /// A journal that begins within the time has lost what was before, or is of this boot alone.
    @Test(arguments: [(minutesAgo: 90, isLate: false), (20, true)])
    func aJournalThatDoesNotReachBackIsNoSilence(minutesAgo: Int, isLate: Bool) async throws {
        let begin = Int(Date.now.timeIntervalSince1970) - minutesAgo * 60
        let journal = Journal(first: "\(begin).123456 core-1 systemd[1]: Started Journal Service.")
        let found = try await requests(
            units: Self.units, log: "", journal, for: Self.names(["shop.example.org"]))
        guard isLate else {
            #expect(found == .seen(Self.counted([:], others: 0)))
            return
        }
        guard case .beginsLate(let span)? = found.value?.gaps.first?.why else {
            Issue.record("\(found)")
            return
        }
        #expect((2380...2400).contains(span.wholeSeconds))
    }

    @Test func aJournalWithoutALineTellsNothing() async throws {
        let found = try await requests(
            units: Self.units, log: "", Journal(first: "-- No entries --"), for: Self.names(["shop.org"]))
        #expect(found.value == nil)
    }

    /// A router that fleet has moved to another host since left its lines where it was.
    @Test func aRouterThatIsGoneIsCounted() async throws {
        let journal = Journal(logged: "sshd.service\ndeis-router@2.service\n")
        let found = try await requests(
            units: "", log: Self.line("shop.example.org") + "\n", journal,
            for: Self.names(["shop.example.org"]))
        #expect(found == .seen(Self.counted(["shop.example.org": 1], others: 0)))
    }

    /// No name at all is no reason to read nothing.
    @Test func requestsAreCountedWithoutAName() async throws {
        let found = try await requests(
            units: Self.units, log: Self.line("shop.example.org") + "\n", for: [])
        #expect(found == .seen(Self.counted([:], others: 1)))
    }
}

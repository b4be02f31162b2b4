import Coordinator
import Glibc
import RolloutModel
import Rollouts
import SSH
import Testing

/// An audit makes one clear row of any host, in time.
@Suite(.serialized) struct AuditFaultTests {
    static let prompt = SSHTimeouts(
        connect: .milliseconds(400), handshake: .seconds(3), authentication: .seconds(30))

    /// The row of one host, and the time it took.
    func row(
        _ target: SSHTarget, credentials: SSHCredentials = .init(), knownHosts: KnownHosts = .init(),
        timeouts: SSHTimeouts = prompt, deadline: Duration = .seconds(60)
    ) async -> (audit: HostAudit, time: Duration) {
        let shell = HostShell.ssh(logger: .quiet) { _ in
            .success(
                SSHRoute(
                    target: target, credentials: credentials, knownHosts: knownHosts, timeouts: timeouts))
        }
        var audits: [HostAudit] = []
        let time = await ContinuousClock().measure {
            audits = await shell.audit([HostID("box")], pace: AuditPace(deadline: deadline))
        }
        return (audits[0], time)
    }

    func row(of server: PrivateServer, deadline: Duration = .seconds(60)) async throws -> (
        audit: HostAudit, time: Duration
    ) {
        await row(
            server.target, credentials: server.credentials,
            knownHosts: try KnownHosts.load(files: [server.scratch.file("known_hosts")]), timeouts: .patient,
            deadline: deadline)
    }

    func expect(
        _ audit: HostAudit, says words: [String], isRetried: Bool = false,
        _ location: SourceLocation = #_sourceLocation
    ) {
        let fault = audit.fault ?? "no fault"
        for word in words { #expect(fault.contains(word), "\(fault)", sourceLocation: location) }
        #expect(audit.version == nil && audit.host == "box", sourceLocation: location)
        #expect((audit.retriedAfter != nil) == isRetried, "\(audit)", sourceLocation: location)
    }

    // MARK: Before SSH

    @Test func noRoute() async throws {
        // The kernel of this machine refuses the connection.
        let (audit, _) = await row(SSHTarget(name: "255.255.255.255", user: "core"))
        expect(audit, says: ["cannot connect to 'core@255.255.255.255'", "unreachable", "has a way to it"])
    }

    @Test func aPortNobodyListensOnIsCalledTwice() async throws {
        let (audit, time) = await row(
            SSHTarget(name: "127.0.0.1", port: try LocalListener.freePort(), user: "core"))
        expect(
            audit, says: ["cannot connect", "refused", "Check the port, and that sshd runs"], isRetried: true)
        #expect(audit.retriedAfter?.contains("refused") == true && time >= .seconds(1))
    }

    @Test func nobodyTakesTheCall() async throws {
        let silent = try SilentPort()
        let (audit, time) = await row(SSHTarget(name: "127.0.0.1", port: silent.port, user: "core"))
        expect(audit, says: ["cannot connect", "no answer within 0.4 s", "firewall"])
        #expect(time < .seconds(30))
    }

    struct Talk: Sendable, CustomTestStringConvertible {
        var words: String
        var again = 0
        var hangsUp = false
        var says: [String]
        var isRetried = false
        var testDescription: String { "\(words.prefix(20).debugDescription) \(again) \(hangsUp)" }
    }

    static let talks = [
        Talk(
            words: "220 mail ESMTP\r\n", says: ["is not SSH", "it said '220 mail ESMTP'", "Check the port"]),
        Talk(words: "220 mail ESMTP\r\n", hangsUp: true, says: ["is not SSH", "220 mail ESMTP"]),
        Talk(words: "HTTP/1.1 400 Bad Request\r\n\r\n", hangsUp: true, says: ["is not SSH", "HTTP/1.1 400"]),
        Talk(words: "\u{1}\u{2}\u{1B}[2Jno line at all", says: ["is not SSH", "???[2Jno line"]),
        Talk(words: "\u{0}\u{1}\u{2}", says: ["is not SSH", "it said '?"]),
        Talk(words: "all work and no play\n", again: 100_000, says: ["is not SSH", "all work"]),
        Talk(
            words: "Exceeded MaxStartups\r\n", hangsUp: true,
            says: ["takes no more callers now", "MaxStartups"],
            isRetried: true),
        Talk(words: "", says: ["cannot exchange keys", "no answer within 3 s", "hangs"], isRetried: true),
        Talk(words: "", hangsUp: true, says: ["cannot exchange keys", "lost", "hangs up"], isRetried: true),
        Talk(
            words: "SSH-2.0-OpenSSH_9.2\r\n", says: ["cannot exchange keys", "no answer within 3 s"],
            isRetried: true),
        Talk(
            words: "SSH-2.0-OpenSSH_9.2\r\n", hangsUp: true, says: ["cannot exchange keys", "lost"],
            isRetried: true),
        Talk(
            words:
                "SSH-2.0-OpenSSH_9.2\r\nand then nothing of the kind, for as long as there is room for it\r\n",
            says: ["cannot exchange keys", "Try it by hand, ssh -v 127.0.0.1,"]),
    ]

    @Test(arguments: talks) func whatAnswersIsNoSSHServerOrASickOne(talk: Talk) async throws {
        try await TalkingServer.with(talk.words, again: talk.again, hangsUp: talk.hangsUp) { server in
            let (audit, time) = await row(SSHTarget(name: "127.0.0.1", port: server.port, user: "core"))
            expect(audit, says: talk.says, isRetried: talk.isRetried)
            #expect(time < .seconds(60))
        }
    }

    @Test func aDroppedCallIsMadeAgainAndNamed() async throws {
        let answer =
            "\\n@turnstile files\\n/etc/os-release:ID=coreos\\n/etc/os-release:VERSION_ID=1.2.3\\n\\n@turnstile end\\n"
        try await PrivateServer.with(["ForceCommand printf '\(answer)'"]) { server in
            try await RelayAfterHangingUp.with(server.port) { relay in
                var target = server.target
                // The key is known by the port of the server proper.
                target.hostKeyAlias = "[box]:\(server.port)"
                target.port = relay.port
                let (audit, _) = await row(
                    target, credentials: server.credentials,
                    knownHosts: try KnownHosts.load(files: [server.scratch.file("known_hosts")]),
                    timeouts: .patient)
                #expect(audit.fault == nil && audit.version == "1.2.3", "\(audit)")
                #expect(audit.retriedAfter?.contains("lost") == true, "\(audit)")
            }
        }
    }

    @Test func theDeadlineCountsFromTheQuestionHowTheHostIsReached() async throws {
        // The question ends only with the test.
        let (hold, release) = AsyncStream.makeStream(of: Void.self)
        defer { release.finish() }
        let shell = HostShell.ssh(logger: .quiet) { host in
            for await _ in hold {}
            return .failure(HostFault(host: host, kind: .unreachable, why: "released"))
        }
        let audits = await shell.audit([HostID("box")], pace: AuditPace(deadline: .milliseconds(300)))
        expect(audits[0], says: ["'box'", "ssh -G gave no answer within 1 s", "Match exec", "ssh -G box"])
    }

    @Test func allHostsBehindADeadBastionNameIt() async throws {
        let front = SSHTarget(
            name: "jump", host: "127.0.0.1", port: try LocalListener.freePort(), user: "ann")
        let bastion = try SSHBastion(
            SSHRoute(target: front, credentials: .init(), knownHosts: .init(), timeouts: Self.prompt),
            logger: .quiet)
        let shell = HostShell.ssh(logger: .quiet) { host in
            .success(
                SSHRoute(
                    target: SSHTarget(name: host.rawValue, user: "core"), credentials: .init(),
                    knownHosts: .init(), timeouts: Self.prompt, passage: .through(bastion)))
        }
        let audits = await shell.audit([HostID("a"), HostID("b")], pace: AuditPace(deadline: .seconds(60)))
        #expect(audits.map { $0.bastion?.name } == ["\(front)", "\(front)"])
        #expect(
            Set(audits.map { $0.bastion?.why }).count == 1
                && audits[0].bastion?.why.contains("refused") == true)
        // A rollout's session gives the same reason.
        let fault = await #expect(throws: HostFault.self) {
            _ = try await shell.run(HostID("a"), HostCommand("true", deadline: .seconds(60)))
        }
        #expect(fault?.bastion == audits[0].bastion && fault?.trouble == .bastion)
    }

    // MARK: Keys

    @Test func aKeyThatIsNotAuthorizedIsRefused() async throws {
        try await PrivateServer.with { server in
            let other = try await server.scratch.makeKey("other")
            let (audit, _) = await row(
                server.target, credentials: SSHCredentials(identityFiles: [other]),
                knownHosts: try KnownHosts.load(files: [server.scratch.file("known_hosts")]),
                timeouts: .patient)
            expect(audit, says: ["cannot log in", "refused by the server", "authorized_keys"])
        }
    }

    @Test func aHostKeyThatIsUnknownOrAnotherIsNotTrusted() async throws {
        try await PrivateServer.with { server in
            try server.scratch.write("", to: "known_hosts")
            expect(try await row(of: server).audit, says: ["cannot trust", "vouches", "ssh-keyscan"])
            try await server.scratch.makeKey("impostor")
            try server.vouch(for: ["impostor"])
            expect(try await row(of: server).audit, says: ["cannot trust", "another key", "ssh-keygen -R"])
        }
    }

    // MARK: Behind the login

    /// The command that sshd runs in place of the audit's text, and the words in the row.
    static let shells: [(command: String, says: [String])] = [
        ("/bin/false", ["does not run POSIX sh text", "exit status 1", "login shell"]),
        ("/usr/sbin/nologin", ["does not run POSIX sh text", "currently not available", "--user"]),
        ("/nonexistent/shell", ["does not run POSIX sh text", "exit status 127"]),
        ("true", ["does not run POSIX sh text", "exit status 0"]),
        ("head -c 1000000000 /dev/zero", ["more than 262144 bytes of output", "login shell prints"]),
        ("yes", ["more than 262144 bytes of output"]),
        ("yes >&2", ["more than 262144 bytes of output"]),
        ("head -c 100000 /dev/urandom", ["does not run POSIX sh text"]),
        (
            "printf '\\n@turnstile files\\n\\n@turnstile end\\n'",
            ["cannot read os-release", "cat /etc/os-release"]
        ),
        ("kill -KILL $$", ["does not run POSIX sh text", "signal KILL"]),
        (
            "printf '\\n@turnstile files\\n/etc/os-release:ID=coreos\\n/etc/os-release:VERSION_ID=1.2.3\\n'; kill -TERM $$",
            ["cut short", "signal TERM"]
        ),
        (
            "printf '\\n@turnstile files\\n/etc/os-release:ID=coreos\\n'; exit 3",
            ["cut short", "exit status 3"]
        ),
    ]

    @Test(arguments: shells.indices) func whatIsBehindTheLoginIsNoShell(index: Int) async throws {
        let (command, says) = Self.shells[index]
        try await PrivateServer.with(["ForceCommand \(command)"]) { server in
            let (audit, time) = try await row(of: server)
            expect(audit, says: says)
            #expect(time < .seconds(60))
        }
    }

    @Test func aCommandThatHangsIsGivenUp() async throws {
        try await PrivateServer.with(["ForceCommand sleep 60"]) { server in
            let (audit, time) = try await row(of: server, deadline: .seconds(3))
            expect(audit, says: ["cannot run a command", "no answer within", "hang"])
            #expect(time >= .seconds(3) && time < .seconds(50))
        }
    }

    @Test func whatATerminalWouldObeyIsNotHandedOn() async throws {
        let answer =
            "\\n@turnstile files\\n/etc/os-release:ID=core\\033[2Jos\\n/etc/os-release:VERSION_ID=1\\2332J.2.3\\n\\n@turnstile end\\n"
        try await PrivateServer.with(["ForceCommand printf '\(answer)'"]) { server in
            let audit = try await row(of: server).audit
            #expect(audit.fault == nil && audit.distribution == "core\u{FFFD}[2Jos")
            let version = try #require(audit.version)
            #expect(!version.unicodeScalars.contains { $0.properties.generalCategory == .control })
        }
    }

    // MARK: What a whole answer came with

    @Test func theSessionsKeyAndWhatTheHostIsAsked() async throws {
        let answer =
            "\\n@turnstile files\\n/etc/os-release:ID=coreos\\n/etc/os-release:VERSION_ID=1.2.3\\n\\n@turnstile end\\n"
        try await PrivateServer.with(["ForceCommand cat >$HOME/heard; printf '\(answer)'"]) { server in
            let audit = try await row(of: server).audit
            #expect(audit.fault == nil && audit.version == "1.2.3", "\(audit)")
            let key = try await Tool.run(
                "/usr/bin/ssh-keygen", "-lf", server.scratch.file("host_ed25519.pub"))
            #expect(audit.hostKey.map { key.contains(" \($0) ") } == true, "\(audit) \(key)")
            #expect(try server.scratch.text("heard").contains("http://127.0.0.1:2379/version"))
        }
    }

    // MARK: Many

    @Test func ofManyHostsHalfAreDead() async throws {
        let silent = try SilentPort()
        let answer =
            "\\n@turnstile files\\n/etc/os-release:ID=coreos\\n/etc/os-release:VERSION_ID=1.2.3\\n\\n@turnstile end\\n"
        try await PrivateServer.with(["ForceCommand printf '\(answer)'"]) { server in
            let known = try KnownHosts.load(files: [server.scratch.file("known_hosts")])
            let hosts = (0..<160).map { HostID("h\($0)") }
            let dead = Set(hosts.enumerated().filter { $0.offset % 2 == 0 }.map(\.element))
            let timeouts = SSHTimeouts(connect: .seconds(4), handshake: .seconds(30))
            let shell = HostShell.ssh(logger: .quiet) { host in
                let target =
                    dead.contains(host)
                    ? SSHTarget(name: "127.0.0.1", port: silent.port, user: "core") : server.target
                return .success(
                    SSHRoute(
                        target: target, credentials: server.credentials, knownHosts: known,
                        timeouts: timeouts))
            }
            var audits: [HostAudit] = []
            let time = await ContinuousClock().measure {
                audits = await shell.audit(hosts, pace: AuditPace(parallel: 8, deadline: .seconds(60)))
            }
            #expect(audits.map(\.host) == hosts.map(\.rawValue))
            for (host, audit) in zip(hosts, audits) {
                #expect((audit.fault == nil) == !dead.contains(host), "\(audit)")
                #expect((audit.version == "1.2.3") == !dead.contains(host))
            }
            // The dead hosts alone would take 40 s if they were audited one after another.
            #expect(time < .seconds(40), "\(time)")
        }
    }
}

/// A port of the loopback interface that accepts no call: its queue is full, and further callers get no answer.
struct SilentPort: ~Copyable {
    private let listener: LocalListener
    private let callers: [Int32]
    let port: UInt16

    init() throws {
        listener = try LocalListener()
        port = listener.port
        _ = Glibc.listen(listener.descriptor, 0)
        let port = port
        callers = (0..<3).map { _ in LocalCall.begin(to: port, flags: SOCK_NONBLOCK) }
    }

    deinit { for caller in callers { close(caller) } }
}

import Coordinator
import Glibc
import RolloutModel
import Rollouts
import SSH
import Synchronization
import Testing

/// The whole way of an agent onto a host, over SFTP and the real scripts, into a directory that stands for `/`.
///
/// As root: files become root's own.
@Suite(.serialized, .enabled(if: getuid() == 0)) struct AgentInstallTests {
    /// An agent that says its version, as long as a real one.
    static func agent(_ version: String) -> [UInt8] {
        Array("#!/bin/sh\necho \(version)\nexit\n".utf8) + Scratch.noise(3 << 20)
    }

    struct Target {
        let server: PrivateServer
        let shell: HostShell
        let root: String
        let host = HostID("box")

        /// - Parameter shell: changed as the test needs it.
        func installer(_ shell: HostShell? = nil) -> AgentInstaller {
            AgentInstaller(shell: shell ?? self.shell, root: root)
        }

        func install(_ package: AgentPackage, _ shell: HostShell? = nil) async throws -> InstallResult {
            try #require(await installer(shell).install(package, on: [host]).first)
        }

        /// Mode and owners, and digest, of everything of ours under the root; one a line.
        func files() async throws -> String {
            try await Tool.run(
                "/bin/sh", "-c",
                """
                cd "$0" && find opt etc -type f -o -type l | sort | xargs -r stat -c '%a:%u:%g %N' && \
                find opt etc -type f | sort | xargs -r sha256sum
                """, root)
        }

        /// No upload is left behind. Another run of these tests on this machine may have one there for a moment.
        func isTidy() async throws -> Bool {
            for _ in 0..<300 {
                let rooms = try await Tool.run(
                    "/bin/sh", "-c", "ls -d /tmp/turnstile-install.* 2>/dev/null || true")
                if rooms == "" { return true }
                try await Task.sleep(for: .milliseconds(200))
            }
            return false
        }
    }

    func with(_ body: @escaping @Sendable (Target) async throws -> Void) async throws {
        try await PrivateServer.with { server in
            let root = server.scratch.file("root")
            try await Tool.run("/bin/mkdir", "-p", "\(root)/etc", "\(root)/opt")
            let route = SSHRoute(
                target: server.target, credentials: server.credentials,
                knownHosts: try KnownHosts.load(files: [server.scratch.file("known_hosts")]),
                timeouts: .patient
            )
            let shell = HostShell.ssh(logger: .quiet) { _ in .success(route) }
            try await body(Target(server: server, shell: shell, root: root))
            await shell.disconnect(HostID("box"))
        }
    }

    @Test func anAgentIsPutThereReplacedAndTakenAway() async throws {
        try await with { target in
            let first = AgentPackage(agent: Self.agent("1.0.0"), machine: nil)
            let installed = try await target.install(first)
            #expect(
                installed == InstallResult(host: target.host, outcome: .installed, version: "1.0.0"),
                "\(installed)"
            )
            let files = try await target.files()
            #expect(files.contains("755:0:0 'opt/bin/turnstile-agent'"))
            #expect(files.contains("644:0:0 'etc/systemd/system/turnstile-agent.service'"))
            #expect(files.contains(first.agentDigest) && files.contains(first.unitDigest))
            #expect(files.contains(".wants/turnstile-agent.service' -> "))

            #expect(try await target.install(first).outcome == .upToDate)
            #expect(try await target.files() == files)

            let second = AgentPackage(agent: Self.agent("1.0.1"), machine: nil)
            let replaced = try await target.install(second)
            #expect(replaced.outcome == .replaced && replaced.versionBefore == "1.0.0")
            #expect(replaced.version == "1.0.1")
            #expect(try await target.files().contains(second.agentDigest))

            let removed = await target.installer().uninstall(from: [target.host], purge: false)
            #expect(removed.map(\.outcome) == [.removed])
            #expect(try await target.files() == "")
            #expect(try await target.isTidy())
        }
    }

    /// The agent is installed only where root alone can write.
    @Test(arguments: [
        "chmod g+w $0/opt", "mkdir $0/opt/bin && chmod o+w $0/opt/bin",
        "mkdir $0/opt/bin && chown 12345 $0/opt/bin",
        "mkdir $0/elsewhere && ln -s $0/elsewhere $0/opt/bin",
        "mkdir -p $0/etc/systemd/system && chmod 777 $0/etc/systemd",
        "mkdir -p $0/var/lib/turnstile && chown 12345 $0/var/lib/turnstile",
    ])
    func nothingIsPutWhereOthersMayWrite(how: String) async throws {
        try await with { target in
            try await Tool.run("/bin/sh", "-c", how, target.root)
            let result = try await target.install(AgentPackage(agent: Self.agent("1.0.0"), machine: nil))
            #expect(result.outcome == .refused && result.remedy != nil, "\(result)")
            #expect(result.why?.contains("decides what root runs") == true, "\(result)")
            #expect(try await target.files().contains("turnstile-agent") == false)
        }
    }

    /// As the login shell of some hosts does before every command.
    @Test func aLoginShellThatGreetsIsNoHindrance() async throws {
        try await with { target in
            try target.server.scratch.write("echo Welcome to core-1, mind the gap\n", to: ".bashrc")
            let shell = try await target.shell.run(target.host, HostCommand("echo out; exit 3"))
            #expect(shell.outputText == "out\n" && shell.exitStatus == 3)
            let lines = Mutex<[String]>([])
            _ = try await target.shell.converse(target.host, HostCommand("printf 'a\\nb\\n'")) { line in
                lines.withLock { $0.append(String(decoding: line, as: UTF8.self)) }
            }
            #expect(lines.withLock { $0 } == ["a", "b"])
            let result = try await target.install(AgentPackage(agent: Self.agent("1.0.0"), machine: nil))
            #expect(result.outcome == .installed, "\(result)")
        }
    }

    @Test func whatArrivesDamagedReplacesNothing() async throws {
        try await with { target in
            _ = try await target.install(AgentPackage(agent: Self.agent("1.0.0"), machine: nil))
            let before = try await target.files()
            for spoilt in ["agent", "unit"] {
                var shell = target.shell
                let upload = shell.upload
                shell.upload = { host, bytes, path, deadline throws(HostFault) in
                    var bytes = bytes
                    if path.hasSuffix("/\(spoilt)") { bytes[bytes.count - 1] ^= 1 }
                    try await upload(host, bytes, path, deadline)
                }
                let result = try await target.install(
                    AgentPackage(agent: Self.agent("1.0.1"), machine: nil), shell)
                #expect(result.outcome == .failed && result.why?.contains("SHA-256") == true, "\(result)")
                #expect(try await target.files() == before)
                #expect(try await target.isTidy())
            }
        }
    }

    @Test func anAgentThatDoesNotRunReplacesNothing() async throws {
        try await with { target in
            _ = try await target.install(AgentPackage(agent: Self.agent("1.0.0"), machine: nil))
            let before = try await target.files()
            let lame = AgentPackage(agent: Array("#!/bin/sh\necho no >&2; exit 3\n".utf8), machine: nil)
            let result = try await target.install(lame)
            #expect(
                result.outcome == .failed && result.why?.contains("does not run on it") == true, "\(result)")
            #expect(try await target.files() == before)
        }
    }

    /// The record is read, then the upload takes its time; a verb that begins meanwhile is not run over.
    @Test func aRolloutThatBeginsMeanwhileIsNotRunOver() async throws {
        try await with { target in
            let own = "\(target.root)/var/lib/turnstile"
            try await Tool.run("/bin/mkdir", "-p", own)
            try await Tool.run(
                "/bin/sh", "-c", "echo '{\"formatVersion\":1,\"phase\":\"idle\"}' >$0/state.json", own)
            var shell = target.shell
            let upload = shell.upload
            shell.upload = { host, bytes, path, deadline throws(HostFault) in
                try await upload(host, bytes, path, deadline)
                _ = try? await Tool.run("/bin/sh", "-c", "echo '{\"phase\":\"staging\"}' >$0/state.json", own)
            }
            let package = AgentPackage(agent: Self.agent("1.0.0"), machine: nil)
            let result = try await target.install(package, shell)
            #expect(result.outcome == .failed && result.why?.contains("began something") == true, "\(result)")
            #expect(try await target.files() == "")
            // And now it is refused from the start.
            #expect(try await target.install(package).outcome == .refused)
        }
    }

    /// The session ends in the middle, as when turnstile is killed: the upload goes away without anybody's word.
    @Test func anUploadGoesAwayWithItsSession() async throws {
        try await with { target in
            let before = try await target.files()
            var shell = target.shell
            let upload = shell.upload
            shell.upload = { host, bytes, path, deadline throws(HostFault) in
                try await upload(host, bytes, path, deadline)
                await target.shell.disconnect(host)
                throw HostFault(host: host, kind: .interrupted, why: "cut")
            }
            let run = shell.run
            shell.run = { host, command throws(HostFault) in
                let text = command.text.text
                guard text.contains("sudo") || text.contains("mktemp") else {
                    throw HostFault(host: host, kind: .interrupted, why: "cut")
                }
                return try await run(host, command)
            }
            let result = try await target.install(
                AgentPackage(agent: Self.agent("1.0.0"), machine: nil), shell)
            #expect(result.outcome == .failed)
            #expect(try await target.isTidy())
            #expect(try await target.files() == before)
        }
    }

    @Test func whatIsRememberedGoesOnlyWhenAskedTo() async throws {
        try await with { target in
            let own = "\(target.root)/var/lib/turnstile"
            try await Tool.run("/bin/mkdir", "-p", own, "\(target.root)/run/turnstile")
            try await Tool.run(
                "/bin/sh", "-c", "echo '{\"formatVersion\":1,\"phase\":\"committed\"}' >$0/state.json", own)
            _ = try await target.install(AgentPackage(agent: Self.agent("1.0.0"), machine: nil))
            #expect(
                await target.installer().uninstall(from: [target.host], purge: false).map(\.outcome) == [
                    .removed
                ])
            #expect(try await Tool.run("/bin/ls", own) == "state.json\n")
            #expect(try await Tool.run("/bin/ls", "\(target.root)/run") == "")
            #expect(
                await target.installer().uninstall(from: [target.host], purge: true).map(\.outcome) == [
                    .removed
                ])
            #expect(try await Tool.run("/bin/ls", "\(target.root)/var/lib") == "")
        }
    }
}

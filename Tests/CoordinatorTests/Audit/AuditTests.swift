import Foundation
import RolloutModel
import Testing

@testable import Coordinator

@Suite struct AuditTests {
    static let output = """

        @turnstile files
        /etc/os-release:NAME=CoreOS
        /etc/os-release:ID=coreos
        /etc/os-release:VERSION_ID=1353.8.0
        /etc/machine-id:01d6eeef5996d7c4c6f929405221d47f
        /proc/sys/kernel/osrelease:4.9.24-coreos
        /proc/cmdline:BOOT_IMAGE=/coreos/vmlinuz-a mount.usr=PARTUUID=7130c94a-213a-4e5a-8e26-6cce9662f132
        /run/update-engine/coordinator.conf:NAME=locksmithd
        /run/update-engine/coordinator.conf:STRATEGY=etcd-lock
        /etc/coreos/update.conf:GROUP=beta
        /etc/coreos/update.conf:REBOOT_STRATEGY=off
        /usr/share/coreos/update.conf:GROUP=stable

        @turnstile units
        Id=update-engine.service
        LoadState=masked
        ActiveState=inactive
        UnitFileState=masked

        Id=locksmithd.service
        LoadState=loaded
        ActiveState=active
        UnitFileState=enabled

        @turnstile pending

        @turnstile rootdev
        /dev/sda3

        @turnstile partitions
               start        size    part  contents
              139264      614400       3  Label: "USR-A"
                                          Type: Alias for coreos-rootfs
                                          UUID: 7130C94A-213A-4E5A-8E26-6CCE9662F132
                                          Attr: priority=\(aPriority) tries=0 successful=1
              753664      614400       4  Label: "USR-B"
                                          Type: Alias for coreos-rootfs
                                          UUID: E03DD35C-7C2D-4A47-B3FE-27F15780A57C
                                          Attr: priority=1 tries=1 successful=0

        @turnstile user-data
        \(digest)  /var/lib/coreos-install/user_data

        @turnstile root-files
        /var/lib/turnstile/state.json:{
        /var/lib/turnstile/state.json:  "formatVersion" : 1,
        /var/lib/turnstile/state.json:  "phase" : "committed",
        /var/lib/turnstile/state.json:  "revertedFrom" : "1409.7.0"
        /var/lib/turnstile/state.json:}
        /var/lib/update_engine/prefs/previous-version:1298.5.0

        @turnstile etcd
        {"etcdserver":"3.4.23","etcdcluster":"3.4.0"}
        @turnstile-status 200 127.0.0.1 127.0.0.1
        404 page not found
        @turnstile-status 404 127.0.0.1 127.0.0.1

        @turnstile fleet
        fleetctl version 0.11.8

        @turnstile docker
        Docker version 18.06.3-ce, build d7080c1

        @turnstile agent

        @turnstile end
        """
    static let aPriority = 2
    static let digest = String(repeating: "ab", count: 32)

    private func audit(_ output: String) async throws -> HostAudit {
        let shell = ScriptedShell(output).shell
        return try #require(await shell.audit([HostID("core-1")]).first)
    }

    @Test func anEngineThatSystemdDoesNotFindIsNone() async throws {
        let output = Self.output.replacing("LoadState=masked", with: "LoadState=not-found")
        #expect(try await audit(output).engine == nil)
    }

    @Test func whatIsThereIsReadAndWhatIsNotIsAbsent() async throws {
        let audit = try await audit(Self.output)
        #expect(audit.fault == nil)
        #expect(audit.version == "1353.8.0" && audit.distribution == "coreos")
        #expect(audit.kernel == "4.9.24-coreos" && audit.fleet == "0.11.8" && audit.docker == "18.06.3-ce")
        #expect(audit.group == "beta" && audit.rebootStrategy == "off")
        #expect(audit.engine == .some(.init(isMasked: true, activeState: "inactive")))
        #expect(
            audit.locksmith
                == .some(.init(isMasked: false, activeState: "active", strategy: "etcd-lock")))
        #expect(audit.updatePending == false)
        #expect(audit.partitions?.booted == "USR-A")
        #expect(audit.partitions?.isCommitted == true && audit.partitions?.otherIsNext == false)
        #expect(audit.partitions?.attributes == "priority=2 tries=0 successful=1")
        #expect(
            audit.userData == .some(.init(path: "/var/lib/coreos-install/user_data", sha256: Self.digest)))
        #expect(audit.etcdServer == "3.4.23" && audit.etcdCluster == "3.4.0")
        #expect(audit.agentPhase == "committed" && audit.revertedFrom == "1409.7.0")
        #expect(audit.previousVersion == "1298.5.0")
        #expect(audit.agent == nil && audit.bootID == nil && audit.uptimeSeconds == nil)
    }

    private static func questions(_ url: String, _ files: [String] = []) -> [String] {
        ["url = \"\(url)/version\""] + files + ["next", "url = \"\(url)/v2/config/local/proxy\""] + files
    }

    /// An answer of another machine does not count as this host's, and a proxy has no server version of its own.
    @Test(
        arguments: [
            (to: "10.0.0.9", proxy: "404 page not found", server: nil, cluster: nil),
            (
                to: "127.0.0.1", proxy: #"{"endpoints":["http://10.0.0.9:2379"]}"#, server: nil,
                cluster: "3.4.0"
            ),
        ] as [(to: String, proxy: String, server: String?, cluster: String?)])
    func anothersEtcdIsNotTheHosts(to: String, proxy: String, server: String?, cluster: String?) throws {
        let output = Self.output.replacing("200 127.0.0.1 127.0.0.1", with: "200 127.0.0.1 \(to)")
            .replacing(
                "404 page not found\n@turnstile-status 404",
                with: "\(proxy)\n@turnstile-status \(proxy.hasPrefix("{") ? 200 : 404)")
        let audit = try HostAudit(host: HostID("a"), output: output)
        #expect(audit.etcdServer == server && audit.etcdCluster == cluster)
    }

    /// (the endpoint of a host's etcd, the configuration that its curl gets)
    @Test(arguments: [
        (
            EtcdEndpoint.usual,
            questions("http://127.0.0.1:2379") + ["next"] + questions("http://127.0.0.1:4001")
        ),
        (EtcdEndpoint(url: "http://127.0.0.1:12379"), questions("http://127.0.0.1:12379")),
        (
            EtcdEndpoint(urls: ["http://{address}:2379", "http://[::1]:2379"]),
            questions("http://address.turnstile.invalid:2379") + ["next"] + questions("http://[::1]:2379")
        ),
        (
            EtcdEndpoint(
                url: "https://127.0.0.1:2379",
                tls: .init(caFile: "/etc/ssl/e \"x\".pem", certFile: "/c.pem", keyFile: "/k.pem")),
            questions(
                "https://127.0.0.1:2379",
                ["cacert = \"/etc/ssl/e \\\"x\\\".pem\"", "cert = \"/c.pem\"", "key = \"/k.pem\""])
        ),
    ]) func etcdIsAskedWhereItIs(endpoint: EtcdEndpoint, told: [String]) throws {
        let command = try AuditQuestion(etcd: endpoint, deadline: .seconds(30)).command.get()
        let lines = String(decoding: command.input, as: UTF8.self).split(separator: "\n").map(String.init)
        let kept = ["url", "next", "cacert", "cert", "key"]
        #expect(lines.filter { kept.contains($0.split(separator: " ").first.map(String.init) ?? "") } == told)
    }

    @Test func whatCurlCannotBeToldIsSaid() async {
        let endpoint = EtcdEndpoint(url: "https://127.0.0.1:2379", tls: .init(caFile: "/a\nurl = x"))
        let audits = await ScriptedShell(Self.output).shell.audit([HostID("a")], etcd: endpoint)
        #expect(audits[0].fault?.contains("cannot ask its etcd") == true && audits[0].version == nil)
    }

    @Test func aPartitionThatIsNextIsSeen() async throws {
        let armed = Self.output.replacing("priority=2 tries=0", with: "priority=1 tries=0")
            .replacing("priority=1 tries=1", with: "priority=2 tries=1")
        let audit = try await audit(armed)
        #expect(audit.partitions?.otherIsNext == true && audit.partitions?.isCommitted == false)
    }

    @Test func aGroupWithACarriageReturnIsNamed() async throws {
        let crlf = Self.output.replacing("update.conf:GROUP=beta\n", with: "update.conf:GROUP=beta\r\n")
        let found = try await audit(crlf)
        #expect(
            found.oddSettings
                == [
                    OddSetting(
                        key: "GROUP", value: "beta\r", path: "/etc/coreos/update.conf", line: 1, meant: "beta"
                    )
                ])
        let findings = [AuditFinding].of([found]).filter { $0.kind == .oddSetting }
        #expect(
            findings.map(\.message) == [
                #"update-engine takes GROUP for ‘beta\r’, as line 1 of /etc/coreos/update.conf stands"#
                    + "; GROUP=beta, with nothing after it, is what was meant"
            ])
        #expect(try await audit(Self.output).oddSettings == nil)
    }

    @Test func whatCgptWarnsOfIsNamed() async throws {
        let warned = Self.output.replacing(
            "@turnstile partitions\n",
            with: "@turnstile partitions\n\nWARNING: one of the GPT header/entries is invalid\n")
        let found = try await audit(warned)
        #expect(found.partitions?.isCommitted == true)
        #expect(found.partitions?.warning == "WARNING: one of the GPT header/entries is invalid")
        let findings = [AuditFinding].of([found]).filter { $0.kind == .damagedTable }
        #expect(findings.first?.message.contains("cgpt repair") == true)
        #expect(findings.first?.kind.isAlarm == true)
    }

    @Test func equalPrioritiesAreNoUpdate() async throws {
        let equal = Self.output.replacing("priority=2 tries=0", with: "priority=1 tries=0")
            .replacing("priority=1 tries=1 successful=0", with: "priority=1 tries=0 successful=1")
        let found = try await audit(equal)
        // USR-A runs, and comes first in the boot order.
        #expect(found.partitions?.otherIsNext == false && found.partitions?.isCommitted == true)
        let second = try await audit(equal.replacing("/dev/sda3", with: "/dev/sda4"))
        #expect(second.partitions?.otherIsNext == true && second.partitions?.otherIsArmed == false)
        let kinds = [AuditFinding].of([second]).map(\.kind)
        #expect(kinds.contains(.otherPartitionNext) && !kinds.contains(.updatePending))
    }

    /// The lines that only root's commands print are removed.
    @Test(arguments: ["/dev/sda3", "Attr: priority"]) func withoutRootTheSlotIsKnownAndItsProofIsNot(
        missing: String
    ) async throws {
        let lines = Self.output.split(separator: "\n", omittingEmptySubsequences: false)
        let audit = try await audit(lines.filter { !$0.contains(missing) }.joined(separator: "\n"))
        #expect(audit.partitions?.booted == "USR-A")
        #expect(audit.partitions?.isCommitted == nil && audit.partitions?.attributes == nil)
    }

    /// Carriage returns of a file that was written on another system stay in their lines, and the files after it stay
    /// separate.
    @Test func carriageReturnsPartNothing() async throws {
        let audit = try await audit(
            Self.output.replacing("REBOOT_STRATEGY=off", with: "REBOOT_STRATEGY=off\r"))
        #expect(audit.group == "beta" && audit.rebootStrategy == "off" && audit.kernel != nil)
    }

    /// A host's text is never a page long and never moves a cursor, in any view.
    @Test(arguments: [
        ("1353.8.0\u{202E}x", "1353.8.0\u{FFFD}x"), ("\u{1B}[2J", "\u{FFFD}[2J"),
        ("1\u{2028}2", "1\u{FFFD}2"),
        (String(repeating: "9", count: 1000), String(repeating: "9", count: 128) + "…"),
        (String(repeating: "9", count: 128), String(repeating: "9", count: 128)), ("ä", "ä"),
    ]) func whatAHostChoseIsShortAndPlain(text: String, shown: String) async throws {
        #expect(
            try await audit(Self.output.replacing("VERSION_ID=1353.8.0", with: "VERSION_ID=\(text)")).version
                == shown)
        #expect(try await audit(Self.output.replacing("GROUP=beta", with: "GROUP=\(text)")).group == shown)
        let active = Self.output.replacing("ActiveState=active", with: "ActiveState=\(text)")
        #expect(try await audit(active).locksmith?.activeState == shown)
    }

    /// (the lines that are missing, the values that are absent then)
    @Test(
        arguments: [
            ("update.conf:", \HostAudit.group), ("osrelease:", \.kernel), ("fleetctl", \.fleet),
            ("Docker", \.docker), ("etcdserver", \.etcdServer), ("state.json", \.agentPhase),
            ("previous-version", \.previousVersion),
            ("machine-id", \.machineID), ("VERSION_ID", \.version),
        ] as [(String, any KeyPath<HostAudit, String?> & Sendable)])
    func whatIsMissingIsAbsent(missing: String, value: any KeyPath<HostAudit, String?> & Sendable)
        async throws
    {
        let lines = Self.output.split(separator: "\n", omittingEmptySubsequences: false)
        let audit = try await audit(lines.filter { !$0.contains(missing) }.joined(separator: "\n"))
        #expect(audit.fault == nil && audit[keyPath: value] == nil)
    }

    @Test(arguments: [
        "docker: command not found", "Docker version", "Docker version , build", "Docker version \u{1B}[2J",
    ]) func whatIsNoVersionIsNone(line: String) async throws {
        let output = Self.output.replacing("Docker version 18.06.3-ce, build d7080c1", with: line)
        #expect(try await audit(output).docker == nil)
    }

    @Test(arguments: [
        ("mount.usr=PARTUUID=E03DD35C-7C2D-4A47-B3FE-27F15780A57C", "USR-B"),
        ("usr=PARTUUID=7130c94a-213a-4e5a-8e26-6cce9662f132 quiet", "USR-A"),
        ("mount.usr=/dev/mapper/usr", nil), ("", nil),
    ]) func theKernelWasToldItsPartition(arguments: String, label: String?) {
        #expect(HostAudit.Partitions(kernelArguments: arguments)?.booted == label)
    }

    @Test func oneDeadHostIsOneRow() async throws {
        let shell = ScriptedShell { _ in nil }.shell
        let audits = await shell.audit([HostID("a"), HostID("b")])
        #expect(audits.map(\.host) == ["a", "b"])
        #expect(audits.allSatisfy { $0.fault == "no route to host" && $0.version == nil })
    }

    @Test(arguments: ["", "\u{0}\u{1}\u{2}", "@turnstile files\n"])
    func anEmptyAnswerIsARowWithoutAVersion(
        output: String
    ) async throws {
        let audit = await ScriptedShell(output).shell.audit([HostID("a")])[0]
        #expect(audit.version == nil)
    }

    /// The shell of this machine, whichever it is, accepts the text, and prints nothing else.
    @Test func theFragmentRunsInAPlainShell() async throws {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", AuditFragment.text.text]
        process.standardInput = FileHandle.nullDevice
        let (output, errors) = (Pipe(), Pipe())
        (process.standardOutput, process.standardError) = (output, errors)
        try process.run()
        let printed = try output.fileHandleForReading.readToEnd() ?? Data()
        let complaints = try errors.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0 && complaints.isEmpty)
        let text = String(decoding: printed, as: UTF8.self)
        for section in AuditFragment.Section.allCases {
            #expect(text.contains("\n\(AuditFragment.marker)\(section.rawValue)\n"))
        }
        let audit = try HostAudit(host: HostID("here"), output: text)
        let kernel = try String(contentsOfFile: "/proc/sys/kernel/osrelease", encoding: .utf8)
        #expect(audit.kernel.map { $0 + "\n" } == kernel)
        #expect(audit.distribution != nil && audit.bootID != nil && audit.uptimeSeconds != nil)
    }
}

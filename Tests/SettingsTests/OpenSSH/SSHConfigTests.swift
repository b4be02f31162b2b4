import Foundation
import RolloutModel
import SSH
import Synchronization
import Testing

@testable import Settings

@Suite struct SSHConfigTests {
    static let environment = ConfigurationEnvironment(
        home: "/home/ann", workingDirectory: "/here", userName: "ann",
        variables: ["SSH_AUTH_SOCK": "/run/agent", "KEYS": "/keys"])

    static func settings(
        user: String? = nil, port: UInt16? = nil, identityFiles: [String]? = nil, knownHosts: [String]? = nil,
        configFile: SSHConfigSource = .usual
    ) -> Configuration.SSHSettings {
        Configuration.SSHSettings(
            user: user, port: port, identityFiles: identityFiles, knownHosts: knownHosts,
            configFile: configFile, connectTimeout: .seconds(10))
    }

    static let printed = """
        host core-1
        user jane
        hostname 10.0.0.9
        port 2022
        identitiesonly yes
        identityfile ~/.ssh/id_rsa
        identityfile %d/keys/%h-%r
        identityfile ${KEYS}/100%%
        certificatefile ~/.ssh/%r-cert.pub
        certificatefile none
        hostkeyalias core-1.cluster
        identityagent none
        userknownhostsfile /home/ann/.ssh/known_hosts ~/.ssh/known_hosts2
        globalknownhostsfile /etc/ssh/ssh_known_hosts
        proxyjump none

        """

    static func answer(_ text: String = printed) throws(SSHConfigError) -> SSHConfigAnswer {
        try SSHConfigAnswer(parsing: text, host: "core-1")
    }

    static func destination(
        _ host: Configuration.HostAddress = .init(id: HostID("core-1")),
        settings: Configuration.SSHSettings = settings(), printed text: String = printed
    ) throws(SSHConfigError) -> SSHDestination {
        try SSHDestination(host, settings: settings, answer: answer(text), environment: environment)
    }

    @Test func whatTurnstileLeavesOpenComesFromTheSSHConfiguration() throws {
        #expect(
            try Self.destination()
                == SSHDestination(
                    host: HostID("core-1"), address: "10.0.0.9", port: 2022, user: "jane",
                    identityFiles: [
                        "/home/ann/.ssh/id_rsa", "/home/ann/keys/10.0.0.9-jane", "/keys/100%",
                    ],
                    certificateFiles: ["/home/ann/.ssh/jane-cert.pub"],
                    identitiesOnly: true, agent: .none,
                    knownHosts: [
                        "/home/ann/.ssh/known_hosts", "/home/ann/.ssh/known_hosts2",
                        "/etc/ssh/ssh_known_hosts",
                    ],
                    hostKeyAlias: "core-1.cluster"))
    }

    @Test func turnstilesOwnConfigurationCountsFirst() throws {
        let settings = Self.settings(
            user: "all", port: 1111, identityFiles: ["/key"], knownHosts: ["/known"])
        let general = try Self.destination(settings: settings)
        #expect(general.user == "all" && general.port == 1111 && general.address == "10.0.0.9")
        #expect(general.identityFiles == ["/key"] && general.knownHosts == ["/known"])
        let own = try Self.destination(
            .init(id: HostID("core-1"), address: "10.1.1.1", port: 2222, user: "own"), settings: settings)
        #expect(own.user == "own" && own.port == 2222 && own.address == "10.1.1.1")
    }

    @Test(arguments: [
        ("", SSHDestination.Agent.socket("/run/agent")),
        ("identityagent SSH_AUTH_SOCK\n", .socket("/run/agent")),
        ("identityagent none\n", .none), ("identityagent $KEYS\n", .socket("/keys")),
        ("identityagent $NOWHERE\n", .none),
        ("identityagent ~/agent.sock\n", .socket("/home/ann/agent.sock")),
        ("identityagent %d/agent\n", .socket("/home/ann/agent")),
    ])
    func theAgentIsTheOneConfigured(line: String, agent: SSHDestination.Agent) throws {
        let text = "hostname a\nport 22\nuser core\n" + line
        #expect(try Self.destination(printed: text).agent == agent)
    }

    @Test func withoutAnAgentNoneIsAsked() throws {
        var environment = Self.environment
        environment.variables = [:]
        let destination = try SSHDestination(
            .init(id: HostID("core-1")), settings: Self.settings(),
            answer: Self.answer("hostname a\nport 22\nuser core\n"), environment: environment)
        #expect(destination.agent == .none)
    }

    @Test(arguments: [
        (
            "proxycommand nc %h %z\n",
            "cannot use the ssh configuration of 'core-1': ProxyCommand is \"nc %h %z\", expected no other tokens than %% %d %h %k %n %p %r %u"
        ),
        (
            "identityfile ${NOWHERE}/key\n",
            "cannot use the ssh configuration of 'core-1': IdentityFile names the variable 'NOWHERE', which is not set"
        ),
    ])
    func whatCannotBeFollowedIsSaid(line: String, message: String) {
        let error = #expect(throws: SSHConfigError.self) {
            try Self.destination(printed: "hostname a\nport 22\nuser core\n" + line)
        }
        #expect(error?.description == message)
    }

    @Test(arguments: [
        ("identityfile ~root/k", "/root/k"), ("identityfile ~root", "/root"),
        ("identityfile ~/k", "/home/ann/k"),
        ("identityfile k/~root", "/here/k/~root"),
        ("identityfile /k/%j\nproxyjump ann@one,bob@two:22", "/k/two"), ("identityfile /k/%j", "/k/"),
        (
            "identityfile /k/%C\ncontrolpath 4f8e0550bf3371189ae207c2d5184ce91404fa01",
            "/k/4f8e0550bf3371189ae207c2d5184ce91404fa01"
        ),
    ])
    func aKeyIsWhereSSHHasIt(lines: String, path: String) throws {
        #expect(try Self.destination(printed: Self.least + lines + "\n").identityFiles == [path])
    }

    @Test func theSystemsKnownHostsMayBeInAHome() throws {
        let found = try Self.destination(
            printed: Self.least + "userknownhostsfile /a\nglobalknownhostsfile ~/b ~root/c /d%h\n")
        #expect(found.knownHosts == ["/a", "/home/ann/b", "/root/c", "/d%h"])
        let error = #expect(throws: SSHConfigError.self) {
            try Self.destination(printed: Self.least + "identityfile ~no.such.account/k\n")
        }
        #expect(error?.description.contains("IdentityFile is \"~no.such.account/k\"") == true)
    }

    // MARK: Ways to log in

    @Test(
        arguments: [
            ("", [.publicKey, .keyboardInteractive, .password]),
            ("pubkeyauthentication no", [.keyboardInteractive, .password]),
            ("pubkeyauthentication false\npasswordauthentication no", [.keyboardInteractive]),
            ("kbdinteractiveauthentication no", [.publicKey, .password]),
            ("challengeresponseauthentication no", [.publicKey, .password]),
            (
                "preferredauthentications password,gssapi-with-mic,publickey\npubkeyauthentication true",
                [.password, .publicKey]
            ),
        ] as [(String, [LoginMethod])])
    func theWaysToLogInAreThoseOfSSH(_ lines: String, _ methods: [LoginMethod]) throws {
        let destination = try Self.destination(printed: Self.least + lines + "\n")
        #expect(destination.loginMethods == methods && !destination.isBatch)
        #expect(try Self.destination(printed: Self.least + "batchmode yes\n").isBatch)
    }

    // MARK: What restricts trust

    static let least = "hostname a\nport 22\nuser core\n"

    @Test(arguments: [
        "proxyusefdpass yes\nproxycommand nc %h %p", "proxyusefdpass true\nproxycommand a",
        "preferredauthentications hostbased,gssapi-with-mic",
    ])
    func whatCannotBeSeenToIsRefusedByName(line: String) {
        let error = #expect(throws: SSHConfigError.self) {
            try Self.destination(printed: Self.least + line + "\n")
        }
        guard case .restrictionUnsupported("core-1", let setting)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(line.hasPrefix(setting.keyword.lowercased() + " "))
        #expect(error?.description.contains("'\(setting.keyword) \(setting.harmless)'") == true)
        #expect(throws: Never.self) {
            try Self.destination(
                printed: Self.least + "\(setting.keyword.lowercased()) \(setting.harmless)\n")
        }
    }

    /// No DNS vouches for keys here, and no command hands over a socket.
    @Test(arguments: [
        "verifyhostkeydns true", "verifyhostkeydns ask", "verifyhostkeydns yes", "proxyusefdpass yes",
        "proxyusefdpass yes\nproxycommand none", "proxyusefdpass yes\nproxyjump bastion",
    ])
    func whatDemandsNothingStopsNobody(lines: String) throws {
        #expect(
            try Self.destination(printed: Self.least + lines + "\n")
                == Self.destination(printed: Self.least))
    }

    @Test func whatCanBeSeenToIsHandedOn() throws {
        let found = try Self.destination(
            printed: Self.least
                + "revokedhostkeys ~/revoked%%%h\nrequiredrsasize 3072\ncheckhostip yes\nmacs hmac-sha2-512,hmac-sha1\npubkeyacceptedkeytypes ssh-ed25519\n"
        )
        #expect(found.revokedHostKeys == "/home/ann/revoked%a")
        #expect(found.rsaBitsMin == 3072 && found.checksAddress)
        #expect(
            found.algorithms
                == SSHAlgorithms([.mac: ["hmac-sha2-512", "hmac-sha1"], .userKey: ["ssh-ed25519"]]))
        #expect(try Self.destination(printed: Self.least + "revokedhostkeys none\n").revokedHostKeys == nil)
    }

    @Test(
        arguments: [
            ("", false, nil), ("stricthostkeychecking true\n", false, nil),
            ("stricthostkeychecking false\n", false, nil),
            ("stricthostkeychecking off\n", false, nil), ("stricthostkeychecking ask\n", false, nil),
            ("stricthostkeychecking accept-new\n", false, false), ("hashknownhosts yes\n", true, true),
            ("stricthostkeychecking false\n", true, false),
        ] as [(String, Bool, Bool?)])
    func newHostsAreAcceptedWhereThatIsSaid(lines: String, flag: Bool, hashes: Bool?) throws {
        var settings = Self.settings()
        settings.acceptsNewHostKeys = flag
        let found = try Self.destination(
            settings: settings,
            printed: Self.least + "userknownhostsfile /a ~/b\nglobalknownhostsfile /c\n" + lines)
        #expect(
            found.newHostKeys
                == hashes.map { SSHDestination.NewKeys(files: ["/a", "/home/ann/b"], hashesNames: $0) })
        #expect(found.knownHosts == ["/a", "/home/ann/b", "/c"])
    }

    @Test func theFlagIsNoPartOfTheDigest() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        var settings = Self.settings()
        let plain = try encoder.encode(settings)
        settings.acceptsNewHostKeys = true
        #expect(try encoder.encode(settings) == plain)
    }

    /// A list that is not ssh's own was asked for; what is weak in one that is, was not.
    @Test(arguments: [
        ("hmac-sha2-256,hmac-md5", ["hmac-sha2-256"]),
        ("hmac-md5,hmac-sha2-256", ["hmac-md5", "hmac-sha2-256"]),
        ("hmac-md5", ["hmac-md5"]),
    ])
    func whatIsWeakIsLeftOutUnlessAskedFor(list: String, left: [String]) async throws {
        let answers = Self.answers { host throws(SSHConfigError) in
            "\(Self.least)macs \(host == "localhost" ? "hmac-sha2-256,hmac-md5" : list)\n"
        }
        let destination = try await answers.destination(of: .init(id: HostID("core-1")))
        #expect(destination.algorithms == SSHAlgorithms([.mac: left]))
    }

    @Test func aLineOfTheAnswerEndsAtLFAlone() throws {
        let answer = try Self.answer(Self.least + "revokedhostkeys /a\u{2028}hostkeyalias b\r\n")
        #expect(answer.hostKeyAlias == nil && answer.revokedHostKeys == "/a\u{2028}hostkeyalias b\r")
    }

    @Test(arguments: [
        ("", "hostname is nothing, expected a host name or an address"),
        ("hostname -x\nport 22\nuser core\n", #"hostname is "-x", expected a host name or an address"#),
        ("hostname a\nport 0\nuser core\n", #"port is "0", expected a port from 1 to 65535"#),
        ("hostname a\nport 22\nuser a b\n", #"user is "a b", expected a user's name"#),
    ])
    func anAnswerThatIsNoneIsRefused(text: String, reason: String) {
        let error = #expect(throws: SSHConfigError.self) { try Self.answer(text) }
        #expect(error?.description == "cannot use the ssh configuration of 'core-1': \(reason)")
    }

    @Test func aNameThatCouldBeAnOptionIsNeverHandedOn() async {
        let answers = Self.answers { host throws(SSHConfigError) in
            Issue.record("ssh was asked about \(host)")
            return ""
        }
        await #expect(throws: SSHConfigError.nameUnsuitable(host: "-oProxyCommand=reboot")) {
            try await answers.destination(of: .init(id: HostID("-oProxyCommand=reboot")))
        }
    }

    @Test func ignoredMeansThatSSHIsNotAsked() async throws {
        let answers = Self.answers(Self.settings(configFile: .ignored)) { host throws(SSHConfigError) in
            Issue.record("ssh was asked about \(host)")
            return ""
        }
        let destination = try await answers.destination(of: .init(id: HostID("core-1")))
        #expect(destination.address == "core-1" && destination.port == 22 && destination.user == "core")
        #expect(destination.identityFiles.first == "/home/ann/.ssh/id_ed25519")
        #expect(destination.knownHosts == ["/home/ann/.ssh/known_hosts", "/etc/ssh/ssh_known_hosts"])
    }

    @Test func aMissingFileIsAnErrorAndNotAnEmptyOne() async {
        let answers = SSHConfigAnswers(
            SSHConfigLookup(
                settings: Self.settings(configFile: .file("/nonexistent/config")),
                environment: Self.environment))
        await #expect(throws: SSHConfigError.fileUnreadable(path: "/nonexistent/config")) {
            try await answers.destination(of: .init(id: HostID("core-1")))
        }
    }

    static func answers(
        _ settings: Configuration.SSHSettings = settings(), scope: SSHConfigScope? = nil,
        _ ssh: @escaping @Sendable (_ host: String) async throws(SSHConfigError) -> String
    ) -> SSHConfigAnswers {
        let lookup = SSHConfigLookup(settings: settings, environment: environment) {
            host, _, _ throws(SSHConfigError) in try await ssh(host)
        }
        return SSHConfigAnswers(lookup, scope: scope)
    }

    @Test func manyHostsThatCannotBeToldApartBeforehandAreEachAskedAboutOnce() async throws {
        let asked = Mutex<[String]>([])
        let answers = Self.answers(scope: .opaque) { host throws(SSHConfigError) in
            asked.withLock { $0.append(host) }
            if host == "h7" { throw .failed(host: host, reason: "why") }
            return "hostname \(host).example\nport 22\nuser core\n"
        }
        await withDiscardingTaskGroup { group in
            for index in (0..<40).flatMap({ [$0, $0] }) {
                group.addTask {
                    let host = Configuration.HostAddress(id: HostID("h\(index)"))
                    do throws(SSHConfigError) {
                        #expect(try await answers.destination(of: host).address == "h\(index).example")
                    } catch {
                        #expect(index == 7 && error == .failed(host: "h7", reason: "why"))
                    }
                }
            }
        }
        let names = asked.withLock { $0.sorted() }
        #expect(names == (0..<40).map { "h\($0)" }.sorted())
    }

    @Test func oneAnswerIsEnoughForHostsThatCannotBeToldApart() async throws {
        let asked = Mutex<[String]>([])
        let scope = SSHConfigScope(["Host db-*\n  Port 2022\nHost *\n  User jane\n"])
        let answers = Self.answers(scope: scope) { host throws(SSHConfigError) in
            asked.withLock { $0.append(host) }
            return "hostname \(host)\nport \(host.hasPrefix("db-") ? 2022 : 22)\nuser jane\n"
        }
        await withDiscardingTaskGroup { group in
            for index in 0..<100 {
                group.addTask {
                    let name = index % 2 == 0 ? "db-\(index)" : "web-\(index)"
                    let found = try? await answers.destination(of: .init(id: HostID(name)))
                    #expect(found?.address == name && found?.user == "jane")
                    #expect(found?.port == (index % 2 == 0 ? 2022 : 22))
                }
            }
        }
        let questions = asked.withLock { $0.count }
        #expect(questions == 2)
    }

    /// Users and ports are told where they may decide, and else cost no question.
    @Test(arguments: [
        ("Host db-*\n  User jane\n", 1), ("Match user ann\n  Port 7\n", 20), ("IdentityFile ~/%C\n", 20),
    ])
    func usersAreToldWhereTheyMayDecide(text: String, questions: Int) async throws {
        let asked = Mutex<[[String]]>([])
        let lookup = SSHConfigLookup(settings: Self.settings(), environment: Self.environment) {
            host, arguments, _ throws(SSHConfigError) in
            asked.withLock { $0.append(arguments) }
            return "hostname \(host)\nport 22\nuser jane\n"
        }
        let answers = SSHConfigAnswers(lookup, scope: SSHConfigScope([text]))
        for index in 1...20 {
            let host = Configuration.HostAddress(
                id: HostID("db-\(index)"), port: UInt16(index), user: "u\(index)")
            let found = try await answers.destination(of: host)
            #expect(found.user == "u\(index)" && found.port == UInt16(index))
        }
        let all = asked.withLock { $0 }
        #expect(all.count == questions)
        #expect(all.allSatisfy { $0.contains("-l") == (questions > 1) })
    }
}

/// With the system's own ssh.
@Suite struct SSHConfigProcessTests {
    static let configuration = """
        Host core-1
          HostName 10.0.0.9
          Port 2022
          User jane
          IdentityFile ~/keys/one
          IdentitiesOnly yes
          HostKeyAlias one
        Host inner
          ProxyJump bastion
        Host *.example
          User %u
        """

    /// Runs `body` with an ssh configuration in a directory whose name has a blank.
    ///
    /// - Parameter files: more files there; `DIR` in the configuration is their directory.
    static func with(
        _ text: String, files: [String: String] = [:], settings: Configuration.SSHSettings? = nil,
        _ body: (SSHConfigAnswers) async throws -> Void
    ) async throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "turnstile \(UUID())")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }  // The system clears what is left.
        let file = directory.appending(path: "config")
        let path = directory.path(percentEncoded: false)
        for (name, text) in files {
            try Data(text.utf8).write(to: directory.appending(path: name))
        }
        try Data(text.replacingOccurrences(of: "DIR", with: path).utf8).write(to: file)
        var settings = settings ?? SSHConfigTests.settings()
        settings.configFile = .file(file.path(percentEncoded: false))
        var environment = SSHConfigTests.environment
        environment.workingDirectory = path
        try await body(SSHConfigAnswers(SSHConfigLookup(settings: settings, environment: environment)))
    }

    /// The user and the port count before the configuration is asked, wherever they are given.
    @Test(
        arguments: [
            ("Match user core\n  RevokedHostKeys /r\n", .init(id: HostID("x")), nil),
            ("Match user jane\n  RevokedHostKeys /r\n", .init(id: HostID("x"), user: "jane"), nil),
            ("Match user jane\n  RevokedHostKeys /r\n", .init(id: HostID("x")), "jane"),
            ("Match host x user core\n  RevokedHostKeys /r\n", .init(id: HostID("x:22"), port: 22), nil),
            ("Match host x\n  User ann\nMatch user ann\n  RevokedHostKeys /r\n", .init(id: HostID("x")), nil),
        ] as [(String, Configuration.HostAddress, String?)])
    func whatIsDemandedOfAUserIsObeyed(
        text: String, host: Configuration.HostAddress, user: String?
    ) async throws {
        try await Self.with(text, settings: SSHConfigTests.settings(user: user)) { answers in
            let found = try await answers.destination(of: host)
            #expect(found.revokedHostKeys == "/r")
            let other = Configuration.HostAddress(id: HostID("y"), user: "somebody")
            let free = try await answers.destination(of: other)
            #expect(free.revokedHostKeys == nil)
        }
    }

    /// By the ssh of this machine: the digest is over user and port, too.
    @Test func aDigestInAPathIsThatOfSSH() async throws {
        let lookup = SSHConfigLookup(settings: SSHConfigTests.settings())
        let printed = try await lookup.ssh(
            "x", ["-F", "none", "-G", "-o", "ControlPath=%C", "-l", "jane", "-p", "7", "--", "x"], "")
        let digest = try #require(SSHConfigTests.answer(printed).connectionDigest)
        try await Self.with("IdentityFile /k/%C\n") { answers in
            let host = Configuration.HostAddress(id: HostID("x:7"), port: 7, user: "jane")
            let found = try await answers.destination(of: host)
            #expect(found.identityFiles == ["/k/\(digest)"])
        }
    }

    /// The table has every keyword that this machine's ssh prints.
    @Test func everyKeywordOfSSHIsInTheTable() async throws {
        let settings = """
            RevokedHostKeys /a
            KnownHostsCommand /bin/true %H
            PreferredAuthentications publickey
            CertificateFile /a
            HostKeyAlias a
            LocalCommand a
            RemoteCommand a
            SetEnv A=b
            BindAddress 192.0.2.1
            BindInterface lo
            ControlPath /a
            IgnoreUnknown a
            IdentityAgent /a
            LocalForward 1 a:2
            RemoteForward 3 b:4
            DynamicForward 5
            KbdInteractiveDevices pam
            PKCS11Provider /a
            """
        let lookup = SSHConfigLookup(settings: SSHConfigTests.settings())
        for text in ["", settings, "ProxyJump bastion", "ProxyCommand nc %h %p"] {
            let printed = try await lookup.ssh("core-1", ["-F", "/dev/stdin", "-G", "--", "core-1"], text)
            let words = printed.split(separator: "\n").compactMap {
                $0.split(separator: " ").first?.lowercased()
            }
            #expect(words.count > 50)
            #expect(Set(words).subtracting(SSHKeyword.table.keys) == [])
        }
    }

    /// By the ssh of this machine: `+` asks for what is weak.
    @Test func askingForWhatIsWeakIsHeard() async throws {
        let usual = await SSHConfigLookup(settings: SSHConfigTests.settings()).usualAlgorithms()
        #expect(usual[.keyExchange]?.isEmpty == false && usual[.userKey]?.isEmpty == false)
        try await Self.with("Host core-1\n  KexAlgorithms +diffie-hellman-group14-sha1\n  MACs ^hmac-sha1\n")
        { answers in
            let asking = try await answers.destination(of: .init(id: HostID("core-1"))).algorithms
            #expect(asking[.keyExchange]?.contains("diffie-hellman-group14-sha1") == true)
            #expect(asking[.mac]?.first == "hmac-sha1")
            let other = try await answers.destination(of: .init(id: HostID("core-2"))).algorithms
            #expect(other[.keyExchange]?.contains { $0.hasSuffix("sha1") } == false)
            // hmac-sha1 is one that ssh takes by itself: the last one.
            #expect(other[.mac]?.first != "hmac-sha1" && other[.mac]?.contains("hmac-md5") == false)
        }
    }

    @Test func aHostOfTheConfigurationIsFollowed() async throws {
        try await Self.with(Self.configuration) { lookup in
            let destination = try await lookup.destination(of: .init(id: HostID("core-1")))
            #expect(destination.address == "10.0.0.9")
            #expect(destination.port == 2022)
            #expect(destination.user == "jane")
            #expect(destination.identityFiles == ["/home/ann/keys/one"])
            #expect(destination.identitiesOnly)
            #expect(destination.hostKeyAlias == "one")
        }
    }

    @Test func anyOtherHostIsReachedAsCoreAndNotAsWhoeverRunsThis() async throws {
        try await Self.with(Self.configuration) { lookup in
            let destination = try await lookup.destination(
                of: .init(id: HostID("[fd00::1]:2222"), port: 2222))
            #expect(destination.address == "fd00::1")
            #expect(destination.port == 2222)
            #expect(destination.user == "core")
        }
    }

    /// The hosts on the way, the nearest to this machine last.
    private func way(_ destination: SSHDestination) -> [String] {
        let own = "\(destination.user)@\(destination.address):\(destination.port)"
        return switch destination.passage {
        case .direct: [own]
        case .command(let command): [own, command.text]
        case .through(let next): [own] + way(next)
        }
    }

    private static let jumps = """
        Host inner
          ProxyJump bastion
        Host deep
          ProxyJump jane@outer:2022,ssh://bastion:33,[fd00::7]
        Host bastion
          HostName 192.0.2.1
          ProxyJump outer
        Host outer
          User olga
        Host command
          HostName 10.0.0.4
          ProxyCommand nc -X connect %h %p %r %n %%
        Host behind
          ProxyJump command
        Host straight
          ProxyJump none
        Host round
          ProxyJump robin
        Host robin
          ProxyJump round
        Host odd
          ProxyJump a b
        Host many-*
          ProxyJump bastion
        Host filled
          HostName 10.0.0.5
          User fred
          Port 2200
          ProxyJump %r@%h-%p,%n-%r
        Host long-1
          ProxyJump long-2
        Host long-2
          ProxyJump long-3
        Host long-3
          ProxyJump long-4
        Host long-4
          ProxyJump long-5
        Host long-5
          ProxyJump a,b,c,d,e,f
        Host q*
          ProxyJump q%h
        Host unfilled
          ProxyJump %d
        """

    @Test(arguments: [
        // A host on the way has the name of this machine's account where nobody names another, as in ssh.
        ("inner", ["core@inner:22", "ann@192.0.2.1:22", "olga@outer:22"]),
        // A host's own ProxyJump is replaced by the hosts in front of it.
        ("deep", ["core@deep:22", "ann@fd00::7:22", "ann@192.0.2.1:33", "jane@outer:2022"]),
        ("command", ["core@10.0.0.4:22", "nc -X connect 10.0.0.4 22 core command %"]),
        ("behind", ["core@behind:22", "ann@10.0.0.4:22", "nc -X connect 10.0.0.4 22 ann command %"]),
        ("straight", ["core@straight:22"]),
        ("many-2", ["core@many-2:22", "ann@192.0.2.1:22", "olga@outer:22"]),
        ("filled", ["fred@10.0.0.5:2200", "ann@filled-fred:22", "fred@10.0.0.5-2200:22"]),
        // Ten hosts are no circle.
        (
            "long-1",
            ["core@long-1:22"]
                + ["long-2", "long-3", "long-4", "long-5", "f", "e", "d", "c", "b", "a"].map {
                    "ann@\($0):22"
                }
        ),
    ])
    func theWayIsThatOfSSH(_ host: String, _ expected: [String]) async throws {
        try await Self.with(Self.jumps) { lookup in
            let destination = try await lookup.destination(of: .init(id: HostID(host)))
            #expect(way(destination) == expected)
        }
    }

    /// ssh reads its configuration twice for a `Match final`, and takes there what nobody has said before.
    @Test(arguments: [
        (
            "Host x\n  HostName 10.0.0.1\nMatch final host 10.0.0.1\n  User jane\n  Port 2201\n",
            "jane@10.0.0.1:2201"
        ),
        ("Host x\n  HostName 10.0.0.1\n  User ann\nMatch final\n  User jane\n", "ann@10.0.0.1:22"),
        ("Match host=x !final\n  Port 7\n", "core@x:7"),
        ("CanonicalizeHostname yes\nHost x\n  Port 7\n", "core@x:7"),
        ("Match final host y\n  User jane\n", "core@x:22"),
        ("Include \"DIR/*.conf\"\nHost x\n  HostName 10.0.0.1\n", "jane@10.0.0.1:2201"),
        ("Host x\n  HostName 10.0.0.1\nInclude \"DIR/f*\" \"DIR/no such\"\n", "core@10.0.0.1:22"),
        ("Include 'DIR/final.conf'\nHost x\n  HostName 10.0.0.1\n  User ann\n", "ann@10.0.0.1:2201"),
        ("Match final user core\n  Port 7\n", "core@x:7"),
    ])
    func whatSSHReadsTwiceIsReadTwice(_ text: String, _ expected: String) async throws {
        let files = ["final.conf": "Match final host 10.0.0.1\n  User jane\n  Port 2201\n"]
        try await Self.with(text, files: files) { lookup in
            let destination = try await lookup.destination(of: .init(id: HostID("x")))
            #expect(way(destination) == [expected])
        }
    }

    /// An inventory's options have ssh read twice, too, and name another configuration.
    @Test(arguments: [
        ("-o CanonicalizeHostname=yes", "Match canonical\n  User jane\n", "jane@x:22"),
        ("-o CanonicalizeHostname=no", "Match canonical\n  User jane\n", "core@x:22"),
        ("-F other", "User jane\n", "olga@x:2022"), ("-F none -p 7", "User jane\n", "core@x:7"),
        ("-o Port=8 -F other", "", "olga@x:8"),
    ])
    func theOptionsOfAHostMeanToSSHWhatTheySay(
        _ options: String, _ text: String, _ expected: String
    ) async throws {
        try await Self.with(text, files: ["other": "Host *\n  Port 2022\n  User olga\n"]) { answers in
            let host = Configuration.HostAddress(id: HostID("x"), sshOptions: SSHOptions(options))
            let found = try await answers.destination(of: host)
            #expect(way(found) == [expected])
            let plain = try await answers.destination(of: .init(id: HostID("y")))
            #expect(plain.port == 22)
        }
    }

    /// ssh hands its `-F` on to the hosts on the way.
    @Test func theWayIsReadFromTheSameFile() async throws {
        let other = "Host x\n  ProxyJump bastion\nHost bastion\n  User olga\n  Port 2022\n"
        try await Self.with("Host bastion\n  User ann\n", files: ["other": other]) { answers in
            let host = Configuration.HostAddress(id: HostID("x"), sshOptions: SSHOptions("-F other"))
            let found = try await answers.destination(of: host)
            #expect(way(found) == ["core@x:22", "olga@bastion:2022"])
            let lost = Configuration.HostAddress(id: HostID("x"), sshOptions: SSHOptions("-F missing"))
            let error = await #expect(throws: SSHConfigError.self) {
                try await answers.destination(of: lost)
            }
            #expect(error?.description.contains("missing' (-F), which cannot be read") == true)
        }
    }

    @Test func aWayWithoutEndIsRefused() async throws {
        try await Self.with(Self.jumps) { lookup in
            await #expect(throws: SSHConfigError.jumpLoop(host: "round", through: ["robin", "round"])) {
                try await lookup.destination(of: .init(id: HostID("round")))
            }
        }
    }

    @Test func aWayThatNamesNewHostsForEverIsRefused() async throws {
        try await Self.with(Self.jumps) { lookup in
            await #expect(throws: SSHConfigError.jumpsTooMany(host: "q", max: 32)) {
                try await lookup.destination(of: .init(id: HostID("q")))
            }
            await #expect(throws: SSHConfigError.jumpUnreadable(host: "unfilled", value: "%d")) {
                try await lookup.destination(of: .init(id: HostID("unfilled")))
            }
        }
    }

    @Test func pathsWithBlanksStayWhole() async throws {
        let text = """
            Host x
              UserKnownHostsFile "/a  b/known hosts" ~/other "~/my hosts" /last
              GlobalKnownHostsFile "/etc/all hosts"
              BindInterface lo
            """
        try await Self.with(text) { lookup in
            let destination = try await lookup.destination(of: .init(id: HostID("x")))
            let home = destination.knownHosts[1].dropLast("/other".count)
            #expect(
                destination.knownHosts == [
                    "/a  b/known hosts", "\(home)/other", "\(home)/my hosts", "/last", "/etc/all hosts",
                ])
            #expect(destination.origin == SSHOrigin(interface: "lo"))
        }
    }

    @Test(arguments: ["jane;reboot", "$(reboot)", "-oProxyCommand=x", "a b"])
    func aProxyCommandIsFilledInWithWordsAlone(_ user: String) async throws {
        try await Self.with("Host x\n  User \"\(user)\"\n  ProxyCommand nc %h %p %r\n") { lookup in
            await #expect(throws: SSHConfigError.self) {
                try await lookup.destination(of: .init(id: HostID("x")))
            }
        }
    }

    @Test func aBrokenConfigurationIsSaidAsSSHSaysIt() async throws {
        try await Self.with("Hots x\n") { lookup in
            let error = await #expect(throws: SSHConfigError.self) {
                try await lookup.destination(of: .init(id: HostID("core-1")))
            }
            guard case .failed("core-1", let reason) = error else {
                Issue.record("\(String(describing: error)) is not ssh's refusal")
                return
            }
            #expect(reason.contains("bad configuration options"))
        }
    }
}

import RolloutModel
import Rollouts
import Testing

@testable import Coordinator

/// A host is asked only at an address of its own etcd.
@Suite struct OwnEtcdTests {
    let host = HostID("core-1")

    /// A host at 10.0.0.1 and fd00::1. `etcds` has, by URL, the address of the machine that answers and its member.
    func access(
        _ endpoint: EtcdEndpoint, _ etcds: [String: (to: String, member: String)], connection: String = ""
    ) -> (HostAccess, ScriptedShell) {
        let answers = etcds.reduce(into: [String: (Int, String)]()) { all, etcd in
            all.merge(HostReadingTests.member(etcd.value.member, at: etcd.key)) { $1 }
        }
        let scripted = ScriptedShell { command in
            guard !command.input.isEmpty else {
                let isAddress = command.text.text.contains("SSH_CONNECTION")
                return HostCommandResult(
                    output: Array((isAddress ? connection + "\n" : "enabled\n").utf8), exitStatus: 0)
            }
            let text = HostReadingTests.urls(command).map { url in
                guard let (status, body) = answers[url],
                    let to = etcds.first(where: { url.hasPrefix($0.key + "/") })?.value.to
                else { return "\n@turnstile-status 000  \n" }
                let from = to.hasPrefix("127.") ? "127.0.0.1" : to.contains(":") ? "fd00::1" : "10.0.0.1"
                return "\(body)\n@turnstile-status \(status) \(from) \(to)\n"
            }
            return HostCommandResult(output: Array(text.joined().utf8), exitStatus: 0)
        }
        return (.live(shell: scripted.shell, etcd: endpoint), scripted)
    }

    /// An endpoint and who is there; the member whose seat it is, or none where that is refused.
    static let endpoints: [(urls: [String], etcds: [String: (to: String, member: String)], seat: String?)] = [
        (["http://10.0.0.1:2379"], ["http://10.0.0.1:2379": ("10.0.0.1", "a1")], "a1"),
        (["http://127.0.0.1:2379"], ["http://127.0.0.1:2379": ("127.0.0.1", "a1")], "a1"),
        (["http://127.0.1.1:2379"], ["http://127.0.1.1:2379": ("127.0.1.1", "a1")], "a1"),
        (["http://[fd00::1]:2379"], ["http://[fd00::1]:2379": ("fd00::1", "a1")], "a1"),
        (["http://10.0.0.2:2379"], ["http://10.0.0.2:2379": ("10.0.0.2", "b2")], nil),
        (["http://etcd.example:2379"], ["http://etcd.example:2379": ("10.0.0.9", "b2")], nil),
        (["http://[fd00::2]:2379"], ["http://[fd00::2]:2379": ("fd00::2", "b2")], nil),
        // The first that is its own.
        (
            ["http://10.0.0.2:2379", "http://10.0.0.1:2379"],
            ["http://10.0.0.2:2379": ("10.0.0.2", "b2"), "http://10.0.0.1:2379": ("10.0.0.1", "a1")], "a1"
        ),
        (
            ["http://127.0.0.1:2379", "http://10.0.0.1:2379"], ["http://10.0.0.1:2379": ("10.0.0.1", "a1")],
            "a1"
        ),
        (
            ["http://10.0.0.2:2379", "http://10.0.0.3:2379"], ["http://10.0.0.3:2379": ("10.0.0.3", "c3")],
            nil
        ),
    ]

    @Test(arguments: endpoints) func anEtcdElsewhereIsNotTheHosts(
        urls: [String], etcds: [String: (to: String, member: String)], seat: String?
    ) async throws {
        let (access, _) = access(EtcdEndpoint(urls: urls), etcds)
        guard let seat else {
            await #expect {
                try await access.seat(host)
            } throws: {
                let why = ($0 as? HostFault)?.why ?? ""
                return why.contains("is not on 'core-1'") && why.contains("http://{address}:2379")
            }
            await #expect(throws: HostFault.self) { try await access.etcd(host) }
            await #expect(throws: HostFault.self) { try await access.moveLeader(host) }
            return
        }
        #expect(try await access.seat(host) == .member(EtcdMemberID(seat), server: "3.4.23"))
    }

    @Test(arguments: [
        ("10.9.9.9 50000 10.0.0.1 22", "http://10.0.0.1:2379"),
        ("fd00::9 50000 fd00::1 22", "http://[fd00::1]:2379"),
        ("fe80::9%eth0 5 fe80::1%eth0 22", "http://[fe80::1%25eth0]:2379"),
    ]) func aPlaceForTheAddressIsTheHostsOwn(connection: String, url: String) async throws {
        let (access, scripted) = access(
            EtcdEndpoint(url: "http://{address}:2379"), [:], connection: connection)
        _ = try? await access.seat(host)
        let asked = scripted.commands.flatMap(HostReadingTests.urls)
        #expect(!asked.isEmpty && asked.allSatisfy { $0.hasPrefix(url + "/") }, "\(asked)")
    }

    @Test(arguments: ["", "a b c d", "10.0.0.9 1 10.0.0.1;reboot 22", "1 2 3", "10.0.0.9 1 fe80::1%a\"b 22"])
    func anAddressThatIsNotToldIsNotGuessed(connection: String) async {
        let (access, scripted) = access(
            EtcdEndpoint(url: "http://{address}:2379"), [:], connection: connection)
        await #expect {
            try await access.seat(host)
        } throws: { ($0 as? HostFault)?.why.contains("SSH_CONNECTION") == true }
        #expect(scripted.commands.count == 1)
    }

    // MARK: Who asks

    @Test func credentialsAreForTheOwnEtcdAlone() async throws {
        let list =
            #"{"members":[{"id":"a1","name":"m1","clientURLs":["http://10.0.0.1:2379"]},"#
            + #"{"id":"b2","name":"m2","clientURLs":["http://10.0.0.2:2379"]}]}"#
        var answers = HostReadingTests.all(
            HostReadingTests.member("a1", at: HostReadingTests.own),
            HostReadingTests.member("b2", at: "http://10.0.0.2:2379"))
        answers[HostReadingTests.own + "/v2/members"] = (200, list)
        answers[HostReadingTests.own + "/v3/auth/authenticate"] = (200, #"{"token":"tok.7"}"#)
        let scripted = HostReadingTests.curl(answers)
        let credentials = try #require(EtcdCredentials(file: "/x", text: "root:p\"w:\\d\n"))
        let endpoint = EtcdEndpoint(url: HostReadingTests.own, credentials: credentials)
        _ = try await HostAccess.live(shell: scripted.shell, etcd: endpoint).etcd(host)
        for command in scripted.commands {
            #expect(!command.text.text.contains("root"))
            for stanza in String(decoding: command.input, as: UTF8.self).split(separator: "next\n") {
                let isOwn = stanza.contains("url = \"\(HostReadingTests.own)/")
                let isGateway = stanza.contains("\ndata = ")
                let isLogin = stanza.contains("/auth/authenticate")
                #expect(stanza.contains(#"user = "root:p\"w:\\d""#) == (isOwn && !isGateway), "\(stanza)")
                let header = #"header = "Authorization: tok.7""#
                #expect(stanza.contains(header) == (isOwn && isGateway && !isLogin), "\(stanza)")
                #expect(isLogin || !stanza.contains("password"), "\(stanza)")
            }
        }
    }

    @Test func whoeverPrintsCredentialsSeesTheFile() throws {
        let credentials = try #require(EtcdCredentials(file: "/x", text: "root:secret"))
        var dumped = ""
        dump(EtcdEndpoint(url: "http://127.0.0.1:2379", credentials: credentials), to: &dumped)
        #expect("\(credentials)" == "/x" && !dumped.contains("secret") && dumped.contains("/x"))
    }

    @Test(arguments: ["", "root", "root:", ":pw", "root:a\nroot:b", "ro\u{1b}ot:x"])
    func whatIsNoUserAndPasswordIsNone(text: String) {
        #expect(EtcdCredentials(file: "/x", text: text) == nil)
    }

    /// By path: what etcd says to somebody it does not know.
    static let refusals: [(Int, String)] = [
        (401, #"{"message":"Insufficient credentials"}"#), (403, "forbidden"),
        (400, #"{"error":"etcdserver: user name is empty","code":3}"#),
        (401, #"{"error":"etcdserver: invalid auth token","code":16}"#),
    ]

    @Test(arguments: refusals) func whoIsNotKnownIsToldSo(status: Int, body: String) async {
        let own = HostReadingTests.own
        let paths = [
            "/v2/members", "/v3/cluster/member/list", "/v3/kv/range", "/v2/keys/turnstile/lock?quorum=true",
        ]
        var answers = paths.reduce(into: [String: (Int, String)]()) { $0[own + $1] = (status, body) }
        answers[own + "/version"] = (200, #"{"etcdserver":"3.5.1","etcdcluster":"3.5.0"}"#)
        let shell = HostReadingTests.curl(answers).shell
        await #expect {
            try await HostAccess.live(shell: shell, etcd: .usual).etcd(host)
        } throws: { ($0 as? HostFault)?.why.contains("gates.etcd.credentials") == true }
        await #expect {
            try await LockStore.etcd(shell: shell, hosts: [host], endpoint: .usual).read()
        } throws: { ($0 as? LockFault)?.why.contains("gates.etcd.credentials") == true }
    }
}

import RolloutModel
import Testing

@testable import Settings

@Suite struct HostListTests {
    typealias Written = (text: String, id: String, name: String, port: UInt16?, user: String?)

    static let written: [Written] = [
        ("core-1", "core-1", "core-1", nil, nil),
        ("core@core-1", "core-1", "core-1", nil, "core"),
        ("core@10.0.0.1:2222", "10.0.0.1:2222", "10.0.0.1", 2222, "core"),
        ("[fd00::1]:22", "[fd00::1]:22", "fd00::1", 22, nil),
        ("[fd00::1]", "fd00::1", "fd00::1", nil, nil),
        ("fd00::1", "fd00::1", "fd00::1", nil, nil),
        ("core@fe80::1%eth0", "fe80::1%eth0", "fe80::1%eth0", nil, "core"),
        ("a_b.example.", "a_b.example.", "a_b.example.", nil, nil),
    ]

    @Test(arguments: written) func aHostIsReadAsPeopleWriteIt(written: Written) throws {
        let host = Configuration.HostAddress(try #require(HostSpecification(written.text)))
        #expect(host.id.rawValue == written.id)
        #expect(host.name == written.name)
        #expect(host.port == written.port)
        #expect(host.user == written.user)
        #expect(host.address == nil)
    }

    @Test(arguments: [
        "", "-l", "core@", "@core-1", "core@-l", "-l@core-1", "a b", "a:b", "a:0", "a:65536", "a:+1",
        "[fd00::1", "[fd00::1]x",
        "[]:22", "a/b", "a;reboot", "$(x)", "a\nb", "é", "a:",
    ])
    func anythingElseIsNoHost(text: String) {
        #expect(HostSpecification(text) == nil)
    }

    @Test func aHostsFileHasOneHostALine() throws {
        let hosts = try HostList.read(
            lines: """
                # the cluster
                core-1

                  core@10.0.0.2:2222   # second\r
                core-3#third
                """, file: "hosts")
        #expect(hosts.map(\.id.rawValue) == ["core-1", "10.0.0.2:2222", "core-3"])
        #expect(hosts.map(\.user) == [nil, "core", nil])
    }

    @Test(arguments: [
        (
            "core-1\ncore 2\n",
            #"hosts:2: found "core 2", expected a host such as core-1, core@10.0.0.1:2222 or [fd00::1]:22"#
        ),
        ("core-1\n\ncore-1\n", "hosts:3: host 'core-1' is named twice, first on line 1"),
        (
            "# nobody\n",
            "hosts: there are no hosts. Name them as arguments, under 'hosts' in turnstile.yaml, or with --hosts-file"
        ),
        (
            "-x\n-y\n",
            """
            2 problems in the configuration:
              - hosts:1: found "-x", expected a host such as core-1, core@10.0.0.1:2222 or [fd00::1]:22
              - hosts:2: found "-y", expected a host such as core-1, core@10.0.0.1:2222 or [fd00::1]:22
            """
        ),
    ])
    func aMistakeIsNamed(text: String, message: String) {
        let error = #expect(throws: ConfigurationError.self) { try HostList.read(lines: text, file: "hosts") }
        #expect(error?.description == message)
    }
}

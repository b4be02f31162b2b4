import RolloutModel
import Rollouts
import Testing

@testable import Coordinator

@Suite struct HostDiscoveryTests {
    private func discovery(_ output: String, exitStatus: Int32 = 0) -> HostDiscovery {
        HostDiscovery(
            shell: ScriptedShell(output, errors: "no fleet here", exitStatus: exitStatus).shell,
            etcdEndpoint: EtcdEndpoint(url: "http://127.0.0.1:2379"))
    }

    @Test func fleetNamesItsMachines() async throws {
        let machines = try await discovery("aaaa\t10.0.0.1\trole=web\nbbbb\t-\t-\n").machines(
            seenBy: HostID("core-1"))
        #expect(machines == [.init(name: "aaaa", address: "10.0.0.1"), .init(name: "bbbb", address: nil)])
    }

    /// Machines that publish the loopback are nobody's to reach.
    @Test func aMachineAtTheLoopbackHasNoAddress() async throws {
        let machines = try await discovery(
            "384fe667aaaaaaaaaaaaaaaaaaaaaaaa\t172.17.8.102\tsecure_registry=true\n"
                + "976365a1bbbbbbbbbbbbbbbbbbbbbbbb\t127.0.0.1\tsecure_registry=true\n"
        ).machines(seenBy: HostID("core-1"))
        #expect(
            machines == [
                .init(name: "384fe667aaaaaaaaaaaaaaaaaaaaaaaa", address: "172.17.8.102"),
                .init(name: "976365a1bbbbbbbbbbbbbbbbbbbbbbbb", address: nil, ownAddress: "127.0.0.1"),
            ])
    }

    @Test(arguments: [
        ("127.0.0.1", true), ("127.8.9.10", true), ("127.1", true), ("0x7f000001", true),
        ("2130706433", true),
        ("0.0.0.0", true), ("0", true), ("localhost", true), ("LocalHost.", true), ("a.localhost", true),
        ("localhost.localdomain", true), ("::1", true), ("::", true), ("0:0:0:0:0:0:0:1", true),
        ("::1%lo", true), ("::ffff:127.0.0.1", true), ("::ffff:7f00:1", true), ("172.17.8.102", false),
        ("10.0.0.127", false), ("128.0.0.1", false), ("fd00::1", false), ("fe80::1%eth0", false),
        ("::ffff:10.0.0.1", false), ("core-1", false), ("localhosts", false), ("mylocalhost", false),
        ("127.example", false), ("", false),
    ]) func whereEveryMachineFindsItself(place: String, isOwn: Bool) {
        #expect(HostDiscovery.isOwn(place) == isOwn)
    }

    @Test func whyFleetDoesNotAnswerIsSaid() async throws {
        let fault = await #expect(throws: HostFault.self) {
            try await discovery("", exitStatus: 1).machines(seenBy: HostID("core-1"))
        }
        #expect(fault?.why.contains("no fleet here") == true)
    }

    @Test func etcdsMembersAreWhereTheyServe() async throws {
        let v2 = """
            {"members":[\
            {"id":"1","name":"a","peerURLs":["http://10.0.0.1:2380"],"clientURLs":["http://127.0.0.1:2379","http://10.0.0.1:2379"]},\
            {"id":"2","name":"","peerURLs":["http://[fd00::2]:2380"],"clientURLs":[]},\
            {"id":"3","name":"c","peerURLs":["http://localhost:2380"],"clientURLs":["http://0.0.0.0:2379"]}]}
            """
        let silence = "\n@turnstile-status 404 ::1 ::1\n"
        let answers =
            silence + silence + "\(v2)\n@turnstile-status 200 ::1 ::1\n"
            + String(repeating: silence, count: EtcdSighting.requestCount)
        let members = try await discovery(answers).members(seenBy: HostID("core-1"))
        #expect(
            members == [
                .init(name: "a", address: "10.0.0.1"), .init(name: "2", address: "fd00::2"),
                .init(name: "c", address: nil, ownAddress: "0.0.0.0"),
            ])
    }

    @Test(arguments: [
        ("http://core-1.example:2379", "core-1.example"), ("https://10.0.0.1:2379/", "10.0.0.1"),
        ("http://[fd00::1]:2379", "fd00::1"), ("http://[::1]:2379", nil), ("http://127.0.0.2:1", nil),
        ("http://localhost:2379", nil), ("unix://etcd", nil), ("", nil), ("10.0.0.1", nil),
    ]) func theHostOfAnAddress(url: String, host: String?) {
        #expect(HostDiscovery.address(url) == host)
    }
}

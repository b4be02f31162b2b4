import Coordinator
import RolloutModel
import Rollouts
import Testing

@testable import Reports
@testable import Settings
@testable import TurnstileCommands

@Suite struct ClusterDiscoveryTests {
    typealias Address = Configuration.HostAddress

    static let discovery = ClusterDiscovery(source: .fleet, seed: "core-1")
    static let seed = Address(id: HostID("core-1"), port: 2222, user: "ann")

    @Test func hostsAreReachedAsConfiguredElseAsTheSeed() throws {
        let known = [
            Address(id: HostID("core-2"), address: "10.0.0.2", user: "core"), Address(id: HostID("10.0.0.3")),
        ]
        let found = ["10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.1", "fd00::4"].map {
            HostDiscovery.Found(name: "machine", address: $0)
        }
        #expect(
            try Self.discovery.addresses(of: .success(found), seed: Self.seed, known: known).hosts == [
                Address(id: HostID("10.0.0.1"), port: 2222, user: "ann"), known[0], known[1],
                Address(id: HostID("fd00::4"), port: 2222, user: "ann"),
            ])
    }

    /// Also where the configuration has a host there: a tunnel, say.
    @Test func oneThatIsWhereEverybodyIsIsNamedAndLeftOut() throws {
        let known = [Address(id: HostID("tunnel"), address: "127.0.0.1", port: 2201)]
        let found = [
            HostDiscovery.Found(name: "384fe667", address: "172.17.8.102"),
            HostDiscovery.Found(name: "976365a1", address: nil, ownAddress: "127.0.0.1"),
        ]
        let (hosts, leftOut) = try Self.discovery.addresses(
            of: .success(found), seed: Self.seed, known: known)
        #expect(hosts.map(\.id) == [HostID("172.17.8.102")])
        #expect(leftOut.count == 1)
        #expect(leftOut[0].hasPrefix("fleet lists \"976365a1\" at \"127.0.0.1\""), "\(leftOut)")
        let failure = #expect(throws: CommandFailure.self) {
            try Self.discovery.addresses(of: .success([found[1]]), seed: Self.seed, known: known)
        }
        #expect(failure?.message == leftOut[0])
    }

    typealias Found = Result<[HostDiscovery.Found], HostFault>

    @Test(
        arguments: [
            (
                .failure(HostFault(host: HostID("core-1"), kind: .unreachable, why: "no route to host")),
                "cannot ask fleet for its hosts through 'core-1': no route to host"
            ),
            (.success([]), "fleet knows of no host, as 'core-1' sees it"),
            (
                .success([.init(name: "5597b284", address: nil)]),
                "fleet says of \"5597b284\" that it has no address."
            ),
            (
                .success([.init(name: "m", address: "-oProxyCommand=x")]),
                "fleet says of \"m\" that it has the address \"-oProxyCommand=x\"."
            ),
            (
                .success([.init(name: "m", address: "root@10.0.0.1")]),
                "fleet says of \"m\" that it has the address"
            ),
        ] as [(Found, String)]) func whatIsNotToldIsAFailure(found: Found, message: String)
    {
        let failure = #expect(throws: CommandFailure.self) {
            try Self.discovery.addresses(of: found, seed: Self.seed, known: [])
        }
        #expect(failure?.code == .failed)
        #expect(failure?.message.hasPrefix(message) == true, "\(failure?.message ?? "")")
    }
}

import Coordinator
import Driving
import RolloutModel
import SSH
import Testing

/// Where a connection comes from, to which kind of address it goes, and a server that drops callers.
@Suite(.serialized) struct OriginTests {
    @Test(
        arguments: [
            (SSHOrigin(family: .inet), nil), (SSHOrigin(family: .any, address: "127.0.0.1"), nil),
            (SSHOrigin(address: "192.0.2.7"), "BindAddress '192.0.2.7': "),
            (SSHOrigin(address: "box.example"), "BindAddress 'box.example' is no address"),
            (SSHOrigin(family: .inet6), "cannot resolve the name"),
        ] as [(SSHOrigin, String?)])
    func anOriginIsObeyed(_ origin: SSHOrigin, _ refusal: String?) async throws {
        try await PrivateServer.with { server in
            var route = try server.route()
            route.origin = origin
            do throws(SSHError) {
                let connection = try await SSHConnection.open(route, logger: .quiet)
                await connection.close()
                #expect(refusal == nil)
            } catch {
                #expect(refusal.map { "\(error)".contains($0) } == true, "\(error)")
            }
        }
    }

    /// As sshd does when too many callers have not logged in yet.
    @Test func aServerThatDropsACallIsCalledAgain() async throws {
        try await PrivateServer.with { server in
            try await RelayAfterTheFirst.with(server.port) { relay in
                var route = try server.route()
                // The key is known by the port of the server proper.
                route.target.hostKeyAlias = "[box]:\(server.port)"
                route.target.port = relay.port
                let known = route
                let shell = HostShell.ssh(logger: .quiet) { _ in .success(known) }
                let result = try await shell.run(HostID("box"), HostCommand("echo there"))
                #expect(result.outputText == "there\n")
                await shell.disconnect(HostID("box"))
            }
        }
    }
}

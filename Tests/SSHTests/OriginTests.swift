import SSH
import Testing

/// The address that a connection comes from, and the kind of address it goes to.
@Suite(.serialized) struct OriginTests {
    @Test(
        arguments: [
            (SSHOrigin(family: .inet), nil), (SSHOrigin(family: .any, address: "127.0.0.1"), nil),
            (SSHOrigin(address: "192.0.2.7"), "BindAddress '192.0.2.7': "),
            (SSHOrigin(address: "box.example"), "BindAddress 'box.example' is no address"),
            (SSHOrigin(interface: "lo"), nil),
            (
                SSHOrigin(interface: "none0"),
                "BindInterface 'none0' has no address, or is not up, for 127.0.0.1"
            ),
            // The address counts first, as in ssh.
            (SSHOrigin(address: "127.0.0.1", interface: "none0"), nil),
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
}

import Coordinator
import RolloutModel
import Rollouts
import Settings

/// Sessions with a cluster's hosts, for a command about the platform.
struct PlatformSession {
    let configuration: Configuration
    let hosts: [HostID]
    let shell: HostShell
    let reading: PlatformReading

    /// - Throws: `CommandFailure` where the configuration names no host.
    static func open(
        _ configuration: Configuration, controller: PlatformReading.ControllerPlace?
    ) throws -> PlatformSession {
        let hosts = try configuration.namedHosts
        Interruptions.outliveReaders()
        let shell = HostShell.open(configuration)
        var reading = PlatformReading(
            shell: shell, hosts: hosts, etcd: configuration.gates.etcdEndpoint,
            now: RolloutClock.live().now)
        reading.controller = controller
        return PlatformSession(configuration: configuration, hosts: hosts, shell: shell, reading: reading)
    }

    func close() async {
        for host in hosts { await shell.disconnect(host) }
    }

    /// Runs a body with sessions, which are closed after it whatever it does, and with a living line meanwhile.
    static func with<Value>(
        _ configuration: Configuration, controller: PlatformReading.ControllerPlace?,
        _ body: (PlatformSession) async throws -> Value
    ) async throws -> Value {
        let session = try open(configuration, controller: controller)
        return try await CheckupProgress.asking("about the platform", of: session.hosts.count) {
            do {
                let value = try await body(session)
                await session.close()
                return value
            } catch {
                await session.close()
                throw error
            }
        }
    }
}

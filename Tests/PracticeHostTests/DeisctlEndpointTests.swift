import Synchronization
import Testing

@testable import PracticeHost

/// deisctl and an etcd that does not answer, or has no leader. deisctl's patience is shortened here.
@Suite struct DeisctlEndpointTests {
    /// A port of the loopback address at which nobody listens.
    private static let dead = DeisctlEndpoint("http://127.0.0.1:9")

    @Test func aDeadEndpointIsAskedAgainAndTold() throws {
        let entry = try #require(
            DeisCapture("deisctl-1.13.4-failures").entries
                .first { $0.command == "deisctl --endpoint=http://127.0.0.1:9 list" })
        let errors = Mutex("")
        let client = FleetClient(
            endpoint: Self.dead, requestTime: .milliseconds(250), pause: .zero,
            console: DeisctlConsole(out: { _ in }, err: { text in errors.withLock { $0 += text } }))

        #expect(throws: DeisctlError.timeoutReached) { try client.fleet.states() }
        let told = errors.withLock { $0 }
        #expect(told.split(separator: "\n").count >= 4)
        #expect(entry.err.hasPrefix(told))
    }

    @Test func aConfigurationIsAskedForTwice() throws {
        let entry = try #require(
            DeisCapture("deisctl-1.13.4-failures").entries
                .first { $0.command.hasSuffix("config platform get version") })
        let error = try #require(throws: DeisctlError.self) {
            try ConfigClient(endpoint: Self.dead).keys.get("/deis/platform/version")
        }
        #expect("Error: \(error)\n" == entry.out)
    }

    /// Reads are answered by the member alone; a write is refused by it.
    @Test func withoutAQuorumErrorsAreToldAndNoneIsReturned() throws {
        let entry = try #require(
            DeisCapture("deisctl-1.13.4-no-quorum").entries.first { $0.command == "deisctl stop router@1" })
        let listener = try HostPorts.listener { request in
            request.method == "GET" ? .text(404) : .text(500)
        }
        defer { listener.stop() }
        let address = "http://127.0.0.1:\(listener.port)"
        let errors = Mutex("")
        let client = FleetClient(
            endpoint: DeisctlEndpoint(address), requestTime: .milliseconds(50), pause: .zero,
            console: DeisctlConsole(out: { _ in }, err: { text in errors.withLock { $0 += text } }))

        #expect(throws: DeisctlError.timeoutReached) {
            try client.fleet.setTarget("deis-router@1.service", "loaded")
        }
        let told = errors.withLock { $0 }.replacing(address, with: "http://127.0.0.1:4001")
        #expect(told + "timeout reached\n" == entry.err)

        let refused = try #require(throws: DeisctlError.self) {
            try ConfigClient(endpoint: DeisctlEndpoint(address)).keys.set("/deis/platform/version", "v9")
        }
        let set = try #require(
            DeisCapture("deisctl-1.13.4-no-quorum").entries.first { $0.command.contains(" set version=v9") })
        #expect(
            "Error: \(refused)\n".replacing(address, with: "http://127.0.0.1:4001") == set.out)
    }
}

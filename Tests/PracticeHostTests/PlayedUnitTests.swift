import Foundation
import Synchronization
import Testing

@testable import PracticeHost

/// Units as systemd would show them, a hundred times as fast.
@Suite struct PlayedUnitTests {
    private final class Host: Sendable {
        let settings: Mutex<PlatformSettings>
        let seen = Mutex<[UnitState]>([])
        let directory = FileManager.default.temporaryDirectory.path + "/units-\(UUID().uuidString)"

        init(_ settings: String) {
            self.settings = Mutex(PlatformSettings(text: "PLATFORM_SCALE=0.005\n" + settings))
            try? TextFile.makeDirectory(directory)
        }

        deinit { try? FileManager.default.removeItem(atPath: directory) }

        /// No etcd answers at the port of this world.
        func unit(_ name: String, after predecessor: UnitRun? = nil) -> PlayedUnit {
            let world = HostWorld(
                address: "127.0.0.1", etcd: EtcdKeys(http: PlainHTTP(port: 9, deadline: .seconds(1))),
                containers: ContainerTable(path: directory + "/containers"),
                images: ImageStore(path: directory + "/images"),
                settings: { self.settings.withLock { $0 } })
            return PlayedUnit(
                name: name, file: FleetUnitFile(text: "[Unit]\n"), world: world, after: predecessor,
                onChange: { [weak self] state in self?.seen.withLock { $0.append(state) } })
        }

        /// Waits until a unit has shown that state so many times.
        func until(_ state: UnitState, times: Int = 1) async throws {
            for _ in 0..<2_000 {
                if seen.withLock({ $0.count { $0 == state } }) >= times { return }
                try await Task.sleep(for: .milliseconds(5))
            }
            Issue.record("never \(state): \(seen.withLock { $0 })")
        }
    }

    @Test func startsAndStops() async throws {
        let host = Host("")
        let unit = host.unit("deis-logspout.service")
        #expect(unit.report.state == .dead)
        unit.start()
        try await host.until(.running)
        unit.stop()
        try await host.until(.dead)
        #expect(host.seen.withLock { $0 } == [.startPre, .running, .stopping, .dead])
    }

    @Test func aUnitThatFailsStaysFailed() async throws {
        let host = Host("UNITS_FAIL=logspout\n")
        let unit = host.unit("deis-logspout.service")
        unit.start()
        try await host.until(.failed)
        unit.stop()
        #expect(unit.report.state == .failed)
        host.settings.withLock { $0.failing = [] }
        unit.start()
        try await host.until(.running)
        unit.stop()
        try await host.until(.dead)
    }

    @Test func aUnitThatCannotLiveIsStartedAgainAndAgain() async throws {
        let host = Host("UNITS_RESTART=logspout\n")
        let unit = host.unit("deis-logspout.service")
        unit.start()
        try await host.until(.autoRestart, times: 2)
        #expect(!host.seen.withLock { $0.contains(.running) })
        unit.stop()
        try await host.until(.dead)
    }

    /// An unloaded unit is told of no more, and the next unit of its name starts after its end.
    @Test func whatComesAfterWaitsForWhatLeaves() async throws {
        let host = Host("")
        let first = host.unit("deis-logspout.service")
        first.start()
        try await host.until(.running)
        let leaving = first.unload()
        let second = host.unit("deis-logspout.service", after: leaving)
        second.start()
        try await host.until(.running, times: 2)
        #expect(leaving?.ended.isRaised == true)
        second.stop()
        try await host.until(.dead)
    }
}

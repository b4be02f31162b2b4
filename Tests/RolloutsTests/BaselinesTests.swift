import RolloutModel
import Rollouts
import Synchronization
import Testing

/// The units that run when a plan is made; a fleetd that stops hides global units for a moment.
@Suite struct BaselinesTests {
    static let whole = FleetUnits(
        active: ["log.service": 3, "web.service": 1], launched: ["log.service", "web.service"])
    /// The units just after a fleetd stopped: its global unit is missing on all three machines.
    static let erased = FleetUnits(active: ["web.service": 1], launched: ["log.service", "web.service"])
    /// The units once one machine's heartbeat came.
    static let halfBack = FleetUnits(
        active: ["log.service": 1, "web.service": 1], launched: ["log.service", "web.service"])

    /// The readings one after another, the last of them repeated; the units known in the end.
    static let courses: [([FleetUnits], FleetUnits?)] = [
        ([whole], whole), ([erased, whole], whole), ([halfBack, whole], whole),
        ([erased, halfBack, whole], whole),
        ([whole, erased, whole], whole),
        // The unit is really gone.
        ([whole, erased], erased),
        ([whole, erased, whole, halfBack, whole, erased, whole, erased, whole, erased], nil),
    ]

    @Test(arguments: courses)
    func twoReadingsInARowMustAgree(course: [FleetUnits], known: FleetUnits?) async throws {
        let cluster = FakeCluster()
        var access = cluster.access
        let readings = Mutex(course[...])
        access.units = { _ in
            readings.withLock { $0.count > 1 ? $0.removeFirst() : $0[$0.startIndex] }
        }
        let baselines = await Baselines(
            access: access, hosts: cluster.ids, clock: cluster.clock, fleet: .init(ttl: .seconds(30)),
            longest: .seconds(120))
        let began = cluster.clock.now()
        let units = try await baselines.units()
        #expect(units.value == known)
        #expect(cluster.clock.now() - began > .seconds(15), "a heartbeat is half of the TTL")
        if known == nil { #expect(units == .unknown("readings 16 s apart differ still, in log.service")) }
    }

    /// fleet's own TTL decides how long that is; where nothing runs, there is nothing to forget.
    @Test func readingsAreApartByFleetsOwnHeartbeat() async throws {
        let cluster = FakeCluster()
        var access = cluster.access
        access.fleetRegistry = { _ in [MachineID("m-a"): FleetEntry(index: 1, timeLeft: .seconds(60))] }
        let baselines = await Baselines(
            access: access, hosts: cluster.ids, clock: cluster.clock, fleet: .init(ttl: .seconds(30)),
            longest: .seconds(120))
        #expect(baselines.apart == .seconds(31))
        let began = cluster.clock.now()
        #expect(try await baselines.units() == .seen(FleetUnits(active: [:], launched: [])))
        #expect(try await baselines.components() == .seen(nil))
        #expect(cluster.clock.now() == began)
    }

    /// deisctl lists what fleet has states of, and no more.
    @Test func componentsAreReadLikewise() async throws {
        let cluster = FakeCluster()
        var access = cluster.access
        let whole = DeisComponents(running: ["deis-logspout.service": 3], listed: ["deis-logspout.service"])
        let erased = DeisComponents(running: [:], listed: [])
        let readings = Mutex([erased, whole, whole][...])
        access.deis = { _ in readings.withLock { $0.removeFirst() } }
        let baselines = await Baselines(
            access: access, hosts: cluster.ids, clock: cluster.clock, fleet: .init(ttl: .seconds(30)),
            longest: .seconds(120))
        #expect(try await baselines.components() == .seen(whole))
    }
}

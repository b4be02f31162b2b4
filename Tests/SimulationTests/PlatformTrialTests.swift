import RolloutModel
import Simulation
import Testing

/// Every way of upgrading is tried on a platform whose commands lie, hang and do half, with coordinators
/// that die.
@Suite struct PlatformTrialTests {
    private static let old = PlatformVersion(1, 13, 3)
    private static let new = PlatformVersion(1, 13, 4)

    private static func trial(
        _ way: PlatformWish.Way, store: Duration = .seconds(3), seed: UInt64 = 0,
        faults: PlatformTrial.Faults = .init()
    ) throws -> PlatformTrial {
        try PlatformTrial(
            PlatformWish(way: way, version: new), of: SimulatedPlatform(version: old, storeTime: store),
            seed: seed, faults: faults)
    }

    /// Expects that everything runs in the new version, and that no rule was broken.
    private static func expectUpgraded(_ trial: PlatformTrial, _ note: Comment? = nil) {
        let world = trial.world
        #expect(world.version == new && world.databaseVersions == [old, new], note)
        #expect(world.units.keys.sorted() == trial.plan.baseline.units, note)
        #expect(
            world.units.values.allSatisfy { $0.goal == .launched && Set($0.running.values) == [new] }, note)
        #expect(world.breaches == [], note)
    }

    @Test(arguments: [3, 120]) func gracefulLeavesNoSecondWithoutAnAnswer(store: Int)
        async throws
    {
        let trial = try Self.trial(.graceful, store: .seconds(store))
        #expect(try await trial.run() == .platformUpgraded)
        Self.expectUpgraded(trial)
        #expect(trial.world.darkTime == .zero)
    }

    /// The outage of the documented way lasts as long as the store takes to start, but for the last
    /// addresses' TTL.
    @Test(arguments: [(3, 0), (60, 40), (120, 100)])
    func documentedHasTheOutageOfItsTakeover(store: Int, dark: Int) async throws {
        let trial = try Self.trial(.documented, store: .seconds(store))
        #expect(try await trial.run() == .platformUpgraded)
        Self.expectUpgraded(trial)
        #expect(trial.world.darkTime >= .seconds(dark) && (dark > 0) == (trial.world.darkTime > .seconds(20)))
    }

    @Test func inPlaceIsOffTheAirFromTheFirstStopToTheLastStart() async throws {
        let trial = try Self.trial(.inPlace)
        #expect(try await trial.run() == .platformUpgraded)
        Self.expectUpgraded(trial)
        #expect(trial.world.darkTime > .seconds(20))
    }

    /// The coordinator dies once, after each entry of its record, and goes on from the record.
    @Test(arguments: PlatformWish.Way.allCases)
    func cutAfterEveryEventItComesToTheSameEnd(way: PlatformWish.Way) async throws {
        let whole = try Self.trial(way)
        _ = try await whole.run()
        for count in 1..<whole.events.count {
            var faults = PlatformTrial.Faults()
            faults.cutAfter = count
            let trial = try Self.trial(way, faults: faults)
            #expect(try await trial.run() == .platformUpgraded, "after event \(count)")
            Self.expectUpgraded(trial, "after event \(count)")
            #expect(trial.world.timesHeard(.upgradeTakeover(isStateless: false)) <= 1)
            if way == .graceful { #expect(trial.world.darkTime == .zero, "after event \(count)") }
        }
    }

    /// The coordinator dies after each act, before it records the act's result.
    @Test(arguments: PlatformWish.Way.allCases)
    func cutAfterEveryActItComesToTheSameEnd(way: PlatformWish.Way) async throws {
        let whole = try Self.trial(way)
        _ = try await whole.run()
        for count in 1...whole.acts {
            var faults = PlatformTrial.Faults()
            faults.cutAfterAct = count
            let trial = try Self.trial(way, faults: faults)
            #expect(try await trial.run() == .platformUpgraded, "after act \(count)")
            Self.expectUpgraded(trial, "after act \(count)")
            #expect(trial.world.timesHeard(.upgradeTakeover(isStateless: false)) <= 1)
            if way == .graceful { #expect(trial.world.darkTime == .zero, "after act \(count)") }
        }
    }

    /// A person asks to hold at any moment, and goes on an hour later. Addresses that nobody writes would
    /// run out meanwhile. The wish is met before the publisher is stopped, or after it is back.
    @Test(arguments: PlatformWish.Way.allCases)
    func aWishToHoldIsMetWhereNothingRunsOut(way: PlatformWish.Way) async throws {
        let whole = try Self.trial(way)
        _ = try await whole.run()
        var met = 0
        for count in 1..<whole.events.count {
            var faults = PlatformTrial.Faults()
            faults.holdFrom = count
            let trial = try Self.trial(way, faults: faults)
            #expect(try await trial.run() == .platformUpgraded, "from event \(count)")
            Self.expectUpgraded(trial, "from event \(count)")
            if way == .graceful { #expect(trial.world.darkTime == .zero, "from event \(count)") }
            met += trial.holds
        }
        #expect(met > whole.plan.steps.steps.count)
    }

    @Test(arguments: PlatformWish.Way.allCases, 0..<60 as Range<UInt64>)
    func commandsThatLieHangAndDoHalfLeadToTheSameEnd(way: PlatformWish.Way, seed: UInt64) async throws {
        var faults = PlatformTrial.Faults()
        (faults.unheard, faults.unanswered, faults.lied, faults.halfDone) = (0.1, 0.1, 0.1, 0.1)
        faults.cuts = 0.05
        let trial = try Self.trial(way, seed: seed, faults: faults)
        #expect(try await trial.run() == .platformUpgraded)
        Self.expectUpgraded(trial)
        #expect(trial.world.timesHeard(.upgradeTakeover(isStateless: false)) <= 1)
        if way == .graceful { #expect(trial.world.darkTime == .zero) }
    }

    /// A coordinator that dies again and again has asked for an act seldom, or never. No act is without effect by that.
    @Test(arguments: PlatformWish.Way.allCases, 0..<10 as Range<UInt64>)
    func deathsAloneMakeNoActWithoutEffect(way: PlatformWish.Way, seed: UInt64) async throws {
        var faults = PlatformTrial.Faults()
        (faults.cuts, faults.cutTime) = (0.6, .milliseconds(100))
        let trial = try Self.trial(way, seed: seed, faults: faults)
        #expect(try await trial.run() == .platformUpgraded)
        Self.expectUpgraded(trial)
        let cuts = trial.events.count { event in
            if case .step(_, _, .cutOff) = event { true } else { false }
        }
        #expect(trial.ignored == 0 && cuts > 5, "\(cuts)")
    }

    /// The way back is taken at every step before the point of no return. The old version serves after it,
    /// with everything that there was.
    @Test(arguments: [PlatformWish.Way.inPlace, .graceful])
    func theWayBackLeadsToThePlatformAsItWas(way: PlatformWish.Way) async throws {
        let plan = try Self.trial(way).plan
        let last = try #require(plan.steps.steps.firstIndex { $0.id == plan.pointOfNoReturn })
        for count in 1...last {
            let trial = try Self.trial(way)
            #expect(try await trial.run(turnBackAfter: count) == .platformRestored, "after \(count) steps")
            var world = trial.world
            #expect(world.version == Self.old && world.databaseVersions == [Self.old])
            #expect(world.units.keys.sorted() == plan.baseline.units, "after \(count) steps")
            let versions = Set(world.units.values.flatMap(\.running.values))
            #expect(versions == [Self.old] && world.breaches == [], "after \(count) steps")
            world.pass(.seconds(30))
            let holds = PlatformJudge(world.facts, since: plan.baseline).holds([
                .running(plan.baseline.units), .othersServe(nil), .published, .controller(Self.old),
            ])
            #expect(holds == [], "after \(count) steps")
            if way == .graceful { #expect(trial.world.darkTime == .zero, "after \(count) steps") }
        }
    }

    @Test func afterThePointOfNoReturnNothingIsUndone() async throws {
        let plan = try Self.trial(.inPlace).plan
        let step = try #require(plan.pointOfNoReturn)
        let point = try #require(plan.steps.steps.firstIndex { $0.id == step })
        let trial = try Self.trial(.inPlace)
        #expect(try await trial.run(turnBackAfter: point + 1) == .platformLeft(after: step))
        #expect(trial.world.version == Self.new)
    }
}

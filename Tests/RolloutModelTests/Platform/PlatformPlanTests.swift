import RolloutModel
import Testing

/// The steps of each way, as data.
@Suite struct PlatformPlanTests {
    private static func plan(
        _ way: PlatformWish.Way, isStateless: Bool = false, proxyProtocol: Bool? = nil
    ) throws -> PlatformPlan {
        let platform = SamplePlatform(isStateless: isStateless)
        return try PlatformPlan(
            PlatformWish(way: way, version: SamplePlatform.new, proxyProtocol: proxyProtocol),
            try #require(platform.baseline))
    }

    private static func ids(_ plan: PlatformPlan) -> [String] { plan.steps.steps.map(\.id.rawValue) }

    @Test func inPlaceStopsEverythingInOrderAndStartsItAgain() throws {
        #expect(
            Self.ids(try Self.plan(.inPlace)) == [
                "back-up", "stop-router", "stop-publisher", "stop-builder", "stop-logger",
                "stop-store-gateway",
                "stop-store-metadata", "stop-store-daemon", "stop-store-monitor", "uninstall", "set-version",
                "install", "start-store-monitor", "start-store-daemon", "start-store-metadata",
                "start-store-gateway-1", "start-store-volume", "start-logger", "start-logspout",
                "start-database", "start-controller", "start-builder", "start-publisher", "start-router",
                "prove",
            ])
    }

    @Test func gracefulRenewsPublisherAndRoutersOneByOne() throws {
        #expect(
            Self.ids(try Self.plan(.graceful)) == [
                "back-up", "stop-builder", "uninstall-builder", "stop-logger", "uninstall-logger",
                "stop-store-gateway", "uninstall-store-gateway", "stop-store-metadata",
                "uninstall-store-metadata", "stop-store-daemon", "uninstall-store-daemon",
                "stop-store-monitor", "uninstall-store-monitor", "set-version", "keep-addresses",
                "stop-publisher", "uninstall-publisher", "install-publisher", "start-publisher",
                "release-addresses", "stop-router-1", "uninstall-router-1", "install-router-1",
                "start-router-1", "stop-router-2", "uninstall-router-2", "install-router-2", "start-router-2",
                "stop-router-3", "uninstall-router-3", "install-router-3", "start-router-3", "install",
                "start-store-monitor", "start-store-daemon", "start-store-metadata", "start-store-gateway-1",
                "start-store-volume", "start-logger", "start-logspout", "start-database", "start-controller",
                "start-builder", "prove",
            ])
    }

    @Test func theDocumentedWayPutsInOrderWhatTheTakeoverLeft() throws {
        #expect(
            Self.ids(try Self.plan(.documented)) == [
                "back-up", "upgrade-prep", "set-version", "upgrade-takeover", "renew-publisher",
                "renew-router-1", "renew-router-2", "renew-router-3", "renew-store-monitor",
                "renew-store-daemon", "renew-store-metadata", "renew-store-gateway-1", "renew-store-volume",
                "renew-logger", "renew-logspout", "renew-database", "renew-controller", "renew-builder",
                "prove",
            ])
    }

    /// A unit takes its image by the version at each start in 1.13. A version that is set before everything
    /// is away would bring new programs into the old platform.
    @Test(arguments: PlatformWish.Way.allCases)
    func theVersionIsSetOnlyOnceTheControlPlaneIsGone(way: PlatformWish.Way) throws {
        let step = try #require(try Self.plan(way).steps.steps.first { $0.id == "set-version" })
        let demanded = step.move.before.contains { proof in
            switch proof {
            case .nothingInstalled: true
            case .gone(let units): !units.of(.control).isEmpty && !units.of(.storage).isEmpty
            default: false
            }
        }
        #expect(demanded)
    }

    /// The graceful way stops no unit that serves, unless another unit serves meanwhile. This rule decides
    /// the design.
    @Test func gracefulStopsNothingThatMustServe() throws {
        for step in try Self.plan(.graceful).steps.steps {
            guard case .deisctl(_, let verb, let units) = step.move.act else { continue }
            if verb == .install { #expect(step.move.before.contains(.notLaunched(units)), "\(step.id)") }
            let serving = units.of(.routing) + units.of(.publishing)
            guard verb == .stop, !serving.isEmpty else { continue }
            let router = try #require(serving.first)
            #expect(units == [router] && step.move.before.contains(.othersServe(router)), "\(step.id)")
        }
    }

    @Test(arguments: PlatformWish.Way.allCases) func theStoreIsNeverStoppedUnderTheDatabase(
        way: PlatformWish.Way
    ) throws {
        for step in try Self.plan(way).steps.steps {
            for move in [step.move, step.undo.move].compactMap(\.self) {
                guard case .deisctl(_, .stop, let units) = move.act, !units.of(.storage).isEmpty else {
                    continue
                }
                #expect(move.before.contains(.controlPlaneDead), "\(step.id)")
            }
        }
    }

    /// deisctl lies without a quorum, and waits for ever.
    @Test(arguments: PlatformWish.Way.allCases) func everyActNeedsAWholeEtcdAndLooksBeforeItIsRepeated(
        way: PlatformWish.Way
    ) throws {
        for step in try Self.plan(way).steps.steps where step.id != "back-up" {
            for move in [step.move, step.undo.move].compactMap(\.self) {
                #expect(move.before.contains(.etcdWhole), "\(step.id)")
                #expect(move.doubt == .lookFirst)
            }
        }
    }

    @Test(
        arguments: [
            (PlatformWish.Way.inPlace, false, "start-database"), (.graceful, false, "start-database"),
            (.documented, false, "upgrade-takeover"), (.inPlace, true, "start-controller"),
            (.graceful, true, "start-controller"),
        ])
    func thePointOfNoReturnIsTheFirstThatChangesTheDatabase(
        way: PlatformWish.Way, isStateless: Bool, step: String
    ) throws {
        let plan = try Self.plan(way, isStateless: isStateless)
        #expect(plan.pointOfNoReturn?.rawValue == step)
        let words = plan.steps.steps.filter { $0.move.before.contains(.noReturnAccepted(SamplePlatform.new)) }
        #expect(words.map(\.id.rawValue) == [step])
    }

    /// The old deisctl undoes the steps that were done, in the opposite order.
    @Test(arguments: [PlatformWish.Way.inPlace, .graceful])
    func everyStepBeforeThatHasAWayBack(way: PlatformWish.Way) throws {
        let plan = try Self.plan(way)
        let steps = plan.steps.steps.prefix { $0.undo != .impossible }.filter { $0.id != "back-up" }
        for step in steps where step.id != "release-addresses" {
            #expect(step.undo != .nothing, "\(step.id)")
        }
        let version = try #require(steps.first { $0.id == "set-version" })
        #expect(version.undo.move?.act == .setVersion(SamplePlatform.old))
    }

    @Test func theProxyProtocolIsSetBeforeTheRoutersStart() throws {
        let plan = try Self.plan(.inPlace, proxyProtocol: true)
        let step = try #require(plan.steps.steps.first { $0.id == "set-proxy-protocol" })
        #expect(step.move.act == .setProxyProtocol(true))
        #expect(step.undo.move?.act == .setProxyProtocol(nil))
        let ids = Self.ids(plan)
        let (set, start) = (ids.firstIndex(of: "set-proxy-protocol"), ids.firstIndex(of: "start-router"))
        #expect(try #require(set) < #require(start))
    }

    @Test func aBackupThatThereIsIsNotMade() throws {
        let plan = try PlatformPlan(
            PlatformWish(way: .inPlace, version: SamplePlatform.new), try #require(SamplePlatform().baseline),
            isBackedUp: true)
        #expect(!plan.steps.steps.contains { $0.id == "back-up" })
    }
}

extension StepUndo {
    fileprivate var move: StepMove<Act, Proof>? {
        guard case .by(let move) = self else { return nil }
        return move
    }
}

import Foundation
import RolloutModel
import Rollouts
import Synchronization
import Testing

@testable import Coordinator
@testable import PracticeHost

/// Bad input and faults, a row each. An application that holds does so alone.
@Suite struct MigrationFaultTests {
    /// A fault of one application, beside a sound one.
    struct Row: CustomTestStringConvertible, Sendable {
        var name: String
        var arrange: @Sendable (StandInClusters) -> Void
        var expects: @Sendable ([MigrationHold]) -> Bool
        /// Mends it, so that the next run carries the application.
        var mend: (@Sendable (StandInClusters) -> Void)?
        var wishes = MigrationTrial.usual

        var testDescription: String { name }
    }

    static let rows: [Row] = [
        Row(
            name: "pull failed",
            arrange: { clusters in
                clusters.old.make("odd")
                clusters.new.refuse("apps/odd/builds/", 503, #"{"detail": "Pulling failed: Tag not found"}"#)
            },
            expects: { holds in
                guard case .actRefused(.pull, 503, "Pulling failed: Tag not found")? = holds.first else {
                    return false
                }
                return true
            },
            mend: { $0.new.state.withLock { $0.fault = nil } }),
        Row(
            name: "settings too long for the routers there",
            arrange: { clusters in
                clusters.old.make("odd")
                clusters.new.refuse("apps/odd/config/", 413, "<h1>413 Request Entity Too Large</h1>")
            },
            expects: { holds in
                guard case .actRefused(.configure, 413, let said)? = holds.first else { return false }
                return said.contains("Too Large") && holds[0].remedy[0].contains("bodySize")
            },
            mend: { $0.new.state.withLock { $0.fault = nil } }),
        Row(
            name: "domain in use",
            arrange: { clusters in
                clusters.old.make("odd", domains: ["www.odd.org"])
                clusters.new.make("other", domains: ["www.odd.org"])
            },
            expects: { holds in
                guard case .actRefused(.addDomain, 400, let said)? = holds.first else { return false }
                return said == "domain: The domain www.odd.org is already in use by another app"
            },
            mend: { $0.new.send("DELETE", "apps/other/domains/www.odd.org", [String: String]()) }),
        Row(
            name: "an id that somebody else has",
            arrange: { clusters in
                clusters.old.make("odd")
                clusters.new.make("odd", values: ["THEIRS": "1"])
            },
            expects: { $0.map(\.says).contains { $0.contains("which this migration did not create") } },
            mend: { $0.new.send("DELETE", "apps/odd/", [String: String]()) }),
        Row(
            name: "answers otherwise",
            arrange: { clusters in
                clusters.old.make("odd")
                clusters.new.state.withLock { $0.statuses["odd"] = 500 }
            },
            expects: { holds in
                guard case .answersDiffer(let differences)? = holds.first else { return false }
                return differences.map(\.status) == [500, 500]
            },
            mend: { $0.new.state.withLock { $0.statuses = [:] } }),
        Row(
            name: "unknown to the new routers",
            arrange: { clusters in
                clusters.old.make("odd")
                clusters.new.state.withLock { $0.statuses["odd"] = 404 }
            },
            expects: { holds in
                guard case .namesUnknown(let differences)? = holds.first else { return false }
                return differences.map(\.status) == [404, 404] && differences.map(\.expected) == [200, 200]
            },
            mend: { $0.new.state.withLock { $0.statuses = [:] } }),
        Row(
            name: "a fault at the old cluster, and unknown to the new routers",
            arrange: { clusters in
                clusters.old.make("odd")
                clusters.old.state.withLock { $0.statuses["odd"] = 502 }
                clusters.new.state.withLock { $0.statuses["odd"] = 404 }
            },
            expects: { holds in
                guard case .namesUnknown(let differences)? = holds.first else { return false }
                return differences.map(\.expected) == [502, 502]
            },
            mend: { $0.new.state.withLock { $0.statuses = [:] } }),
        Row(
            name: "its old answers cannot be read",
            arrange: { clusters in
                clusters.old.make("odd")
                clusters.old.refuse("apps/odd/config/", 500, "<h1>Server Error (500)</h1>", method: "GET")
            },
            expects: { $0.map(\.says).contains { $0.contains("'config' answered 500: <h1>Server Error") } },
            mend: { $0.old.state.withLock { $0.fault = nil } }),
        Row(
            name: "an answer that is no JSON",
            arrange: { clusters in
                clusters.old.make("odd")
                clusters.old.refuse("apps/odd/domains/", 200, "<html>", method: "GET")
            },
            expects: { $0.map(\.says).contains { $0.contains("could not be read at the old cluster") } },
            mend: { $0.old.state.withLock { $0.fault = nil } }),
    ]

    @Test(arguments: rows) func oneHoldsAndTheOthersGoOn(row: Row) async throws {
        let trial = MigrationTrial(StandInClusters())
        trial.clusters.old.make("sound-1")
        trial.clusters.old.make("sound-9")
        row.arrange(trial.clusters)
        #expect(try await trial.run(row.wishes) == nil)
        let holds = try await trial.holds("odd")
        #expect(row.expects(holds), "\(holds)")
        #expect(holds.allSatisfy { !$0.says.isEmpty && !$0.remedy.isEmpty })
        let sound = try await trial.state().courses.filter { $0.key.text.hasPrefix("sound") }
        #expect(sound.count == 2 && sound.values.allSatisfy { $0.isProved })
        row.mend?(trial.clusters)
        #expect(try await trial.run(row.wishes) == nil)
        #expect(try await trial.holds("odd") == [])
        #expect(try await trial.state().courses.values.allSatisfy { $0.isProved })
    }

    /// An id written wrong is not passed over.
    @Test func anApplicationThatIsNotThereHoldsTheRun() async throws {
        let trial = MigrationTrial(StandInClusters())
        trial.clusters.old.make("shop")
        var wishes = MigrationTrial.usual
        wishes.only = Set(["shop", "shpo"].compactMap { ApplicationID($0) })
        let hold = MigrationHold.applicationUnreadable(.old, why: "it has no application 'shpo'")
        #expect(try await trial.run(wishes) == .held(hold))
        #expect(trial.clusters.new.changes == [])
    }

    /// Without `--continue` the first application that holds is the last one that is taken up.
    @Test func theFirstHoldStopsUnlessToldOtherwise() async throws {
        let trial = MigrationTrial(StandInClusters())
        for id in ["a-odd", "b-good"] { trial.clusters.old.make(id) }
        trial.clusters.new.refuse("apps/a-odd/builds/", 503, "{}")
        var wishes = MigrationTrial.usual
        wishes.goesOn = false
        #expect(try await trial.run(wishes) == nil)
        #expect(try await trial.state().courses.keys.map(\.text) == ["a-odd"])
    }

    // MARK: Names

    @Test func anApplicationCalledRouterGetsAnotherId() async throws {
        let clusters = StandInClusters()
        clusters.old.make("edge")
        // Controllers before that rule may have one.
        clusters.old.state.withLock { state in
            for index in state.document.apps.indices { state.document.apps[index].id = "router" }
        }
        let trial = MigrationTrial(clusters)
        #expect(try await trial.run() == nil)
        let router = try #require(ApplicationID("router"))
        #expect(try await trial.holds("router") == [.idReserved(router)])
        #expect(clusters.new.changes == [])

        var plan = clusters.plan()
        plan.renames = [.init(old: router, new: try #require(ApplicationID("edge")))]
        let renamed = MigrationTrial(clusters, plan: plan)
        #expect(try await renamed.run() == nil)
        #expect(clusters.new.document.apps.map(\.id) == ["edge"])
        #expect(clusters.new.document.apps.first?.image == "registry.old.test:5000/router:v3")
    }

    static let wrongIDs: [(rename: String, hold: MigrationHold?)] = [
        ("blog", ApplicationID("blog").map(MigrationHold.idTwice)),
        (
            "theirs",
            ApplicationID("theirs").flatMap { id in
                AccountName(StandInCluster.admin).map { MigrationHold.idTaken(id, owner: $0) }
            }
        ),
    ]

    /// An id that another application has, at the old cluster or the new one, is found before anything is done.
    @Test(arguments: wrongIDs) func anIdGivenToTwoHoldsTheRun(rename: String, hold: MigrationHold?)
        async throws
    {
        let clusters = StandInClusters()
        for id in ["blog", "shop", "site"] { clusters.old.make(id) }
        clusters.new.make("theirs")
        var plan = clusters.plan()
        let shop = try #require(ApplicationID("shop"))
        plan.renames = [.init(old: shop, new: try #require(ApplicationID(rename)))]
        let trial = MigrationTrial(clusters, plan: plan)
        let expected = MigrationRun.Stop.held(try #require(hold))
        #expect(try await trial.run() == expected)
        #expect(clusters.new.changes == [])
        #expect(try await trial.state().courses.isEmpty)
        #expect(!clusters.new.document.apps.contains { $0.id == "turnstile-migration" })

        plan.renames = [.init(old: shop, new: shop)]
        try await trial.append(.planned(plan))
        #expect(try await trial.run() == nil)
        #expect(try await trial.state().courses.values.allSatisfy { $0.isProved })
    }

    /// An application that this migration created is its own, also where the first run was killed.
    @Test(arguments: 6...12) func anIdOfItsOwnIsNoOthers(writes: Int) async throws {
        let clusters = StandInClusters()
        clusters.old.make("shop")
        var plan = clusters.plan()
        plan.renames = [
            .init(old: try #require(ApplicationID("shop")), new: try #require(ApplicationID("store")))
        ]
        let trial = MigrationTrial(clusters, plan: plan)
        _ = try await trial.run(until: .after(writes))
        #expect(try await trial.run() == nil)
        #expect(clusters.new.document.apps.map(\.id) == ["store"])
        #expect(try await trial.state().courses.values.allSatisfy { $0.isProved })
    }

    @Test func anApplicationOfThatIdIsTakenOnlyWhereAPersonSaysSo() async throws {
        let clusters = StandInClusters()
        clusters.old.make("shop")
        clusters.new.make("shop", values: ["THEIRS": "1"], scale: ["web": 1])
        let trial = MigrationTrial(clusters)
        #expect(try await trial.run() == nil)
        #expect(clusters.new.changes == [])
        var wishes = MigrationTrial.usual
        wishes.adopted = [try #require(ApplicationID("shop"))]
        #expect(try await trial.run(wishes) == nil)
        // Settings that were there beside these stay.
        #expect(clusters.new.document.apps.first?.config.values == ["GREETING": "hello", "THEIRS": "1"])
        #expect(clusters.new.document.apps.first?.structure == ["web": 2])
    }

    /// The hold names the id at the new cluster, and so does the person.
    @Test func anApplicationWithAnotherIdIsTakenByItsNewOne() async throws {
        let clusters = StandInClusters()
        clusters.old.make("shop")
        clusters.new.make("store")
        let store = try #require(ApplicationID("store"))
        var plan = clusters.plan()
        plan.renames = [.init(old: try #require(ApplicationID("shop")), new: store)]
        let trial = MigrationTrial(clusters, plan: plan)
        var wishes = MigrationTrial.usual
        wishes.adopted = [store]
        #expect(try await trial.run(wishes) == nil)
        #expect(try await trial.holds("shop") == [])
        #expect(clusters.new.document.apps.map(\.id) == ["store"])
    }

    @Test func aDeploymentAfterTheCarryingIsNamedAndCarriedAgain() async throws {
        let clusters = StandInClusters()
        clusters.old.make("shop")
        let trial = MigrationTrial(clusters)
        #expect(try await trial.run() == nil)
        clusters.old.send("POST", "apps/shop/config/", ["values": ["GREETING": "new"]])
        #expect(try await trial.run() == nil)
        #expect(try await trial.holds("shop") == [.deployedSince(carried: 3, now: 4)])
        var wishes = MigrationTrial.usual
        wishes.again = [try #require(ApplicationID("shop"))]
        #expect(try await trial.run(wishes) == nil)
        #expect(clusters.new.document.apps.first?.image == "registry.old.test:5000/shop:v4")
        #expect(clusters.new.document.apps.first?.config.values == ["GREETING": "new"])
    }

    /// Without a router's address, the old cluster is asked by names that may lead to the new one by now.
    @Test(arguments: [true, false]) func carryingAgainTakesTheOldRouters(isBegun: Bool) async throws {
        let clusters = StandInClusters()
        clusters.old.make("shop")
        var plan = clusters.plan()
        plan.old.routers = []
        let trial = MigrationTrial(clusters, plan: plan)
        #expect(try await trial.run() == nil)
        let changes = clusters.new.changes
        let shop = try #require(ApplicationID("shop"))
        var wishes = MigrationTrial.usual
        if isBegun {
            // A turnstile before that rule began to carry it.
            try await trial.append(.reopened(shop))
            #expect(try await trial.run(wishes) == nil)
            #expect(try await trial.holds("shop") == [.oldRoutersUnnamed])
        } else {
            wishes.again = [shop]
            #expect(try await trial.run(wishes) == .held(.oldRoutersUnnamed))
            #expect(try await trial.state().course(of: shop).isProved)
        }
        #expect(clusters.new.changes == changes)
        plan.old.routers = clusters.old.routers
        try await trial.append(.planned(plan))
        #expect(try await trial.run(wishes) == nil)
        #expect(try await trial.state().course(of: shop).isProved)
    }

    @Test func aUserWhoRegistersLaterGetsWhatWasTheirs() async throws {
        let clusters = StandInClusters()
        for user in ["eve", "bob"] { clusters.old.register(user) }
        clusters.old.make("shop", users: ["bob"], owner: "eve")
        let trial = MigrationTrial(clusters)
        #expect(try await trial.run() == nil)
        #expect(clusters.new.document.apps.map(\.owner) == [StandInCluster.admin])
        for user in ["eve", "bob"] { clusters.new.register(user) }
        // A release that was deployed there meanwhile stays.
        clusters.new.send("POST", "apps/shop/config/", ["values": ["GREETING": "new"]])
        var wishes = MigrationTrial.usual
        wishes.grantsOnly = true
        #expect(try await trial.run(wishes) == nil)
        let app = try #require(clusters.new.document.apps.first)
        #expect(app.owner == "eve" && app.users == ["bob"])
        #expect(app.config.values == ["GREETING": "new"])
    }

    // MARK: Answers

    /// An application that never answered has nothing to compare with; one without processes answers 503 at both.
    @Test func whatNeverAnsweredNeedNotAnswer() async throws {
        let clusters = StandInClusters()
        clusters.old.make("broken")
        clusters.old.make("idle", scale: ["web": 0])
        clusters.old.state.withLock { $0.statuses["broken"] = 502 }
        clusters.new.state.withLock { $0.statuses["broken"] = 504 }
        let trial = MigrationTrial(clusters)
        #expect(try await trial.run() == nil)
        #expect(try await trial.state().courses.values.allSatisfy { $0.isProved })
        let names = try ["broken.new.test", "idle.new.test"].map { try #require(DomainName($0)) }
        #expect(trial.remarks == names.map { [.nothingToCompare([$0])] })
    }

    /// Both routers say 404, as they do for names that nobody has. The application passes, and that is said.
    @Test func whatIsUnknownAtBothClustersIsRemarkedOn() async throws {
        let clusters = StandInClusters()
        clusters.old.make("shop", domains: ["www.shop.org"])
        for cluster in [clusters.old, clusters.new] { cluster.state.withLock { $0.statuses["shop"] = 404 } }
        let trial = MigrationTrial(clusters)
        #expect(try await trial.run() == nil)
        let names = try ["shop.new.test", "www.shop.org"].map { try #require(DomainName($0)) }
        #expect(trial.remarks == [[.unknownAtBoth(names)]])
        let shop = try #require(ApplicationID("shop"))
        let course = try await trial.state().course(of: shop)
        #expect(course.isProved && course.remarks == [.unknownAtBoth(names)])
    }

    // MARK: Clusters

    @Test(arguments: MigrationSide.allCases) func aControllerOfAnotherAPIHoldsAll(side: MigrationSide)
        async throws
    {
        let trial = MigrationTrial(StandInClusters())
        let cluster = side == .old ? trial.clusters.old : trial.clusters.new
        cluster.state.withLock { $0.api = "2.3" }
        #expect(try await trial.run() == .held(.controllerAPIUnknown(side, api: "2.3")))
    }

    /// A user who is no administrator sees their own applications alone.
    @Test func aTokenOfNoAdministratorHolds() async throws {
        let trial = MigrationTrial(StandInClusters())
        trial.clusters.old.register("eve")
        let token = try #require(SecretToken(trial.clusters.old.token(of: "eve")))
        let controller = ControllerClient(
            side: .old, url: trial.clusters.old.url, token: token, client: trial.clusters.client)
        await #expect(throws: MigrationHold.tokenNotAdmin(.old)) { try await controller.roll() }
        let wrong = ControllerClient(
            side: .old, url: trial.clusters.old.url, token: try #require(SecretToken("wrong")),
            client: trial.clusters.client)
        await #expect(throws: MigrationHold.tokenRefused(.old)) { try await wrong.roll() }
    }

    /// A list that changes between its pages is read again, and one that never rests holds.
    @Test func aListThatNeverRestsHolds() async throws {
        let trial = MigrationTrial(StandInClusters())
        for number in 1...101 { trial.clusters.old.make("app-\(number)") }
        trial.clusters.old.state.withLock { state in
            state.fault = { request in
                guard request.target.contains("apps/?page_size=100&page=2") else { return nil }
                return WebAnswer(
                    status: 200, headers: ["deis_api_version": "1.7", "deis_platform_version": "1.13.4"],
                    body: Array(
                        #"{"count": 102, "next": null, "results": [{"id": "app-1", "owner": "x"}]}"#.utf8))
            }
        }
        let controller = try trial.controller(.old)
        await #expect(throws: MigrationHold.listUnsteady(.old)) { try await controller.roll() }
    }

    @Test func twoOperatorsDoNotMigrateAtOnce() async throws {
        let clusters = StandInClusters()
        clusters.old.make("shop")
        let first = MigrationTrial(clusters)
        // The first operator's turnstile dies with the cluster claimed.
        _ = try await first.run(until: .after(5))
        let second = MigrationTrial(clusters, plan: clusters.plan(id: "m-2"))
        #expect(try await second.run() == .held(.claimedByOther(holder: "m-1 core@bastion")))
        #expect(clusters.new.changes == [])
        var wishes = MigrationTrial.usual
        wishes.takesOver = true
        #expect(try await second.run(wishes, until: .after(6)) != nil)
        #expect(try await first.run() == .held(.claimedByOther(holder: "m-2 core@bastion")))
        #expect(try await second.run() == nil)
        #expect(try await first.run() == nil)
        #expect(clusters.new.document.apps.map(\.id) == ["shop"])
    }

    /// The application was made, and its holder could not be named: it is nobody else's.
    @Test func aClaimThatFailedHalfWayIsGoneOnWith() async throws {
        let trial = MigrationTrial(StandInClusters())
        trial.clusters.old.make("shop")
        trial.clusters.new.refuse("apps/turnstile-migration/config/", 503, "{}")
        let failed = MigrationHold.claimFailed(why: "its holder could not be named: 503: {}")
        #expect(try await trial.run() == .held(failed))
        trial.clusters.new.state.withLock { $0.fault = nil }
        #expect(try await trial.run() == nil)
        #expect(try await trial.state().courses.values.allSatisfy { $0.isProved })
    }

    /// The turnstile that made the claim died before it named its holder, and its record is lost with its machine.
    @Test func aClaimWithoutAHolderIsTakenOverByAPersonsWord() async throws {
        let clusters = StandInClusters()
        clusters.old.make("shop")
        clusters.new.send("POST", "apps/", ["id": "turnstile-migration"])
        let trial = MigrationTrial(clusters)
        let nobody = MigrationHold.claimedByOther(holder: "an operator who has not named themselves yet")
        #expect(try await trial.run() == .held(nobody))
        #expect(nobody.remedy.contains { $0.contains("--take-over") })
        #expect(clusters.new.changes == [])
        var wishes = MigrationTrial.usual
        wishes.takesOver = true
        #expect(try await trial.run(wishes) == nil)
        #expect(clusters.new.document.apps.map(\.id) == ["shop"])
    }

    /// A claim that could not be removed stays this record's, and the next run removes it.
    @Test func aClaimThatCannotBeRemovedIsNamedAndGoneOnWith() async throws {
        let trial = MigrationTrial(StandInClusters())
        trial.clusters.old.make("shop")
        trial.clusters.new.refuse(
            "apps/turnstile-migration/", 503, #"{"detail": "database is locked"}"#, method: "DELETE")
        let failed = MigrationHold.claimFailed(why: "it could not be removed: 503: database is locked")
        #expect(try await trial.run() == .held(failed))
        #expect(!failed.says.contains("made") && !failed.remedy.isEmpty)
        let state = try await trial.state()
        #expect(state.claim == .made && state.courses.values.allSatisfy { $0.isProved })
        let other = MigrationTrial(trial.clusters, plan: trial.clusters.plan(id: "m-2"))
        #expect(try await other.run() == .held(.claimedByOther(holder: "m-1 core@bastion")))
        trial.clusters.new.state.withLock { $0.fault = nil }
        #expect(try await trial.run() == nil)
        #expect(try await trial.state().claim == .none)
        #expect(trial.clusters.new.document.apps.map(\.id) == ["shop"])
    }

    /// A removal whose answer is lost, and which was heard, is no failure.
    @Test func aRemovalThatNobodyAnsweredIsLookedFor() async throws {
        let trial = MigrationTrial(StandInClusters())
        trial.clusters.old.make("shop")
        trial.clusters.new.loseAnswer("DELETE", "apps/turnstile-migration/")
        #expect(try await trial.run() == nil)
        #expect(try await trial.state().claim == .none)
    }

    // MARK: Applications that may be its own

    /// The creation was heard, and its answer is lost: what is there is as it was created.
    @Test func aCreationWhoseAnswerIsLostIsGoneOnWith() async throws {
        let trial = MigrationTrial(StandInClusters())
        trial.clusters.old.make("shop")
        trial.clusters.new.loseAnswer("POST", "apps/")
        #expect(try await trial.run() == nil)
        #expect(try await trial.holds("shop") == [.actUnheard(.create, why: "the answer is lost")])
        trial.clusters.new.state.withLock { $0.fault = nil }
        #expect(try await trial.run() == nil)
        #expect(try await trial.state().courses.values.allSatisfy { $0.isProved })
        #expect(trial.clusters.new.changes.count { $0 == "POST apps/" } == 1)
    }

    /// The creation was never heard, and somebody else made an application of that id since: it is theirs.
    @Test func anApplicationThatSomebodyMadeMeanwhileIsTheirs() async throws {
        let clusters = StandInClusters()
        clusters.old.make("shop")
        let trial = MigrationTrial(clusters)
        // The fifth entry takes the application up, and the sixth is about its creation.
        _ = try await trial.run(until: .after(6))
        let shop = try #require(ApplicationID("shop"))
        #expect(try await trial.state().course(of: shop).open?.act == .create)
        clusters.new.make("shop", values: ["THEIRS": "1"])
        #expect(try await trial.run() == nil)
        let owner = try #require(AccountName(StandInCluster.admin))
        #expect(try await trial.holds("shop") == [.idTaken(shop, owner: owner)])
        #expect(clusters.new.changes == [])
        var wishes = MigrationTrial.usual
        wishes.adopted = [shop]
        #expect(try await trial.run(wishes) == nil)
        #expect(try await trial.state().course(of: shop).isProved)
    }

    /// A migration that is taken over while it is at work does nothing more.
    @Test func aMigrationThatWasTakenOverStops() async throws {
        let clusters = StandInClusters()
        clusters.old.make("shop")
        let trial = MigrationTrial(clusters)
        let thief = MigrationClaim(try trial.controller(.new), id: "m-2", operatorName: "eve@there")
        var port = try trial.port()
        let take = port.claim.take
        port.claim.take = { mayBeOwn, takesOver throws(MigrationHold) in
            try await take(mayBeOwn, takesOver)
            try await thief.take(mayBeOwn: false, takesOver: true)
        }
        #expect(try await trial.run(port: port) == .held(.claimLost(holder: "m-2 eve@there")))
        #expect(clusters.new.changes == [])
    }

    @Test func whoIsAskedToStopStopsBeforeTheNextAct() async throws {
        let clusters = StandInClusters()
        clusters.old.make("shop")
        let trial = MigrationTrial(clusters)
        #expect(try await trial.run(isInterrupted: true) == nil)
        #expect(try await trial.holds("shop") == [.stoppedByPerson])
        #expect(clusters.new.changes == [])
    }
}

extension StandInCluster {
    /// Carries out every such request from now on, but for those of the claim that are not meant, and loses its answer.
    func loseAnswer(_ method: String, _ path: String) {
        state.withLock { state in
            state.fault = { [self] request in
                let isClaim = String(decoding: request.body, as: UTF8.self).contains("turnstile-migration")
                guard request.method == method, request.path == "/v1/\(path)", !isClaim else { return nil }
                _ = answer(request)
                return WebAnswer(status: nil, complaint: "the answer is lost")
            }
        }
    }

    /// Refuses every request to a path from now on, in those words.
    func refuse(_ path: String, _ status: Int, _ body: String, method: String = "POST") {
        state.withLock { state in
            state.fault = { request in
                guard request.method == method, request.path == "/v1/\(path)" else { return nil }
                return WebAnswer(
                    status: status, headers: ["deis_api_version": "1.7", "deis_platform_version": "1.13.4"],
                    body: Array(body.utf8))
            }
        }
    }
}

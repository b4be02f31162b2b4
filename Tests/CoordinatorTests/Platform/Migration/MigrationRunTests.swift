import Foundation
import RolloutModel
import Rollouts
import Synchronization
import Testing

@testable import Coordinator
@testable import PracticeHost

/// Migrations between two stand-in controllers, with every request and answer of the real ones.
@Suite struct MigrationRunTests {
    /// The last part of what an application is: everything but ids and times.
    private struct Carried: Hashable {
        var owner: String
        var values: [String: String]
        var structure: [String: Int]
        var image: String?
        var procfile: [String: String]?
        var domains: [String]
        var users: [String]
        var releases: Int

        init(_ app: ControllerDocument.App) {
            owner = app.owner
            values = app.config.values
            structure = app.structure.filter { $0.value > 0 }
            image = app.image
            procfile = app.builds.last?.procfile
            domains = app.domains.map(\.domain).sorted()
            users = app.users.sorted()
            releases = app.releases.count
        }
    }

    /// Three owners, an application without processes, one that was never deployed, one with a worker.
    private static func clusters() -> StandInClusters {
        let clusters = StandInClusters()
        for user in ["eve", "bob"] {
            clusters.old.register(user)
            clusters.new.register(user)
        }
        clusters.old.register("gone")
        clusters.old.make("shop", domains: ["www.shop.org", "shop.org"], users: ["eve", "gone"])
        clusters.old.make(
            "jobs", values: ["KEY": "s3cret \"x\" \\ \n", "DEIS_APP": "jobs"],
            procfile: ["web": "run", "worker": "work"], scale: ["web": 1, "worker": 3], owner: "bob")
        clusters.old.make("idle", scale: ["web": 0])
        clusters.old.send("POST", "apps/", ["id": "empty"], as: "eve")
        return clusters
    }

    private static func carried(_ cluster: StandInCluster) -> [String: Carried] {
        Dictionary(uniqueKeysWithValues: cluster.document.apps.map { ($0.id, Carried($0)) })
    }

    @Test func everyApplicationIsAsItWas() async throws {
        let trial = MigrationTrial(Self.clusters())
        #expect(try await trial.run() == nil)
        let (old, new) = (Self.carried(trial.clusters.old), Self.carried(trial.clusters.new))
        #expect(Set(new.keys) == ["shop", "jobs", "idle", "empty"])
        for (id, app) in new {
            let was = try #require(old[id])
            #expect(app.owner == was.owner && app.structure == was.structure, "\(id): \(app)")
            #expect(app.domains == was.domains && app.procfile == was.procfile, "\(id): \(app)")
        }
        #expect(new["jobs"]?.values == ["KEY": "s3cret \"x\" \\ \n"])
        #expect(new["shop"]?.image == "registry.old.test:5000/shop:v3")
        // A user who has not registered there is left out.
        #expect(new["shop"]?.users == ["eve"])
        #expect(try await trial.state().courses.values.allSatisfy { $0.isProved })
        #expect(try await trial.state().claim == .none)
    }

    @Test func noSecretIsInTheRecord() async throws {
        let trial = MigrationTrial(Self.clusters())
        #expect(try await trial.run() == nil)
        let text = trial.disk.text
        #expect(!text.contains("s3cret") && !text.contains(trial.clusters.new.token()))
        #expect(text.contains("registry.old.test:5000/shop:v3"))
        let token = try #require(SecretToken("s3cret"))
        #expect(!"\(token) \(SecretValues(["A": "s3cret"]))".contains("s3cret"))
    }

    @Test func aSecondRunDoesNothing() async throws {
        let trial = MigrationTrial(Self.clusters())
        let arranged = trial.clusters.old.changes
        #expect(try await trial.run() == nil)
        let changes = trial.clusters.new.changes
        #expect(try await trial.run() == nil)
        #expect(trial.clusters.new.changes == changes)
        #expect(trial.clusters.old.changes == arranged)
    }

    // MARK: Deaths

    /// Runs once without a death, and counts the writes to the record.
    private static func undisturbed() async throws -> (
        writes: Int, changes: [String], apps: [String: Carried]
    ) {
        let trial = MigrationTrial(clusters())
        #expect(try await trial.run() == nil)
        return (trial.disk.writes, trial.clusters.new.changes, carried(trial.clusters.new))
    }

    /// The coordinator dies at each of its entries, once with the entry durable and once before it, after the act that
    /// the entry is about. The next run ends where an undisturbed one does, and asks for no act a second time.
    @Test func aCoordinatorThatDiesAnywhereDoesNothingTwice() async throws {
        let whole = try await Self.undisturbed()
        #expect(whole.writes > 40)
        let deaths = (1...whole.writes).flatMap { [MortalDisk.Death.after($0), .before($0)] }
        for death in deaths {
            let trial = MigrationTrial(Self.clusters())
            _ = try await trial.run(until: death)
            #expect(try await trial.run() == nil, "\(death)")
            #expect(Self.carried(trial.clusters.new) == whole.apps, "\(death)")
            #expect(trial.clusters.new.changes.sorted() == whole.changes.sorted(), "\(death)")
        }
    }

    /// A pull that nobody answered may be under way: it is looked for until the time is up, and asked for once more only
    /// then.
    @Test(arguments: [true, false]) func aPullThatNobodyAnsweredIsLookedFor(arrives: Bool) async throws {
        let trial = MigrationTrial(StandInClusters())
        trial.clusters.old.make("shop")
        trial.clusters.new.state.withLock { state in
            state.fault = { request in
                request.method == "POST" && request.path.hasSuffix("/builds/")
                    ? WebAnswer(status: nil, complaint: "timed out") : nil
            }
        }
        #expect(try await trial.run() == nil)
        #expect(
            try await trial.holds("shop") == [
                .actUnheard(.pull(image: "registry.old.test:5000/shop:v3"), why: "timed out")
            ])
        trial.clusters.new.state.withLock { $0.fault = nil }
        if arrives {
            struct Build: Encodable {
                var image = "registry.old.test:5000/shop:v3"
                var procfile = ["web": "run"]
            }
            trial.clusters.new.send("POST", "apps/shop/builds/", Build())
        }
        #expect(try await trial.run(settling: .seconds(600)) == nil)
        let builds = trial.clusters.new.changes.filter { $0.hasSuffix("/builds/") }
        #expect(builds.count == 1)
        let looks = trial.told.withLock { told in
            told.filter { if case .looks = $0 { true } else { false } }.count
        }
        #expect(arrives ? looks == 0 : looks > 100)
    }

    // MARK: Many

    @Test func pagesOfAHundredAndFiftyApplications() async throws {
        let trial = MigrationTrial(StandInClusters())
        for number in 1...150 { trial.clusters.old.make("app-\(number)") }
        #expect(try await trial.run(atOnce: 4) == nil)
        let state = try await trial.state()
        #expect(state.courses.count == 150 && state.courses.values.allSatisfy { $0.isProved })
        #expect(trial.clusters.new.changes.count(where: { $0.hasSuffix("/builds/") }) == 150)
        #expect(trial.clusters.new.changes.count(where: { $0.hasSuffix("/scale/") }) == 150)
    }
}

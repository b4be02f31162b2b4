import Foundation
import Testing

/// Upgrades of Deis by turnstile, which is killed after entries of its journal and resumed, under a client that asks every
/// router for an application each 50 ms.
extension PracticeClusterTests {
    @Test(.timeLimit(.minutes(60))) func killedAfterItsEntriesEachUpgradeOfThePlatformEndsTheSame()
        async throws
    {
        try await PracticeCluster.with(["--platform", "1.12.3", "--apps", "2"]) { cluster in
            let course = try await KilledCourse(cluster)
            let inPlace = try await upgraded(course, "--in-place", from: "1.12.3", to: "1.13.0")
            #expect(inPlace.secondsWithoutAnyApplication > 1, "\(inPlace)")
            #expect(inPlace.routers.allSatisfy { $0.everRefused }, "\(inPlace)")

            let graceful = try await upgraded(course, "--graceful", from: "1.13.0", to: "1.13.4")
            #expect(graceful.secondsWithoutAnyApplication == 0 && graceful.wrongAnswers == 0, "\(graceful)")
            #expect(graceful.mostRoutersAway == 1, "\(graceful)")

            let documented = try await upgraded(course, "--documented", from: "1.13.4", to: "1.13.5")
            #expect(documented.secondsUnpublishedWhileAllRoutersAreHealthy > 1, "\(documented)")
            let audit = try await cluster.turnstile(["platform", "audit"])
            #expect(audit.status == 0 && audit.output.contains("Deis v1.13.5"), "\(audit)")
        }
    }

    /// - Returns: the answers that the client had meanwhile.
    private func upgraded(
        _ course: KilledCourse, _ way: String, from old: String, to new: String
    ) async throws -> ApplicationWatch.Report {
        let platform = PlatformUnderTest(course.cluster)
        let means = try await DeisMeans(of: course.cluster, from: old, to: new)
        let (before, heard) = (try await PlatformPicture(platform), try await platform.commands().count)
        #expect(before.isWhole, "\(before)")
        let watch = platform.watch()
        let start = ContinuousClock.now
        let end = try await course.run(means.upgrade(way), every: 6) {
            try await course.printed()
        }
        let commands = try await platform.commands().dropFirst(heard)
        print(
            "\(way): \(end), \(commands.count) commands, \((ContinuousClock.now - start).components.seconds) s"
        )
        #expect(Array(commands).wrong(for: new) == [], "\(commands)")
        try await platform.awaitWhole(version: new)
        let seen = await watch.stop()
        #expect(try await PlatformPicture(platform) == before.with(version: new))
        return seen
    }
}

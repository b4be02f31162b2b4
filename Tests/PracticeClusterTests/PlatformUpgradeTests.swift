import Foundation
import Testing

/// Upgrades of Deis by turnstile, which is killed after entries of its journal and resumed, under a client that asks every
/// router for an application each 50 ms.
extension PracticeClusterTests {
    @Test(.timeLimit(.minutes(60))) func killedAfterItsEntriesEachUpgradeOfThePlatformEndsTheSame()
        async throws
    {
        // The releases of CoreOS that Deis 1.12.3 and 1.13.0 were made for.
        let hosts = ["--from", "835.12.0", "--offer", "899.13.0"]
        try await PracticeCluster.with(["--platform", "1.12.3", "--apps", "2"] + hosts) { cluster in
            let course = try await KilledCourse(cluster)
            let inPlace = try await upgradedWithItsHosts(course, from: "1.12.3", to: "1.13.0", on: "899.13.0")
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

    /// The hosts, and then the platform in place, as the stages of a runbook that is run again after each kill.
    private func upgradedWithItsHosts(
        _ course: KilledCourse, from old: String, to new: String, on release: String
    ) async throws -> ApplicationWatch.Report {
        let means = try await DeisMeans(of: course.cluster, from: old, to: new)
        let runbook = try means.runbook(hosts: release, way: "in-place", to: new)
        let seen = try await watched(course, "runbook", to: new) {
            try await course.run(runbook, every: 12) { runbook }
        }
        for (name, host) in try await HostEvidence.readAll(course.cluster) {
            #expect(host.version == release && host.attributes == "2/0/1", "\(name)")
        }
        let again = try await course.cluster.turnstile(runbook)
        #expect(again.status == 0, "\(again)")
        return seen
    }

    /// - Returns: the answers that the client had meanwhile.
    private func upgraded(
        _ course: KilledCourse, _ way: String, from old: String, to new: String
    ) async throws -> ApplicationWatch.Report {
        let means = try await DeisMeans(of: course.cluster, from: old, to: new)
        return try await watched(course, way, to: new) {
            try await course.run(means.upgrade(way), every: 8) { try await course.printed() }
        }
    }

    /// Carries an upgrade out under the eyes of a client.
    private func watched(
        _ course: KilledCourse, _ name: String, to new: String, _ upgrade: () async throws -> KilledCourse.End
    ) async throws -> ApplicationWatch.Report {
        let platform = PlatformUnderTest(course.cluster)
        let before = try await PlatformPicture(platform)
        let heard = try await platform.commands().last?.time ?? 0
        #expect(before.isWhole, "\(before)")
        let watch = platform.watch()
        let start = ContinuousClock.now
        let end = try await upgrade()
        let commands = try await platform.commands().filter { $0.time > heard }
        print(
            "\(name): \(end), \(commands.count) commands, \((ContinuousClock.now - start).components.seconds) s"
        )
        #expect(commands.wrong(for: new) == [], "\(commands)")
        try await platform.awaitWhole(version: new)
        let seen = await watch.stop()
        #expect(try await PlatformPicture(platform) == before.with(version: new))
        return seen
    }
}

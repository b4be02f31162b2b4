import Foundation
import Testing

/// The stand-ins of Deis' platform, by what a client of an application sees of an upgrade of theirs.
extension PracticeClusterTests {
    /// As documented: upgrade-prep, then upgrade-takeover of the new deisctl. Routers say that they are healthy while no
    /// application is published, and one expired key ends it with the publisher gone (facts of the platform, 0.1 and 0.6).
    @Test(.timeLimit(.minutes(20))) func theDocumentedTakeoverTakesApplicationsOffTheAir() async throws {
        try await PracticeCluster.with(["--platform", "1.13.4", "--agent", "none"]) { cluster in
            let platform = PlatformUnderTest(cluster)
            let watch = platform.watch()
            let prep = try await platform.deisctl("1.13.4", "upgrade-prep")
            #expect(prep.status == 0 && prep.output.contains("still serving traffic as normal"), "\(prep)")
            #expect(await watch.soFar().secondsWithoutAnyApplication == 0)
            _ = try await platform.deisctl("1.13.5", "config platform set version=v1.13.5")
            let takeover = try await platform.deisctl("1.13.5", "upgrade-takeover")
            #expect(takeover.status == 0, "\(takeover)")
            try await platform.awaitWhole(version: "1.13.5")
            let seen = await watch.stop()
            #expect(seen.secondsWithoutAnyApplication > 1, "\(seen)")
            #expect(seen.secondsUnpublishedWhileAllRoutersAreHealthy > 1, "\(seen)")

            try await expectOneExpiredKeyDarkensAll(platform)
        }
    }

    /// The key of a container that died goes after deisctl has read it, and before it is written again. The publisher is
    /// stopped between the two; the keys of the others last for longer than that.
    private func expectOneExpiredKeyDarkensAll(_ platform: PlatformUnderTest) async throws {
        let watch = platform.watch()
        let dead = "/deis/services/app-1/app-1_v1.web.9"
        try await platform.fault("platform-scale", "1")
        try await platform.cluster.until("keys that last") {
            try await platform.node("/deis/services")?.leaves.allSatisfy { ($0.ttl ?? 0) > 10 } == true
                ? () : nil
        }
        try await platform.setKey(dead, "10.0.0.1:1", ttl: 600)
        async let ending = platform.deisctl("1.13.5", "upgrade-takeover")
        try await platform.cluster.until("the publisher to be stopped", every: .milliseconds(20)) {
            try await platform.targetState(of: "deis-publisher.service") == "loaded" ? () : nil
        }
        try await platform.removeKey(dead)
        let takeover = try await ending
        try await platform.fault("platform-scale", "off")
        #expect(takeover.status == 1, "\(takeover)")
        #expect(
            takeover.output.contains("Error: 100: Key not found (\(dead))"), "\(takeover)")
        #expect(!(try await platform.list()).contains("deis-publisher"))
        try await platform.cluster.until("no application answers") {
            await watch.soFar().isDark ? () : nil
        }
        for command in ["install publisher", "start publisher"] {
            _ = try await platform.deisctl("1.13.5", command)
        }
        try await platform.awaitWhole(version: "1.13.5")
        let seen = await watch.stop()
        #expect(seen.secondsUnpublishedWhileAllRoutersAreHealthy > 0, "\(seen)")
    }

    /// A unit that cannot start, a migration that fails, and a machine that goes.
    @Test(.timeLimit(.minutes(20))) func aPlatformBreaksAsItIsTold() async throws {
        try await PracticeCluster.with(["--platform", "1.11.2", "--apps", "2", "--agent", "none"]) {
            cluster in
            let platform = PlatformUnderTest(cluster)
            try await platform.fault("units-fail", "registry")
            _ = try await platform.deisctl("1.11.2", "stop registry@1")
            let start = try await platform.deisctl("1.11.2", "start registry@1")
            #expect(start.status == 0 && start.errors.contains("failed while starting"), "\(start)")
            try await platform.fault("units-fail", "off")
            _ = try await platform.deisctl("1.11.2", "start registry@1")

            try await platform.fault("migration-fails", "on")
            _ = try await platform.deisctl("1.13.4", "config platform set version=v1.13.4")
            _ = try await platform.deisctl("1.13.4", "restart controller")
            try await cluster.until("the controller to be started again and again") {
                try await platform.list().contains(/deis-controller.*auto-restart/) ? () : nil
            }
            try await platform.fault("migration-fails", "off")
            try await platform.awaitWhole(version: "1.13.4")

            let moved = try await platform.machine(of: "deis-controller")
            try await cluster.fault(moved, "power-cut")
            try await cluster.until("the controller on another machine", quietSeconds: 300) {
                let now = try? await platform.machine(of: "deis-controller")
                return now != nil && now != moved ? () : nil
            }
        }
    }
}

import Coordinator
import Foundation
import RolloutJournal
import RolloutModel
import Testing

@testable import TurnstileCommands

@Suite struct InstallCommandTests {
    /// An empty directory, gone afterwards.
    private func inScratch(_ body: (URL) throws -> Void) throws {
        let place = FileManager.default.temporaryDirectory.appendingPathComponent("install-\(UUID())")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: place) }
        try body(place)
    }

    @Test func anAgentThatIsNotThereOrIsNoneIsUsageAndSaysHowToGetOne() throws {
        try inScratch { place in
            let text = place.appendingPathComponent("text")
            try Data("#!/bin/sh\n".utf8).write(to: text)
            let unfit = [
                place.appendingPathComponent("nothing"), place, text, URL(fileURLWithPath: "/bin/ls"),
            ]
            for file in unfit {
                let failure = #expect(throws: CommandFailure.self) {
                    try AgentFile.package(named: file.path)
                }
                #expect(failure?.code == .usage && failure?.message.contains("'\(file.path)'") == true)
                #expect(failure?.message.contains("Scripts/build-agent") == true)
                #expect(failure?.message.contains("--agent") == true)
            }
        }
    }

    /// Two on one machine: the journal's lock tells.
    @Test func aRolloutDrivenHereRefuses() throws {
        try inScratch { place in
            var configuration = try Configuration.load(
                path: nil, overrides: .init(),
                environment: ConfigurationEnvironment(
                    home: place.path, workingDirectory: place.path, userName: "ann"))
            configuration.journal = place.appendingPathComponent("journal").path
            try configuration.requireNoDrivenRollout()
            let directory = JournalDirectory(path: configuration.journal)
            try directory.prepare()
            try beginAndCheck(configuration, directory)
            // Whoever wrote it is gone: what its hosts are at is for their agents to say.
            try configuration.requireNoDrivenRollout()
        }
    }

    private func beginAndCheck(_ configuration: Configuration, _ directory: JournalDirectory) throws {
        let host = PlannedHost(
            id: HostID("core-1"), machine: MachineID("m1"), version: Version("1.0.0"))
        let plan = Plan(rollout: RolloutID("r-1"), hosts: [host], target: .firstOffer)
        let journal = try Journal(
            beginning: plan, configuration: "", path: directory.journalPath(of: plan.rollout))
        withExtendedLifetime(journal) {
            let failure = #expect(throws: CommandFailure.self) { try configuration.requireNoDrivenRollout() }
            #expect(failure?.code == .held && failure?.message.contains("r-1") == true)
        }
    }

    static let results = [
        InstallResult(host: HostID("core-1"), outcome: .installed, version: "0.1.0"),
        InstallResult(host: HostID("core-2"), outcome: .upToDate, versionBefore: "0.1.0", version: "0.1.0"),
    ]

    @Test func whatWasNotDoneIsNamedWithItsReason() {
        let refused = InstallResult(
            host: HostID("core-3"), outcome: .refused, why: "rollout r-1 is at 'staging' there",
            remedy: "finish it")
        let failed = InstallResult(host: HostID("core-4"), outcome: .failed, why: "no route to host")
        #expect(InstallReport(results: Self.results, verb: "installed").failure == nil)
        let held = InstallReport(results: Self.results + [refused], verb: "installed").failure
        #expect(held?.code == .held)
        #expect(
            held?.message == """
                1 of 3 hosts were not installed:
                  - core-3: rollout r-1 is at 'staging' there.
                    What to do: finish it.
                """)
        #expect(InstallReport(results: [refused, failed], verb: "installed").failure?.code == .failed)
    }
}

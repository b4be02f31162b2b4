import Coordinator
import Foundation
import RolloutJournal
import RolloutModel
import Rollouts
import SampleValues
import Subprocess
import Testing

@testable import Reports
@testable import TurnstileCommands

@Suite struct InstallCommandTests {
    /// Runs `body` in an empty directory, which is removed afterwards.
    private func inScratch(_ body: (URL) async throws -> Void) async throws {
        let place = FileManager.default.temporaryDirectory.appendingPathComponent("install-\(UUID())")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: place) }
        try await body(place)
    }

    @Test func anAgentThatIsNotThereOrIsNoneIsUsageAndSaysHowToGetOne() async throws {
        try await inScratch { place in
            let text = place.appendingPathComponent("text")
            try Data("#!/bin/sh\n".utf8).write(to: text)
            let unfit = [
                place.appendingPathComponent("nothing"), place, text, URL(fileURLWithPath: "/bin/ls"),
            ]
            for file in unfit {
                let failure = await #expect(throws: CommandFailure.self) {
                    try await AgentFile.package(named: file.path, signers: nil)
                }
                #expect(failure?.code == .usage && failure?.message.contains("'\(file.path)'") == true)
                #expect(failure?.message.contains("Scripts/build-agent") == true)
                #expect(failure?.message.contains("--agent") == true)
            }
        }
    }

    /// A build leaves it beside the program; a package puts it into `lib`. Beside goes first, and is named where there is none.
    @Test func theAgentThatCameWithAProgramIsFound() async throws {
        try await inScratch { place in
            let program = place.appendingPathComponent("bin/turnstile")
            let beside = place.appendingPathComponent("bin/turnstile-agent")
            let packaged = place.appendingPathComponent("lib/turnstile/turnstile-agent")
            for file in [beside, packaged] {
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            }
            #expect(AgentFile.place(for: program) == beside.path)
            try Data().write(to: packaged)
            #expect(AgentFile.place(for: program) == packaged.path)
            try Data().write(to: beside)
            #expect(AgentFile.place(for: program) == beside.path)
        }
    }

    /// The agent is signed by one of the signers, by another, for another purpose, for another agent, and not at all.
    @Test func anAgentIsTakenOnlyAsItsSignersSignedIt() async throws {
        try await inScratch { place in
            let agent = place.appendingPathComponent("agent")
            let content = Data("an agent".utf8)
            try content.write(to: agent)
            for key in ["good", "other"] {
                try await run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "\(place.path)/\(key)")
            }
            let line = try String(contentsOf: place.appendingPathComponent("good.pub"), encoding: .utf8)
            let signers = place.appendingPathComponent("signers")
            try Data("ann@example.com \(line)".utf8).write(to: signers)
            func outcome(_ file: URL = signers) async -> CommandFailure? {
                do throws(CommandFailure) {
                    try await AgentSigners(file: file.path).verify([UInt8](content), at: agent.path)
                    return nil
                } catch {
                    return error
                }
            }
            func sign(_ key: String, for namespace: String) async throws {
                try? FileManager.default.removeItem(atPath: agent.path + ".sig")
                try await run(
                    "ssh-keygen", "-q", "-Y", "sign", "-f", "\(place.path)/\(key)", "-n", namespace,
                    agent.path)
            }
            #expect(await outcome()?.message.contains("there is no signature '\(agent.path).sig'") == true)
            try await sign("good", for: "turnstile-agent")
            #expect(await outcome() == nil)
            #expect(
                await outcome(place.appendingPathComponent("nobody"))?.message.contains("cannot be read")
                    == true)
            try await sign("other", for: "turnstile-agent")
            #expect(await outcome()?.message.contains("none of them made") == true)
            try await sign("good", for: "file")
            #expect(await outcome()?.message.contains("was not made with '-n turnstile-agent'") == true)
            try Data("another agent".utf8).write(to: agent)
            try await sign("good", for: "turnstile-agent")
            #expect(await outcome()?.message.contains("is none of it") == true)
        }
    }

    private func run(_ arguments: String...) async throws {
        let result = try await Subprocess.run(
            .name(arguments[0]), arguments: Arguments(Array(arguments.dropFirst())), output: .discarded,
            error: .discarded)
        #expect(result.terminationStatus.isSuccess)
    }

    /// Two processes on one machine: the journal's lock tells.
    @Test func aRolloutDrivenHereRefuses() async throws {
        try await inScratch { place in
            let journals = JournalDirectory(path: place.appendingPathComponent("journal").path).store
            let choice = RolloutChoice(journals) { _ in }
            try await choice.requireNoneDriven()
            let host = PlannedHost(
                id: HostID("core-1"), machine: MachineID("m1"), version: Version("1.0.0"))
            let plan = Plan.sample(rollout: RolloutID("r-1"), hosts: [host], target: .firstOffer)
            var journal: Journal? = try await journals.begin(
                plan, with: ConfigurationMark(digest: ""), timestamp: { "" })
            let refusal = await #expect(throws: CommandRefusal.self) { try await choice.requireNoneDriven() }
            let failure = CommandFailure(try #require(refusal), Invocation())
            #expect(failure.code == .held && failure.message.contains("r-1"))
            #expect(journal != nil)
            journal = nil
            // The writer of the journal is gone; the hosts' agents tell the state of the hosts.
            try await choice.requireNoneDriven()
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

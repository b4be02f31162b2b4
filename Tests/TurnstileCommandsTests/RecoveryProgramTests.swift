import RolloutModel
import Testing

@testable import TurnstileCommands

/// Commands that lead on from where a rollout stands, up to where a host would be needed.
extension ProgramTests {
    static let dead = "127.0.0.1:1"

    @Test func withoutARolloutAbandonSaysHowHostsAreGivenBack() async throws {
        let outcome = try await turnstile(
            ["abandon"], files: ["turnstile.yaml": Self.deadHosts, "known_hosts": ""])
        #expect(outcome.status == 64, "\(outcome)")
        #expect(outcome.errors.contains("no rollout is under way"))
        #expect(outcome.errors.contains("'turnstile abandon --host HOST'"))
    }

    @Test(arguments: ["resume", "hold"])
    func withoutARolloutTheOthersSayHowOneIsFound(command: String) async throws {
        let outcome = try await turnstile(
            [command], files: ["turnstile.yaml": Self.deadHosts, "known_hosts": ""])
        #expect(outcome.status == 64, "\(outcome)")
        #expect(outcome.errors.contains("'turnstile upgrade'"))
        #expect(outcome.errors.contains("'turnstile resume --from-hosts'"))
    }

    @Test func aHoldOfWhatNobodyDrivesNamesResume() async throws {
        let outcome = try await turnstile(["hold"], files: files([.began]))
        #expect(outcome.status == 2, "\(outcome)")
        #expect(outcome.errors.contains("turnstile resume r-1"))
    }

    /// As the hold that it stands at asks for.
    @Test func aHoldAtThePointOfNoReturnNamesTheWordToo() async throws {
        let reason = HoldReason.noReturn(.pointOfNoReturn(host: HostID(Self.dead), from: "3.4", to: "3.5"))
        let outcome = try await turnstile(["hold"], files: files([.began, .gatesHeld(reasons: [reason])]))
        #expect(outcome.status == 2, "\(outcome)")
        #expect(outcome.errors.contains("Go on with it: turnstile resume r-1 --yes"), "\(outcome)")
    }

    /// Pasted as it stands, it goes on: it has the word that the hold asks for.
    @Test func thePointOfNoReturnNamesTheWordThatAnswersIt() async throws {
        let reason = HoldReason.noReturn(.pointOfNoReturn(host: HostID(Self.dead), from: "3.4", to: "3.5"))
        let status = try await turnstile(
            ["status"], files: files([.began, .gatesHeld(reasons: [reason])]))
        #expect(status.output.contains("Go on with: turnstile resume r-1 --yes"), "\(status)")
        #expect(status.output.contains("if you accept that no host can go back any more"), "\(status)")
    }

    // MARK: lose

    @Test(arguments: [[], ["--because", "it burnt"]] as [[String]])
    func nobodyIsDeclaredLostUnasked(options: [String]) async throws {
        let outcome = try await turnstile(["lose", Self.dead] + options, files: files(Self.out))
        #expect(outcome.status == 64, "\(outcome)")
        #expect(outcome.errors.contains(options.isEmpty ? "--because" : "--yes-it-is-lost"))
    }

    @Test func itsNameIsTypedTwice() async throws {
        let outcome = try await turnstile(
            ["lose", Self.dead, "--because", "it burnt", "--yes-it-is-lost", "127.0.0.1:2"],
            files: files(Self.out))
        #expect(outcome.status == 64, "\(outcome)")
        #expect(outcome.errors.contains("--yes-it-is-lost names '127.0.0.1:2'"))
    }

    /// The agents are asked who has the cluster before anything is written.
    @Test func withoutAMajorityOfAgentsNothingIsDeclared() async throws {
        let outcome = try await turnstile(
            ["lose", Self.dead, "--because", "it burnt", "--yes-it-is-lost", Self.dead],
            files: files(Self.out))
        #expect(outcome.status == 2, "\(outcome)")
        #expect(outcome.errors.contains("agents accepted it"))
    }

    @Test func aHostOfNoRolloutIsLeftOutInstead() async throws {
        let outcome = try await turnstile(
            ["lose", Self.dead, "--because", "it burnt", "--yes-it-is-lost", Self.dead],
            files: ["turnstile.yaml": Self.deadHosts, "known_hosts": ""])
        #expect(outcome.status == 2, "\(outcome)")
        #expect(outcome.errors.contains("Go on with: turnstile upgrade HOST…"))
    }

    @Test func whatWasDeclaredLostIsShown() async throws {
        let lost = RolloutMachine.Event.lost(host: HostID(Self.dead), why: "it burnt")
        let files = try await files(Self.out + [lost])
        let status = try await turnstile(["status"], files: files)
        #expect(status.output.contains("declared lost: it burnt"), "\(status)")
        #expect(status.output.contains("Go on with: turnstile resume r-1"), "\(status)")
        let history = try await turnstile(["history", "r-1"], files: files)
        #expect(history.output.contains("declared lost: it burnt"), "\(history)")
    }
}

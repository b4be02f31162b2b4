import AgentProtocol
import Digest
import RolloutModel
import Rollouts
import SampleValues
import Testing

@testable import Coordinator

@Suite struct AgentInstallerTests {
    let host = HostID("core-1")
    static let package = AgentPackage(agent: Array("new".utf8), machine: "x86_64", unit: Array("unit".utf8))

    /// A host that an installer finds.
    struct FoundHost: Sendable {
        var machine = "x86_64"
        /// The digest of the agent on the host; nil where there is no agent.
        var agent: String? = "0000"
        var isEnabled = true
        var unit = SHA256.hexDigest(Array("unit".utf8))
        /// The messages of the agent's `report`; nil for an agent that does not run.
        var report: [AgentMessage]?
        var record: String?
        var placed = "placed 0.1.0\n"
        var removed = "removed\n"

        var shell: ScriptedShell {
            ScriptedShell { [self] command in
                switch command.text {
                case InstallScript.survey: answer(survey)
                case InstallScript.makeRoom: answer("/tmp/turnstile-install.AbC123\n")
                case InstallScript.place: answer(placed)
                case InstallScript.remove: answer(removed)
                case InstallScript.removeRoom: answer("")
                case "sudo -n /opt/bin/turnstile-agent report":
                    report.map { messages in
                        HostCommandResult(
                            output: messages.flatMap { (try? Wire.line($0)) ?? [] }, exitStatus: 0)
                    } ?? answer("", status: 1)
                default: nil
                }
            }
        }

        private func answer(_ text: String, status: Int32 = 0) -> HostCommandResult {
            HostCommandResult(output: Array(text.utf8), exitStatus: status)
        }

        private var survey: String {
            var lines = ["machine \(machine)"]
            if let agent { lines += ["agent \(agent) 755:0:0", "version 0.0.9"] }
            if agent != nil { lines += ["unit \(unit) 644:0:0"] }
            lines += ["enabled \(isEnabled ? "enabled" : "disabled")"]
            lines += record.map { ["state 5757", $0] } ?? ["state none"]
            return lines.joined(separator: "\n") + "\n"
        }
    }

    static func report(_ state: AgentState, unreadable: [Unreadable] = []) -> [AgentMessage] {
        [
            .hello(AgentHello(agentVersion: "0.0.9")),
            .report(
                HostReport.sample(
                    machineID: "m", bootID: "b", hostname: "core-1", agent: state, unreadable: unreadable)),
        ]
    }

    static func state(
        _ phase: HostPhase, goal: GoalState? = nil, holdsOriginal: Bool = false
    ) -> AgentState {
        AgentState.sample(
            agentVersion: "0.0.9", phase: phase, authority: Authority(rollout: "r-7", token: 4), version: nil,
            goal: goal, holdsOriginal: holdsOriginal)
    }

    func install(_ found: FoundHost, despiteUnreadable: Bool = false) async throws -> (
        InstallResult, ScriptedShell
    ) {
        let scripted = found.shell
        let installer = AgentInstaller(shell: scripted.shell, despiteUnreadable: despiteUnreadable)
        return (try #require(await installer.install(Self.package, on: [host]).first), scripted)
    }

    func uninstall(_ found: FoundHost, purge: Bool = false) async throws -> (InstallResult, ScriptedShell) {
        let scripted = found.shell
        let results = await AgentInstaller(shell: scripted.shell).uninstall(from: [host], purge: purge)
        return (try #require(results.first), scripted)
    }

    /// True if the host got only questions.
    func wasLeftAlone(_ scripted: ScriptedShell) -> Bool {
        scripted.uploads.isEmpty
            && scripted.commands.allSatisfy {
                [InstallScript.survey, "sudo -n /opt/bin/turnstile-agent report"].contains($0.text)
            }
    }

    // MARK: install

    @Test func aHostWithoutAnAgentGetsOne() async throws {
        let (result, scripted) = try await install(FoundHost(agent: nil))
        #expect(result == InstallResult(host: host, outcome: .installed, version: "0.1.0"))
        let room = "/tmp/turnstile-install.AbC123"
        #expect(
            scripted.uploads == ["\(room)/agent": Self.package.agent, "\(room)/unit": Self.package.unit])
        let place = try #require(scripted.commands.first { $0.text == InstallScript.place })
        #expect(
            String(decoding: place.input, as: UTF8.self)
                == "\n\(room)\n\(Self.package.agentDigest)\n\(Self.package.unitDigest)\nnone\n")
        let last = try #require(scripted.commands.last)
        #expect(last.text == InstallScript.removeRoom && last.input == Array("\(room)\n".utf8))
    }

    @Test func anAgentAtRestIsReplaced() async throws {
        for phase in [HostPhase.idle, .committed] {
            let found = FoundHost(
                report: Self.report(Self.state(phase, goal: GoalState(verb: .commit, isOpen: false))),
                record: "{}")
            let (result, scripted) = try await install(found)
            #expect(result.outcome == .replaced && result.versionBefore == "0.0.9")
            // The script changes the host only if the record is still the one that was read.
            let place = try #require(scripted.commands.first { $0.text == InstallScript.place })
            #expect(String(decoding: place.input, as: UTF8.self).hasSuffix("\n5757\n"))
        }
    }

    @Test func aHostThatHasExactlyThisIsNotTouched() async throws {
        // The host is not even asked about rollouts, since nothing will be changed.
        let same = FoundHost(agent: Self.package.agentDigest, record: #"{"phase":"staging"}"#)
        let (result, scripted) = try await install(same)
        #expect(result.outcome == .upToDate && result.version == "0.0.9")
        #expect(scripted.commands.map(\.text) == [InstallScript.survey])
        let differing: [WritableKeyPath<FoundHost, Bool>: Bool] = [\.isEnabled: false]
        for (key, value) in differing {
            var other = FoundHost(agent: Self.package.agentDigest)
            other[keyPath: key] = value
            #expect(try await install(other).0.outcome == .replaced)
        }
        #expect(
            try await install(FoundHost(agent: Self.package.agentDigest, unit: "00")).0.outcome == .replaced)
    }

    @Test(arguments: [HostPhase.staging, .staged, .rebooting, .committing, .rollingBack])
    func aRolloutUnderWayRefuses(phase: HostPhase) async throws {
        let found = FoundHost(report: Self.report(Self.state(phase)))
        for (result, scripted) in [try await install(found), try await uninstall(found)] {
            #expect(result.outcome == .refused && result.why?.contains("'\(phase.rawValue)'") == true)
            #expect(result.remedy?.contains("turnstile resume r-7") == true)
            #expect(wasLeftAlone(scripted))
        }
        // A person's word does not help against a known rollout.
        #expect(try await install(found, despiteUnreadable: true).0.outcome == .refused)
    }

    /// The refusal follows from partitions and record; a record alone does not tell the partitions.
    @Test(arguments: [true, false]) func aRefusalNamesTheCommandThatLeadsOn(agentRuns: Bool) async throws {
        let record = #"{"formatVersion":1,"phase":"staged","authority":{"rollout":"r-7","token":4}}"#
        let found =
            agentRuns
            ? FoundHost(report: Self.report(Self.state(.staged))) : FoundHost(agent: nil, record: record)
        let installer = AgentInstaller(
            shell: found.shell.shell,
            wayOn: { host, report in "\(host): \((report.map { HostPlace($0) } ?? .unreadable).words)" })
        for result in [
            await installer.install(Self.package, on: [host]),
            await installer.uninstall(from: [host], purge: true),
        ] {
            #expect(result.first?.remedy == "core-1: \(HostPlace.unreadable.words)")
        }
    }

    @Test func anOpenGoalRefuses() async throws {
        let found = FoundHost(
            report: Self.report(Self.state(.idle, goal: GoalState(verb: .stage, isOpen: true))))
        for (result, scripted) in [try await install(found), try await uninstall(found)] {
            #expect(result.outcome == .refused && result.why?.contains("asked it to stage") == true)
            #expect(wasLeftAlone(scripted))
        }
    }

    /// Agents this turnstile does not understand: one of another protocol, and one that does not run.
    static let strangers: [[AgentMessage]?] = [
        [.hello(AgentHello(protocolVersion: 1, agentVersion: "0.0.9"))],
        [.hello(AgentHello(protocolVersion: 99, agentVersion: "9.0.0"))],
        nil,
    ]

    @Test(arguments: strangers) func aStrangersRecordDecides(report: [AgentMessage]?) async throws {
        func found(_ record: String?) -> FoundHost { FoundHost(report: report, record: record) }
        let idle = #"{"formatVersion":1,"phase":"idle"}"#
        #expect(try await install(found(idle)).0.outcome == .replaced)
        #expect(try await install(found(nil)).0.outcome == .replaced)
        let (staging, scripted) = try await install(found(#"{"formatVersion":1,"phase":"staging"}"#))
        #expect(staging.outcome == .refused && wasLeftAlone(scripted))
        let (unknown, alsoScripted) = try await install(found(#"{"formatVersion":9,"phase":"idle"}"#))
        #expect(unknown.outcome == .refused && wasLeftAlone(alsoScripted))
        #expect(unknown.remedy?.contains("--despite-unreadable") == true)
        #expect(
            try await install(found("{"), despiteUnreadable: true).0.outcome == .replaced)
    }

    /// An agent that cannot read its record reports a host at rest, which must not be believed.
    @Test func aReportWithoutItsRecordIsNotBelieved() async throws {
        let blind = Self.report(
            AgentState.sample(agentVersion: "0.0.9", phase: .idle, authority: nil, version: nil),
            unreadable: [Unreadable(subject: "/var/lib/turnstile/state.json", reason: "has format 9")])
        let newer = FoundHost(report: blind, record: #"{"formatVersion":9,"phase":"idle"}"#)
        for (result, scripted) in [try await install(newer), try await uninstall(newer)] {
            #expect(result.outcome == .refused && result.why?.contains("format 9") == true)
            #expect(wasLeftAlone(scripted))
        }
    }

    @Test func anotherMachineIsRefused() async throws {
        let (result, scripted) = try await install(FoundHost(machine: "aarch64", agent: nil))
        #expect(result.outcome == .refused && result.why?.contains("aarch64") == true)
        #expect(wasLeftAlone(scripted))
    }

    @Test(arguments: [
        ("stopped digest\n", "another SHA-256"), ("stopped changed\n", "began something"),
        ("stopped run\n", "does not run"), ("", "did not"),
    ])
    func aSwapThatStoppedIsAFailureAndLeavesNoUpload(placed: String, words: String) async throws {
        let (result, scripted) = try await install(FoundHost(agent: nil, placed: placed))
        #expect(result.outcome == .failed && result.why?.contains(words) == true, "\(result)")
        #expect(scripted.commands.last?.text == InstallScript.removeRoom)
    }

    @Test func aHostThatCannotBeReadAsRootFails() async throws {
        let scripted = ScriptedShell("", errors: "sudo: a password is required\n", exitStatus: 1)
        let results = await AgentInstaller(shell: scripted.shell).install(Self.package, on: [host])
        #expect(results.first?.outcome == .failed)
        #expect(results.first?.why?.contains("sudo: a password is required") == true)
        #expect(wasLeftAlone(scripted))
    }

    @Test func resultsKeepTheOrderOfTheHosts() async {
        let hosts = (1...9).map { HostID("core-\($0)") }
        let results = await AgentInstaller(shell: FoundHost(agent: nil).shell.shell)
            .install(Self.package, on: hosts)
        #expect(results.map(\.host) == hosts.map(\.rawValue))
    }

    // MARK: uninstall

    @Test func anAgentAtRestIsRemovedAndItsRecordKept() async throws {
        let found = FoundHost(report: Self.report(Self.state(.idle)), record: "{}")
        for purge in [false, true] {
            let (result, scripted) = try await uninstall(found, purge: purge)
            #expect(result == InstallResult(host: host, outcome: .removed, versionBefore: "0.0.9"))
            let input = scripted.commands.last?.input ?? []
            #expect(String(decoding: input, as: UTF8.self) == "\n\(purge ? "purge" : "keep")\n5757\n")
        }
    }

    @Test func whatWasFoundIsGivenBackFirst() async throws {
        let reported = FoundHost(report: Self.report(Self.state(.committed, holdsOriginal: true)))
        let recorded = FoundHost(record: #"{"formatVersion":1,"phase":"committed","original":{}}"#)
        for found in [reported, recorded] {
            let (result, scripted) = try await uninstall(found)
            #expect(result.outcome == .refused && result.remedy?.contains("abandon --host core-1") == true)
            #expect(wasLeftAlone(scripted))
        }
    }

    @Test func nothingThereIsNothingToRemove() async throws {
        let bare = FoundHost(agent: nil, isEnabled: false, record: #"{"formatVersion":1,"phase":"idle"}"#)
        let (result, scripted) = try await uninstall(bare)
        #expect(result.outcome == .absent && wasLeftAlone(scripted))
        #expect(try await uninstall(bare, purge: true).0.outcome == .removed)
    }

    @Test func aRemovalThatStoppedIsAFailure() async throws {
        let found = FoundHost(report: Self.report(Self.state(.idle)), removed: "stopped changed\n")
        #expect(try await uninstall(found).0.outcome == .failed)
    }
}

import RolloutModel
import Rollouts
import SampleValues
import Testing

@testable import Coordinator

/// The look at a host and at its cluster, over a shell whose answers are written down.
@Suite struct HostLookerTests {
    static let host = HostID("core-1")

    /// Answers by a word of the command.
    static func shell(_ answers: [(word: String, output: String)]) -> ScriptedShell {
        ScriptedShell { command in
            let text = command.text.text
            if text == "true" { return HostCommandResult(output: [], exitStatus: 0) }
            let found = answers.first { text.contains($0.word) }
            return HostCommandResult(
                output: Array((found?.output ?? "").utf8), exitStatus: found == nil ? 1 : 0)
        }
    }

    static func looker(_ scripted: ScriptedShell, etcd: EtcdEndpoint = .usual) -> HostLooker {
        HostLooker(shell: scripted.shell, etcd: etcd, asksFleet: true, asksEtcd: true, now: { 0 })
    }

    @Test func aHostThatCannotBeReachedIsOneFault() async {
        let look = await Self.looker(ScriptedShell { _ in nil }).look(at: Self.host)
        #expect(look.fault?.kind == .unreachable && look.probe == nil && !look.hasRoot)
        let found = Self.cluster([look]).findings(
            GateSettings(fleet: nil, etcd: nil), endpoint: .usual, isPart: false)
        #expect(found.map(\.check) == [.connection] && found[0].verdict == .fault, "\(found)")
    }

    @Test func whatAHostTellsIsFound() async {
        let scripted = Self.shell([
            ("fleet-conf", HostProbeTests.whole), ("fleetctl list-machines", "abc\t10.0.0.1\t-\n"),
        ])
        let look = await Self.looker(scripted).look(at: Self.host)
        #expect(look.hasRoot && look.machines == .seen([MachineID("abc")]) && look.clock?.shown != nil)
        guard case .unknown? = look.seat else {
            Issue.record("its etcd does not answer")
            return
        }
        let settings = GateSettings(fleet: .init(ttl: .seconds(30)), etcd: .init(samples: 1))
        let found = Self.cluster([look]).findings(settings, endpoint: .usual, isPart: true)
        let faults = found.filter { $0.verdict == .fault }.map(\.check)
        #expect(Set(faults) == [.etcd, .fleetTTL, .reboots], "\(found)")
    }

    /// fleet is not asked where systemd knows none: the question would start what is not there.
    @Test func aHostWithoutFleetIsNotAskedForMachines() async {
        let scripted = Self.shell([
            ("fleet-conf", "@turnstile units\nId=fleet.service\nLoadState=not-found\n@turnstile root\n")
        ])
        let look = await Self.looker(scripted).look(at: Self.host)
        #expect(look.machines == nil)
        #expect(!scripted.commands.contains { $0.text.text.contains("fleetctl list-machines") })
        let settings = GateSettings(fleet: .init(ttl: .seconds(30)), etcd: nil)
        let found = Self.cluster([look]).findings(settings, endpoint: .usual, isPart: false)
        #expect(found.contains { $0.check == .fleet && $0.said == "there is no fleet.service" })
    }

    /// No command waits for longer than what is left for its host.
    @Test func allCommandsOfAHostShareItsTime() async throws {
        let scripted = ScriptedShell("")
        let shell = scripted.shell.within(.seconds(5))
        _ = try await shell.run(Self.host, HostCommand("true", deadline: .seconds(60)))
        #expect(scripted.commands.allSatisfy { $0.deadline <= .seconds(5) })
        let none = scripted.shell.within(.zero)
        await #expect {
            _ = try await none.run(Self.host, HostCommand("true"))
        } throws: { ($0 as? HostFault)?.kind == .interrupted }
    }

    // MARK: The way to etcd

    /// Only one of the places that are tried has the host's own member.
    @Test(arguments: ["https://127.0.0.1:2379", "https://10.0.0.1:2379", "http://127.0.0.1:4001"])
    func theWayToTheHostsOwnEtcdIsFound(url: String) async {
        let answers = HostReadingTests.member("a1", at: url)
        let scripted = ScriptedShell { command in
            guard !command.input.isEmpty else {
                let connection = "10.9.9.9 5 10.0.0.1 22\n"
                return HostCommandResult(output: Array(connection.utf8), exitStatus: 0)
            }
            let own = url.contains("127.0.0.1") ? "127.0.0.1" : "10.0.0.1"
            let text = HostReadingTests.urls(command).map { asked in
                answers[asked].map { "\($0.1)\n@turnstile-status \($0.0) \(own) \(own)\n" }
                    ?? "\n@turnstile-status 000  \n"
            }
            return HostCommandResult(output: Array(text.joined().utf8), exitStatus: 0)
        }
        let place = await EtcdSearch(shell: scripted.shell).find(
            on: Self.host, HostProbeTests.probe(HostProbeTests.whole))
        let expected = url.replacing("//10.0.0.1", with: "//{address}")
        #expect(place?.urls == [expected])
        #expect((place?.caFile != nil) == url.hasPrefix("https"))
    }

    @Test func noWayIsGuessed() async {
        let scripted = ScriptedShell("\n@turnstile-status 000  \n")
        let place = await EtcdSearch(shell: scripted.shell).find(
            on: Self.host, HostProbeTests.probe(HostProbeTests.whole))
        #expect(place == nil)
    }

    static func cluster(_ looks: [HostLook]) -> ClusterLook {
        ClusterLook(
            hosts: looks, logins: [:],
            clock: ClockReading(
                shown: UTCTime(sinceEpoch: .seconds(1_795_608_000)), asked: 0, answered: 0))
    }
}

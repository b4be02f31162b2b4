import AgentProtocol
import HostFiles
import RolloutModel
import Rollouts
import SampleValues
import Testing

@testable import Coordinator

@Suite struct RootTroubleTests {
    @Test(arguments: [
        ("sudo: a password is required\n", HostFault.Kind.sudoNeedsPassword, "NOPASSWD: ALL"),
        ("sudo: sorry, you must have a tty to run sudo\n", .sudoNeedsTTY, "Defaults:core !requiretty"),
        ("core is not in the sudoers file.\n", .sudoForbidden, "NOPASSWD: ALL"),
        ("sh: 1: exec: sudo: not found\n", .sudoMissing, "--user root"),
    ])
    func sudosOwnWordsAreTheCause(errors: String, kind: HostFault.Kind, remedy: String) async {
        let scripted = ScriptedShell(
            "", errors: "Welcome\n" + errors, exitStatus: kind == .sudoMissing ? 127 : 1)
        let fault = await #expect(throws: HostFault.self) {
            try await AgentConversation(shell: scripted.shell, host: HostID("core-1")).report()
        }
        #expect(fault?.kind == kind && fault?.remedy?.contains(remedy) == true)
        #expect(fault?.why.contains(errors.split(separator: "\n").joined()) == true)
        let package = AgentPackage(agent: [1], machine: nil)
        let result = await AgentInstaller(shell: scripted.shell).install(package, on: [HostID("core-1")])
            .first
        #expect(result?.remedy?.contains(remedy) == true)
        #expect(result?.remedy?.contains("audit") == false)
    }

    @Test func whatPrecedesTheMarkIsNotTheCommands() {
        for greeting in [
            "", "Welcome\n", "no end of line", "@turnstile begins, almost\n",
            String(repeating: "\n", count: 99_000),
        ] {
            for size in [1, 3, 1000] {
                var mark = CommandMark()
                let bytes = Array("\(greeting)\n@turnstile begins\nout\n@turnstile begins\n".utf8)
                var heard: [UInt8] = []
                for start in stride(from: 0, to: bytes.count, by: size) {
                    heard += mark.strip(Array(bytes[start..<min(start + size, bytes.count)]))
                }
                #expect(String(decoding: heard, as: UTF8.self) == "out\n@turnstile begins\n")
                #expect(mark.saidInstead == nil)
            }
        }
        var endless = CommandMark()
        for _ in 0...1024 {
            #expect(!endless.isHopeless)
            #expect(endless.strip([UInt8](repeating: 65, count: 4096)) == [])
        }
        #expect(endless.isHopeless)
        #expect(endless.strip(Array("\n@turnstile begins\nx".utf8)) == [])
        #expect(endless.saidInstead != nil)
    }

    @Test(arguments: [
        ("place / 0 drwxr-xr-x\nplace /opt/bin 0 drwxr-xr-x\n", ""),
        ("place / 0 drwxr-xr-x\nplace /opt/bin 0 drwxrwxr-x\n", "'/opt/bin' may be written"),
        ("place /opt 500 drwxr-xr-x\n", "'/opt' belongs to user 500"),
        ("place /opt/bin 0 lrwxrwxrwx\n", "'/opt/bin' is a symbolic link"),
        ("place /opt/bin/turnstile-agent 0 -rwxr-xrwx\n", "'/opt/bin/turnstile-agent' may be written"),
    ])
    func whoMayWriteTheAgentIsSeen(output: String, why: String) {
        let place = AgentPlace("LoadState=loaded\n\nmachine x86_64\n" + output)
        #expect(place.unit?.loadState == "loaded" && place.program == nil)
        #expect(why.isEmpty ? place.exposed == nil : place.exposed?.hasPrefix(why) == true)
    }

    /// All say the same version.
    @Test func anotherProgramIsSeenByItsDigest() {
        func place(_ machine: String, _ letter: Character) -> AgentPlace {
            AgentPlace(
                "LoadState=loaded\nmachine \(machine)\ndigest \(String(repeating: letter, count: 64)) -\n")
        }
        let hosts = (1...5).map { HostID("core-\($0)") }
        let places = [
            hosts[0]: place("x86_64", "a"), hosts[1]: place("x86_64", "b"), hosts[2]: place("x86_64", "b"),
            hosts[3]: place("aarch64", "c"), hosts[4]: AgentPlace("machine x86_64\ndigest  -\n"),
        ]
        let skew = AgentSkew(hosts: hosts, reports: [:], places: places, version: "1.0.0")
        #expect(skew.otherPrograms.map(\.host) == [hosts[0]])
        #expect(skew.otherProgramsAtWork == [])
    }

    /// No agent can be replaced in the middle of its host's turn, so such a host neither holds a rollout nor says which
    /// program is the usual one.
    @Test func aProgramInMidTurnDecidesNothing() {
        func place(_ letter: Character) -> AgentPlace {
            AgentPlace(
                "LoadState=loaded\nmachine x86_64\ndigest \(String(repeating: letter, count: 64)) -\n")
        }
        func report(_ phase: HostPhase) -> Result<HostReport, HostFault> {
            .success(
                .sample(
                    machineID: "m", bootID: "b", hostname: "h",
                    agent: .sample(agentVersion: "1.0.0", phase: phase, authority: nil, version: nil)))
        }
        let hosts = (1...4).map { HostID("core-\($0)") }
        let phases: [HostPhase] = [.rebooting, .committed, .idle, .idle]
        let reports = Dictionary(uniqueKeysWithValues: zip(hosts, phases.map(report)))
        func skew(_ letters: [Character]) -> AgentSkew {
            AgentSkew(
                hosts: hosts, reports: reports,
                places: Dictionary(uniqueKeysWithValues: zip(hosts, letters.map(place))), version: "1.0.0")
        }
        let alone = skew(["a", "b", "b", "b"])
        #expect(alone.otherPrograms == [] && alone.otherProgramsAtWork.map(\.host) == [hosts[0]])
        let mixed = skew(["b", "a", "c", "c"])
        #expect(mixed.otherPrograms.map(\.host) == [hosts[1]])
        #expect(mixed.otherProgramsAtWork.map(\.host) == [hosts[0]])
    }
}

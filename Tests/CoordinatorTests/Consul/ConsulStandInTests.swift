import Foundation
import ProcessInput
import RolloutModel
import Rollouts
import SampleValues
import Subprocess
import Synchronization
import SystemPackage
import Testing

@testable import Coordinator
@testable import PracticeHost

/// The reader and the gate over agents that answer on sockets of this machine, each at a loopback address of its own.
@Suite(.serialized) struct ConsulStandInTests {
    /// Over a sound datacenter, and what an agent with a fault leads to.
    static let faults: [(ConsulFault, String?)] = [
        (.unhealthy, "autopilot does not call it healthy"), (.limited, "it answered 429"),
        (.leaderless, "Consul has no leader, asked from 'core-2'"), (.denied, "Permission denied"),
        (.filtered, "its list of members lacks the agent itself"), (.html, "not the JSON expected"),
        (.stranger, "neither the host's name"), (.slow, "Consul is set up there"), (.stale, nil),
    ]

    @Test(.timeLimit(.minutes(5))) func anUnkindAgentHolds() async throws {
        let datacenter = try Datacenter(count: 3)
        defer { datacenter.end() }
        try await datacenter.awaitWhole()
        for (fault, words) in Self.faults {
            try datacenter.set(fault, on: 1)
            try await datacenter.await("\(fault) is told") { reasons in
                words.map { words in reasons.contains { $0.description.contains(words) } } ?? reasons.isEmpty
            }
            try datacenter.set(nil, on: 1)
            // The other agents call one failed that was too slow for them, and find it alive again later.
            try await datacenter.awaitWhole()
        }
    }

    /// A server that dies is missed, also where one agent goes on calling it alive; a member that left is not.
    @Test(.timeLimit(.minutes(5))) func aDeadServerIsMissed() async throws {
        let datacenter = try Datacenter(count: 3, stabilization: 2)
        defer { datacenter.end() }
        try await datacenter.awaitWhole()
        try datacenter.set(.stale, on: 0)
        datacenter.stop(2)
        try await datacenter.await("the server is missed") { reasons in
            reasons.contains { reason in
                guard case .consul(.consulServerDown("consul-3", let seenBy, _, _)) = reason else {
                    return false
                }
                return seenBy == [datacenter.hosts[0], datacenter.hosts[1]]
            }
        }
        #expect(await datacenter.reasons().contains { $0.subject == datacenter.hosts[2] })
        try datacenter.set(nil, on: 0)
        try datacenter.start(2)
        try await datacenter.awaitWhole()
    }

    /// Two servers have no vote to spare.
    @Test(.timeLimit(.minutes(5))) func twoServersHoldTheQuorum() async throws {
        let datacenter = try Datacenter(count: 2)
        defer { datacenter.end() }
        try await datacenter.await("both are seen") { reasons in
            reasons.map(\.name) == ["consulQuorumWouldBreak"]
        }
    }

    @Test(.timeLimit(.minutes(5))) func aTokenIsShown() async throws {
        let datacenter = try Datacenter(count: 3, token: "s3cret")
        defer { datacenter.end() }
        try await datacenter.await("the token is missed") { reasons in
            reasons.count == 3 && reasons.allSatisfy { $0.description.contains("gates.consul.token") }
        }
        let shown: ConsulToken = try #require(ConsulToken(file: "t", text: "s3cret"))
        try await datacenter.awaitWhole(with: shown)
    }
}

/// Agents of one datacenter, as threads of this process.
private final class Datacenter: Sendable {
    let hosts: [HostID]
    private let directory: URL
    private let addresses: [String]
    private let agents: Mutex<[Int: Agent]>

    /// A thread that runs an agent until it is told to end.
    final class Agent: Sendable {
        private let state = Mutex((isOver: false, hasEnded: false))

        init(path: String) {
            Thread.detachNewThread { [self] in
                _ = try? ConsulDaemon(arguments: [path]).run { state.withLock(\.isOver) }
                state.withLock { $0.hasEnded = true }
            }
        }

        func end() {
            state.withLock { $0.isOver = true }
            while !state.withLock(\.hasEnded) { usleep(10_000) }
        }
    }

    init(count: Int, stabilization: Int = 0, token: String? = nil) throws {
        // Of this test alone, whatever else runs on this machine.
        let net = "127.\(UInt8.random(in: 2...250)).\(UInt8.random(in: 0...250))"
        addresses = (1...count).map { "\(net).\($0)" }
        hosts = (1...count).map { HostID("core-\($0)") }
        directory = FileManager.default.temporaryDirectory.appending(path: "consul-\(UUID())")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        agents = Mutex([:])
        let members = addresses.enumerated().map { index, address in
            "member consul-\(index + 1) 00000000-0000-0000-0000-00000000000\(index + 1) \(address) server"
        }
        let gone = "member old 00000000-0000-0000-0000-00000000000f \(net).99 left"
        for (index, address) in addresses.enumerated() {
            var lines = [
                "self consul-\(index + 1)", "http \(address) 8500", "stabilization \(stabilization)", gone,
            ]
            if let token { lines.append("token \(token)") }
            try (lines + members).joined(separator: "\n").write(
                to: directory.appending(path: "\(index)"), atomically: true, encoding: .utf8)
            try start(index)
        }
    }

    func start(_ index: Int) throws {
        let agent = Agent(path: directory.appending(path: "\(index)").path)
        agents.withLock { $0[index] = agent }
    }

    func stop(_ index: Int) { agents.withLock { $0.removeValue(forKey: index) }?.end() }

    func end() {
        for index in hosts.indices { stop(index) }
        try? FileManager.default.removeItem(at: directory)
    }

    func set(_ fault: ConsulFault?, on index: Int) throws {
        try (fault?.rawValue ?? "").write(
            to: directory.appending(path: "\(index).fault"), atomically: true, encoding: .utf8)
    }

    // MARK: The gate over it

    func awaitWhole(with token: ConsulToken? = nil) async throws {
        try await `await`("Consul is whole", with: token) { $0 == [] }
    }

    func `await`(
        _ what: String, with token: ConsulToken? = nil, _ isSo: ([HoldReason]) -> Bool
    ) async throws {
        var reasons: [HoldReason] = []
        for _ in 0..<150 {
            reasons = await self.reasons(with: token)
            if isSo(reasons) { return }
            try await Task.sleep(for: .milliseconds(200))
        }
        Issue.record("never: \(what); \(reasons)")
    }

    /// The gate's reasons about the first host, by one look at all.
    func reasons(with token: ConsulToken? = nil) async -> [HoldReason] {
        let endpoint = ConsulEndpoint(url: "http://{address}:8500", token: token)
        let reading = ConsulReading(shell: shell, endpoint: endpoint)
        var inventory = Inventory(takenAt: 0)
        for host in hosts {
            inventory.hosts[host] = .seen(
                .sample(
                    machine: MachineID("m-\(host)"), boot: BootID("b"), version: Version("1.0.0"),
                    committed: true))
            do throws(HostFault) {
                inventory.consul[host] = .seen(try await reading.sight(of: host))
            } catch {
                inventory.consul[host] = .unknown(error.why)
            }
        }
        let plan = Plan.sample(
            rollout: RolloutID("r-1"),
            hosts: hosts.map {
                PlannedHost(id: $0, machine: MachineID("m-\($0)"), version: Version("1.0.0"))
            }, target: .firstOffer)
        let settings = GateSettings(
            fleet: nil, etcd: nil, consul: .init(steady: .zero, stabilization: .seconds(60)))
        return Gates(plan: plan, settings: settings).verdict(
            .beforeReboot, of: hosts[0], history: [inventory]
        ).reasons
    }

    /// Runs curl here; what else a host would be asked is answered for it.
    private var shell: HostShell {
        HostShell(
            run: { [self] host, command throws(HostFault) in
                do { return try await run(command, for: hosts.firstIndex(of: host) ?? 0) } catch {
                    throw HostFault(host: host, kind: .commandFailed, why: "\(error)")
                }
            },
            converse: { host, _, _ throws(HostFault) in
                throw HostFault(host: host, kind: .commandFailed, why: "nobody converses here")
            }, disconnect: { _ in })
    }

    private func run(_ command: HostCommand, for index: Int) async throws -> HostCommandResult {
        let text = command.text.text
        if text.contains("SSH_CONNECTION") {
            return HostCommandResult(output: Array("10.0.0.9 1 \(addresses[index]) 22\n".utf8), exitStatus: 0)
        }
        if text.hasPrefix("uname") {
            return HostCommandResult(output: Array("consul-\(index + 1)\n".utf8), exitStatus: 0)
        }
        if text.hasPrefix("systemctl") {
            return HostCommandResult(output: Array("enabled\nactive\n".utf8), exitStatus: 0)
        }
        let result = try await Subprocess.run(
            .path("/bin/sh"), arguments: ["-c", text],
            input: .fileDescriptor(
                try FilledPipe.readEnd(of: command.input), closeAfterSpawningProcess: true),
            output: .bytes(limit: command.outputBytesMax), error: .bytes(limit: command.outputBytesMax))
        guard case .exited(let code) = result.terminationStatus else {
            return HostCommandResult(output: [], exitStatus: nil, exitSignal: "KILL")
        }
        return HostCommandResult(
            output: result.standardOutput, errors: result.standardError, exitStatus: code)
    }
}

import AgentProtocol
import Logging

@testable import HostAgent

/// The verbs, asked as a coordinator asks them.
extension SimulatedHost {
    static let first = Authority(rollout: "r-1", token: 7)

    @discardableResult
    func stage(
        target: String? = "1353.8.0", group: String? = "stable", rest: EngineRest = .masked,
        by authority: Authority = first, seconds: Int = 600, acceptsRevert: Bool = false
    ) async throws -> AgentMessage? {
        try await ask(
            StageRequest(
                authority: authority, group: group, server: nil, target: target,
                acceptsRevert: acceptsRevert, engineRest: rest, etcdVersion: nil, deadline: .seconds(seconds))
        )
    }

    @discardableResult
    func prefetch(
        target: String? = "1353.8.0", group: String? = "stable", rest: EngineRest = .masked,
        by authority: Authority = first, seconds: Int = 600
    ) async throws -> AgentMessage? {
        try await ask(
            PrefetchRequest(
                authority: authority, group: group, server: nil, target: target, acceptsRevert: false,
                engineRest: rest, deadline: .seconds(seconds)))
    }

    @discardableResult
    func arm(
        version: String = "1353.8.0", group: String? = "stable", rest: EngineRest = .masked,
        by authority: Authority = first, seconds: Int = 300
    ) async throws -> AgentMessage? {
        try await ask(
            ArmRequest(
                authority: authority, version: version, group: group, server: nil, engineRest: rest,
                etcdVersion: nil, deadline: .seconds(seconds)))
    }

    @discardableResult
    func askReboot(
        version: String = "1353.8.0", bootID: String? = nil, by authority: Authority = first,
        deadManMinutes: Int? = nil
    ) async throws -> AgentMessage? {
        try await ask(
            RebootRequest(
                authority: authority, bootID: bootID ?? self.bootID, version: version,
                deadManMinutes: deadManMinutes))
    }

    @discardableResult
    func commit(
        version: String = "1353.8.0", bootID: String? = nil, method: CommitMethod = .engine,
        rest: EngineRest = .masked, by authority: Authority = first, seconds: Int = 300
    ) async throws -> AgentMessage? {
        try await ask(
            CommitRequest(
                authority: authority, bootID: bootID ?? self.bootID, version: version, method: method,
                engineRest: rest,
                deadline: .seconds(seconds)))
    }

    @discardableResult
    func abandon(by authority: Authority = first) async throws -> AgentMessage? {
        try await ask(AbandonRequest(authority: authority, deadline: .seconds(120)))
    }

    @discardableResult
    func rollback(bootID: String? = nil, by authority: Authority = first) async throws -> AgentMessage? {
        try await ask(RollbackRequest(authority: authority, bootID: bootID ?? self.bootID))
    }

    @discardableResult
    func claim(by authority: Authority = first) async throws -> AgentMessage? {
        try await ask(
            ClaimRequest(
                authority: authority, holder: "core@bastion", since: "2026-11-24T07:12:05Z"))
    }

    @discardableResult
    func release(by authority: Authority = first, supersedes: String? = nil) async throws -> AgentMessage? {
        try await ask(ReleaseRequest(authority: authority, supersedes: supersedes, resetsTokens: nil))
    }

    func report() async -> HostReport? {
        guard case .report(let report) = await perform(.report, []) else { return nil }
        return report
    }

    func ask<Request: AgentRequest>(_ request: Request) async throws -> AgentMessage? {
        await perform(Request.verb, try Wire.line(request))
    }

    /// A new process of the agent: it starts with nothing but what is on the host.
    func perform(_ verb: AgentVerb, _ line: [UInt8]) async -> AgentMessage? {
        // Thousands of these run on as many threads as there are cores, and others wait for one.
        await Task.yield()
        with {
            $0.said = []
            $0.effectsDone = 0
        }
        _ = await Agent(effects: effects, logger: Self.silence).perform(verb) { line }
        return answer
    }

    /// turnstile-agent.service, from its start to its end.
    func runUnit() async { _ = await Worker(effects: unitEffects, logger: Self.silence).run() }

    private static var silence: Logger { Logger(label: "test") { _ in SwiftLogNoOpLogHandler() } }

    /// On the new partition, on its one try.
    static func rebootedIntoUpdate(_ change: (inout State) -> Void = { _ in }) async throws -> SimulatedHost {
        let host = SimulatedHost(change)
        try await host.stage()
        try await host.askReboot()
        host.reboot()
        return host
    }
}

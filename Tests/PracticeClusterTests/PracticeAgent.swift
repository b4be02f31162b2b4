import AgentProtocol
import Foundation

/// The agent of one practice host, spoken to as the coordinator speaks to it.
struct PracticeAgent: Sendable {
    var cluster: PracticeCluster
    var host = "practice-1"
    var authority = Authority(rollout: "r-practice", token: 1)

    /// Everything that was said, to the message that ends it.
    func ask(_ request: some AgentRequest) async throws -> [AgentMessage] {
        try await converse(
            type(of: request).verb, by: ["ssh", host, "sudo", "-n"],
            input: String(decoding: try Wire.line(request), as: UTF8.self))
    }

    func report() async throws -> HostReport {
        let last = try await converse(.report, by: PracticeCluster.console(host), input: "").last
        guard case .report(let report)? = last else {
            throw PracticeCluster.Failure(what: "\(host) gave no report: \(String(describing: last))")
        }
        return report
    }

    private func converse(
        _ verb: AgentVerb, by way: [String], input: String
    ) async throws -> [AgentMessage] {
        let outcome = try await cluster.practice(
            way + ["/opt/bin/turnstile-agent", verb.rawValue], input: input)
        do {
            return try Self.messages(outcome.output)
        } catch {
            throw PracticeCluster.Failure(what: "\(verb.rawValue) of \(host): \(error)\n\(outcome)")
        }
    }

    static func messages(_ output: String) throws -> [AgentMessage] {
        try output.split(separator: "\n").map {
            try Wire.decode(AgentMessage.self, line: Array($0.utf8))
        }
    }

    // MARK: The verbs

    func stage(
        target: String? = nil, group: String? = nil, rest: EngineRest = .masked, seconds: Int = 60
    ) async throws -> AgentMessage? {
        try await ask(stageRequest(target: target, group: group, rest: rest, seconds: seconds)).last
    }

    func stageRequest(
        target: String? = nil, group: String? = nil, rest: EngineRest = .masked, seconds: Int = 60
    ) -> StageRequest {
        StageRequest(
            authority: authority, group: group, server: nil, target: target, acceptsRevert: false,
            engineRest: rest,
            etcdVersion: nil, deadline: .seconds(seconds))
    }

    func reboot(into version: String = "1409.7.0") async throws -> AgentMessage? {
        let bootID = try await report().bootID
        let answer = try await ask(
            RebootRequest(authority: authority, bootID: bootID, version: version, deadManMinutes: nil)
        ).last
        try await awaitBoot(after: bootID)
        return answer
    }

    func commit(
        _ version: String = "1409.7.0", method: CommitMethod = .engine, seconds: Int = 60
    ) async throws -> AgentMessage? {
        try await ask(
            CommitRequest(
                authority: authority, bootID: try await report().bootID, version: version, method: method,
                engineRest: .masked, deadline: .seconds(seconds))
        ).last
    }

    func rollback() async throws -> AgentMessage? {
        let bootID = try await report().bootID
        let answer = try await ask(RollbackRequest(authority: authority, bootID: bootID)).last
        if case .rebooting? = answer { try await awaitBoot(after: bootID) }
        return answer
    }

    func abandon() async throws -> AgentMessage? {
        try await ask(AbandonRequest(authority: authority, deadline: .seconds(60))).last
    }

    /// A person who comes back to it.
    func withHigherToken() -> PracticeAgent {
        var agent = self
        agent.authority.token = Token(agent.authority.token.rawValue + 1)
        return agent
    }

    // MARK: Waiting

    /// Until the agent gives a report, and a login works. Where it never does, the failure says what it did instead.
    @discardableResult
    func awaitAnswer(seconds: Int = 180) async throws -> HostReport {
        var refusal: (any Error)?
        do {
            return try await until("\(host) to answer", seconds: seconds) {
                do {
                    let report = try await report()
                    return try await cluster.isReached(host) ? report : nil
                } catch {
                    refusal = error
                    return nil
                }
            }
        } catch let failure as PracticeCluster.Failure {
            throw PracticeCluster.Failure(
                what: "\(failure.what)\nThe last answer: \(refusal.map { "\($0)" } ?? "none")")
        }
    }

    /// Until the host answers from another boot.
    @discardableResult
    func awaitBoot(after bootID: String, seconds: Int = 60) async throws -> HostReport {
        try await until("another boot of \(host)", seconds: seconds) {
            guard let report = try? await report(), report.bootID != bootID, report.hasStarted else {
                return nil
            }
            return report
        }
    }

    /// Until the host has started, and the agent has nothing open.
    @discardableResult
    func awaitRest(seconds: Int = 60) async throws -> HostReport {
        try await until("the agent of \(host) to be at rest", seconds: seconds) {
            guard let report = try? await report(), report.hasStarted, report.agent.goal?.isOpen != true
            else {
                return nil
            }
            return report
        }
    }

    /// - Parameter seconds: for how long nothing may move.
    func until<Value>(_ what: String, seconds: Int, _ look: () async throws -> Value?) async throws -> Value {
        try await cluster.until(what, on: host, quietSeconds: max(seconds, 60), look)
    }
}

extension HostReport {
    /// True once systemd has started all that a boot starts, sshd among it.
    fileprivate var hasStarted: Bool { systemState == "running" || systemState == "degraded" }
}

extension AgentMessage? {
    var failure: StepFailure? {
        if case .failed(let failure) = self { failure } else { nil }
    }

    var refusal: Refusal? {
        if case .refused(let refusal) = self { refusal } else { nil }
    }

    var isStaged: Bool {
        if case .staged = self { true } else { false }
    }

    var isCommitted: Bool {
        if case .committed = self { true } else { false }
    }
}

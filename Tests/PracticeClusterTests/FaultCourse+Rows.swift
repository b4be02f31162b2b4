import AgentProtocol
import Testing

/// The common beginning and end of all rows.
extension FaultCourse {
    mutating func stageAndReboot(_ version: String) async throws {
        try await cluster.offer(version)
        agent = agent.withHigherToken()
        let staged = try await agent.stage(target: version)
        guard staged.isStaged, case .rebooting? = try await agent.reboot(into: version) else {
            throw PracticeCluster.Failure(what: "not rebooted into \(version): \(String(describing: staged))")
        }
        try await agent.awaitRest()
    }

    mutating func giveBack(_ place: String) async throws {
        agent = agent.withHigherToken()
        let answer = try await agent.abandon()
        guard case .abandoned? = answer else {
            throw PracticeCluster.Failure(what: "\(place): not given back: \(String(describing: answer))")
        }
    }

    func expectRest(_ before: HostEvidence, _ place: String, isMasked: Bool = true) async throws {
        let now = try await evidence()
        if isMasked { #expect(now.engineEnabled == "masked", "\(place): \(now)") }
        #expect(now.engineActive == "inactive" && now.systemState == "running", "\(place): \(now)")
        #expect(now.updateConfiguration == before.updateConfiguration, "\(place): \(now)")
        let goal = try await agent.report().agent.goal
        #expect(goal?.isOpen != true, "\(place): \(String(describing: goal))")
    }

    func expectAsBefore(_ before: HostEvidence, _ place: String, sameBoot: Bool = true) async throws {
        var now = try await evidence()
        if !sameBoot { now.bootID = before.bootID }
        #expect(now == before, "\(place)")
        let report = try await agent.report()
        #expect(report.partitions?.isArmed == false && !report.updatePending, "\(place): \(report)")
        #expect(!report.agent.holdsOriginal && report.agent.phase == .idle, "\(place): \(report)")
    }

    /// The evidence without the number of boots, since some faults remove the journal that counts them.
    func evidence() async throws -> HostEvidence {
        var evidence = try await HostEvidence.read(cluster, host)
        evidence.boots = 0
        return evidence
    }

    func begin(_ fault: String) async throws {
        let words = fault.split(separator: " ").map(String.init)
        try await cluster.fault(host, words[0], words.count > 1 ? words[1] : nil)
    }

    func end(_ fault: String) async throws {
        try await cluster.fault(host, String(fault.prefix { $0 != " " }), off: true)
    }

    func awaitOperation(_ operation: String) async throws {
        _ = try await agent.until("update-engine at \(operation)", seconds: 20) {
            try await agent.report().engineStatus.flatMap { $0.operation == operation ? $0 : nil }
        }
    }
}

extension AgentMessage? {
    /// The message's text for people; empty where it is no failure or refusal.
    var text: String { failure?.message ?? refusal?.message ?? "" }
}

import AgentProtocol
import Foundation
import Testing

extension PracticeClusterTests {
    enum Cut: String, CaseIterable, Sendable {
        /// The agent gets SIGKILL.
        case kill
        /// The whole host loses its power.
        case stop

        /// The distance between cuts in a course; 0 for a single cut. A killed agent goes on at once, so that a course
        /// can be cut many times; after a power cut many a course has to be given back.
        var every: Int { self == .kill ? 8 : 0 }
    }

    /// The agent, or the whole host, ends right after each durable write of a whole stage → reboot → commit.
    @Test(.timeLimit(.minutes(40)), arguments: Cut.allCases)
    func everyDurableWriteMayBeTheLast(cut: Cut) async throws {
        // Two hosts share the cut points, since a boot mostly waits.
        try await withThrowingTaskGroup(of: [String].self) { group in
            for share in 0..<2 {
                group.addTask { try await Self.cutEveryPoint(cut, share: share, of: 2) }
            }
            var points: [String] = []
            for try await more in group { points += more }
            print(
                "\(cut.rawValue): \(points.count) courses, none skipped: \(points.sorted().joined(separator: " "))"
            )
        }
    }

    /// - Returns: the first cut point of each course, and the end of its path.
    private static func cutEveryPoint(_ cut: Cut, share: Int, of shares: Int) async throws -> [String] {
        var points: [String] = []
        try await PracticeCluster.with(["--hosts", "1", "--time-scale", "0.02"]) { cluster in
            var course = CutCourse(cluster: cluster, cut: cut)
            // The loop ends when a path has ended before its cut point: there are no more points then.
            var point = share + 1
            while cut.every == 0 || point <= cut.every, let end = try await course.run(cutAt: point) {
                points.append("\(point):\(end.rawValue)")
                point += shares
            }
            #expect(course.cuts > 15, "a path makes more durable writes than that")
        }
        return points
    }
}

/// A host that is upgraded again and again, and cut once in each course.
private struct CutCourse {
    let cluster: PracticeCluster
    let cut: PracticeClusterTests.Cut
    private var agent: PracticeAgent
    /// Every course needs a higher version to be offered.
    private var patch = 0
    private var version: String { "1409.7.\(patch)" }
    /// The number of cuts so far.
    private(set) var cuts = 0
    /// The group, another one each time, so that update.conf is written each time.
    private var group: String { patch.isMultiple(of: 2) ? "stable" : "beta" }

    enum End: String { case done, held }

    init(cluster: PracticeCluster, cut: PracticeClusterTests.Cut) {
        self.cluster = cluster
        self.cut = cut
        agent = PracticeAgent(cluster: cluster)
    }

    /// - Returns: the end of the path; nil where the path has fewer durable writes than that.
    mutating func run(cutAt point: Int) async throws -> End? {
        patch += 1
        agent = agent.withHigherToken()
        try await cluster.offer(version)
        let before = try await HostEvidence.read(cluster, agent.host).updateConfiguration
        try await cluster.fault(agent.host, "agent-cut", "\(cut.rawValue):\(point)/\(cut.every)")
        let end = try await whilePowerMayFail { [self] in try await walk() }

        let reached = try #require(Int(try await cluster.onHost(agent.host, "cat /var/lib/cutpoint/count")))
        // The rest of the course is not to be cut.
        try await cluster.fault(agent.host, "agent-cut", "\(cut.rawValue):0")
        let report = try await agent.awaitRest()
        var evidence = try await HostEvidence.read(cluster, agent.host)
        let place = "\(cut.rawValue) after write \(point), \(end.rawValue): \(report.agent) \(evidence)"
        #expect(evidence.engineEnabled == "masked" && evidence.engineActive == "inactive", "\(place)")
        #expect(evidence.systemState == "running", "\(place)")
        switch end {
        case .done:
            #expect(evidence.version == version && evidence.attributes == "2/0/1", "\(place)")
            #expect(report.agent.phase == .committed, "\(place)")
            let other = before.contains("GROUP=stable\n") ? "stable" : "beta"
            #expect(
                evidence.updateConfiguration
                    == before.replacingOccurrences(of: "GROUP=\(other)\n", with: "GROUP=\(group)\n"),
                "\(place)")
        case .held:
            #expect(report.agent.goal?.isOpen == false, "\(place)")
            try await recover(report, place)
            evidence = try await HostEvidence.read(cluster, agent.host)
            #expect(evidence.updateConfiguration == before, "\(place)")
        }
        guard reached < point else {
            cuts += 1 + (cut.every == 0 ? 0 : (reached - point) / cut.every)
            return end
        }
        #expect(end == .done, "it held, and nothing had cut it: \(place)")
        return nil
    }

    // MARK: The path, asked for as a coordinator does

    private func walk() async throws -> End {
        guard
            try await insist({ try await agent.stage(target: version, group: group, seconds: 300) }).isStaged
        else {
            return .held
        }
        // A worker is cut after it wrote what the conversation then says: the power may go with the answer.
        let bootID = try await agent.awaitAnswer().bootID
        // The host was told to reboot and did not: the reboot is requested again, as after the gates.
        for _ in 1...3 {
            switch try await insist({ try await reboot(from: bootID) }) {
            case .rebooting, .rebooted: break
            default: return .held
            }
            if (try? await agent.awaitBoot(after: bootID, seconds: 15)) != nil { break }
        }
        let judged = try await agent.awaitBoot(after: bootID)
        guard judged.version == version else { return .held }
        let committed = try await insist {
            try await agent.ask(
                CommitRequest(
                    authority: agent.authority, bootID: judged.bootID, version: version, method: .engine,
                    engineRest: .masked,
                    deadline: .seconds(300))
            ).last
        }
        return committed.isCommitted ? .done : .held
    }

    private func reboot(from bootID: String) async throws -> AgentMessage? {
        try await agent.ask(
            RebootRequest(authority: agent.authority, bootID: bootID, version: version, deadManMinutes: nil)
        ).last
    }

    /// Asks until there is an answer: a conversation that was cut has none.
    private func insist(_ ask: () async throws -> AgentMessage?) async throws -> AgentMessage? {
        for _ in 1...10 {
            if let answer = try? await ask(), answer.isAnswer { return answer }
            try await agent.awaitAnswer()
        }
        return nil
    }

    /// Cuts the power where the agent froze, and gives it back.
    private func whilePowerMayFail(_ walk: @escaping @Sendable () async throws -> End) async throws -> End {
        try await withThrowingTaskGroup(of: End?.self) { group in
            group.addTask { try await walk() }
            group.addTask {
                // The task ends when the walk ends, which needs power.
                try? await cutPowerWhenStopped()
                return nil
            }
            defer { group.cancelAll() }
            while let next = try await group.next() {
                if let end = next { return end }
            }
            return .held
        }
    }

    /// Watches the mark from outside the host, which is frozen in part.
    private func cutPowerWhenStopped() async throws {
        let mark = "\(cluster.directory)/hosts/1/upper/var/lib/cutpoint/stopped"
        while !FileManager.default.fileExists(atPath: mark) {
            try await Task.sleep(for: .milliseconds(10))
        }
        try await cluster.fault(agent.host, "power-cut")
        try FileManager.default.removeItem(atPath: mark)
        try await cluster.fault(agent.host, "power-cut", off: true)
    }

    // MARK: What a person would do

    private mutating func recover(_ report: HostReport, _ place: String) async throws {
        // The course had not begun: the host's changes belong to the course before.
        guard report.agent.phase != .committed else { return }
        agent = agent.withHigherToken()
        if report.partitions?.runsGoodPartition == false {
            let answer = try await agent.rollback()
            guard case .rebooting? = answer else {
                Issue.record("\(place): no way back: \(String(describing: answer))")
                throw PracticeCluster.Failure(what: place)
            }
            agent = agent.withHigherToken()
        }
        let answer = try await agent.abandon()
        guard case .abandoned? = answer else {
            Issue.record("\(place): not given back: \(String(describing: answer))")
            throw PracticeCluster.Failure(what: place)
        }
        // The host remembers a rollback, and the next course has a version of its own.
    }
}

extension AgentMessage {
    fileprivate var isAnswer: Bool {
        switch self {
        case .hello, .progress: false
        default: true
        }
    }
}

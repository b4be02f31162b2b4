import AgentProtocol
import Testing

/// A host that gets every fault that can be undone.
struct FaultCourse {
    let cluster: PracticeCluster
    var agent: PracticeAgent

    private init(cluster: PracticeCluster) {
        self.cluster = cluster
        agent = PracticeAgent(cluster: cluster)
    }

    static func with(_ body: (inout FaultCourse) async throws -> Void) async throws {
        try await PracticeCluster.with(["--hosts", "1", "--time-scale", "0.02"]) { cluster in
            var course = FaultCourse(cluster: cluster)
            try await body(&course)
        }
    }

    var host: String { agent.host }

    /// Asks for a step that a fault keeps from finishing. A slow machine may not get as far as the fault within the
    /// step's deadline, and then gets more time, once.
    ///
    /// - Parameter words: words of the answer once the fault was reached.
    mutating func patiently(
        _ seconds: Int, until words: [String], _ ask: (PracticeAgent, Int) async throws -> AgentMessage?
    ) async throws -> AgentMessage? {
        agent = agent.withHigherToken()
        let message = try await ask(agent, seconds)
        guard message.failure?.reason == .deadlinePassed, !words.allSatisfy({ message.text.contains($0) })
        else {
            return message
        }
        agent = agent.withHigherToken()
        return try await ask(agent, 5 * seconds)
    }

    // MARK: Staging

    mutating func stage(_ fault: StageFault) async throws {
        try await cluster.offer(fault.offer)
        let before = try await evidence()
        for kind in fault.faults { try await begin(kind) }
        let message = try await patiently(fault.seconds, until: fault.says) { agent, seconds in
            try await agent.stage(target: fault.target, group: fault.group, seconds: seconds)
        }
        let place = "\(fault): \(String(describing: message))"
        #expect(StageFault.Answer(message) == fault.answer, "\(place)")
        for text in fault.says {
            #expect(message.text.contains(text), "no \(text.debugDescription) in \(place)")
        }
        try await expectRest(before, place, isMasked: fault.faults != ["engine-missing"])

        for kind in fault.faults.reversed() where !kind.hasPrefix("staged-already") { try await end(kind) }
        try await giveBack(place)
        for kind in fault.faults where kind.hasPrefix("staged-already") { try await end(kind) }
        try await expectAsBefore(before, place)
    }

    /// The engine's log of the update is gone by the time it is judged.
    mutating func journalIsRotatedMeanwhile() async throws {
        try await cluster.offer("1409.7.0")
        let before = try await evidence()
        agent = agent.withHigherToken()
        try await begin("engine-stuck FINALIZING")
        async let told = agent.stage()
        try await awaitOperation("UPDATE_STATUS_FINALIZING")
        try await begin("journald-rotated")
        try await end("engine-stuck FINALIZING")
        let message = try await told
        #expect(
            StageFault.Answer(message) == .staged([.engineStatus, .partition]),
            "\(String(describing: message))")
        try await giveBack("rotated")
        try await expectAsBefore(before, "rotated")
    }

    /// A result that could not be recorded is reported all the same, and the work is not repeated once there is room.
    mutating func diskFillsMeanwhile() async throws {
        let before = try await evidence()
        agent = agent.withHigherToken()
        try await begin("engine-stuck CHECKING_FOR_UPDATE")
        async let told = agent.stage()
        try await awaitOperation("UPDATE_STATUS_CHECKING_FOR_UPDATE")
        try await begin("disk-full state")
        try await end("engine-stuck")
        let message = try await told
        #expect(message.failure?.reason == .hostFault, "\(String(describing: message))")
        #expect(message.text.contains("No space left on device"), "\(message.text)")
        try await end("disk-full")
        let report = try await agent.awaitRest()
        #expect(report.partitions?.isArmed == false && !report.updatePending, "\(report)")
        try await expectRest(before, "full meanwhile")
        try await giveBack("full meanwhile")
        try await expectAsBefore(before, "full meanwhile")
    }

    /// The wall clock jumps a day in the middle of a download: no deadline of ours depends on it.
    mutating func clockJumpsMeanwhile() async throws {
        try await cluster.offer("1409.7.0")
        for seconds in ["86400", "-86400"] {
            let before = try await evidence()
            agent = agent.withHigherToken()
            try await begin("clock-jump 0")
            try await begin("engine-stuck DOWNLOADING")
            async let told = agent.stage()
            try await awaitOperation("UPDATE_STATUS_DOWNLOADING")
            try await begin("clock-jump \(seconds)")
            try await end("engine-stuck DOWNLOADING")
            let message = try await told
            #expect(message.isStaged, "clock-jump \(seconds): \(String(describing: message))")
            try await giveBack("clock-jump \(seconds)")
            try await end("clock-jump")
            try await expectAsBefore(before, "clock-jump \(seconds)")
        }
    }

    /// Changes can be undone once the disk is repaired, and are remembered until then.
    mutating func diskFailsBeforeGivingBack() async throws {
        let before = try await evidence()
        for place in ["disk-readonly config", "disk-full config", "disk-full state", "disk-full run"] {
            agent = agent.withHigherToken()
            #expect(try await agent.stage(group: "beta").isStaged, "\(place)")
            try await begin(place)
            agent = agent.withHigherToken()
            let message = try await agent.abandon()
            if place != "disk-full run" {
                #expect(message.failure?.reason == .hostFault, "\(place): \(String(describing: message))")
            }
            try await end(place)
            try await giveBack(place)
            try await expectAsBefore(before, place)
        }
    }
}

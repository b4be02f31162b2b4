import AgentProtocol
import Testing

extension FaultCourse {
    mutating func commit() async throws {
        try await stageAndReboot("1409.7.0")
        let before = try await evidence()
        #expect(before.version == "1409.7.0" && before.attributes == "2/0/0", "\(before)")
        for fault in Self.commitFaults {
            try await begin(fault.kind)
            let message = try await patiently(fault.seconds, until: fault.says) { agent, seconds in
                try await agent.commit(method: fault.method, seconds: seconds)
            }
            let place = "\(fault.kind), \(fault.method): \(String(describing: message))"
            #expect(message.failure?.reason == fault.reason, "\(place)")
            for text in fault.says {
                #expect(message.text.contains(text), "no \(text.debugDescription) in \(place)")
            }
            try await expectRest(before, place)
            try await end(fault.kind)
            // Still on its one try: a plain reboot takes it back.
            #expect(try await evidence() == before, "\(place)")
        }
        try await begin("setgood-silent")
        agent = agent.withHigherToken()
        guard case .committed(let proof) = try await agent.commit() else {
            throw PracticeCluster.Failure(what: "setgood-silent: not committed")
        }
        // The boot-flag line is missing; on a slow machine the timer's own line comes before the engine is stopped.
        let line = proof.journalLine ?? ""
        #expect(line.isEmpty || line.hasSuffix("Already updated boot flags. Skipping."), "\(proof)")
        #expect(proof.partitions.isCommitted, "\(proof)")
        try await end("setgood-silent")
        try await expectCommitted("1409.7.0")
        try await begin("journald-rotated")
        try await expectNoWayBack("journald does not reach back to the commit")
    }

    private struct CommitFault: Sendable {
        var kind: String
        var method: CommitMethod
        var seconds: Int
        var reason: StepFailure.Reason
        var says: [String]
    }

    private static let commitFaults = [
        CommitFault(
            kind: "setgood-fail", method: .engine, seconds: 30, reason: .notCommitted,
            says: ["set-good ended with status 1"]),
        CommitFault(
            kind: "setgood-fail", method: .direct, seconds: 30, reason: .notCommitted,
            says: ["/usr/sbin/coreos-setgoodroot failed (exit 1)", "Input/output error"]),
        CommitFault(
            kind: "setgood-hangs", method: .engine, seconds: 3, reason: .deadlinePassed,
            says: ["waiting for update-engine to mark 1409.7.0 good"]),
        CommitFault(
            kind: "setgood-hangs", method: .direct, seconds: 3, reason: .deadlinePassed,
            says: ["/usr/sbin/coreos-setgoodroot was to mark 1409.7.0 good"]),
        CommitFault(
            kind: "setgood-never", method: .engine, seconds: 3, reason: .deadlinePassed,
            says: ["waiting for update-engine to mark 1409.7.0 good"]),
        CommitFault(
            kind: "engine-skipped", method: .engine, seconds: 30, reason: .engineUnavailable,
            says: ["a condition did not hold"]),
    ]

    /// From one end to the other while journald keeps less than it should.
    mutating func upgrade(to version: String, with kind: String, reachesBack: Bool) async throws {
        try await begin(kind)
        try await stageAndReboot(version)
        agent = agent.withHigherToken()
        let message = try await agent.commit(version)
        #expect(message.isCommitted, "\(kind): \(String(describing: message))")
        try await expectCommitted(version)
        if reachesBack {
            agent = agent.withHigherToken()
            let way = try await agent.rollback()
            guard case .rebooting? = way else {
                throw PracticeCluster.Failure(what: "\(kind): no way back: \(String(describing: way))")
            }
            let report = try await agent.awaitRest()
            #expect(report.version != version && report.agent.revertedFrom == version, "\(report)")
        } else {
            try await expectNoWayBack("journald does not reach back to the commit")
        }
        try await end(kind)
    }

    mutating func expectNoWayBack(_ why: String) async throws {
        agent = agent.withHigherToken()
        let way = try await agent.rollback()
        #expect(way.refusal?.reason == .partitionUnproved, "\(String(describing: way))")
        #expect(way.text.contains(why), "\(way.text)")
    }

    func expectCommitted(_ version: String) async throws {
        let evidence = try await evidence()
        #expect(evidence.version == version && evidence.attributes == "2/0/1", "\(evidence)")
        try await expectRest(evidence, version)
    }
}

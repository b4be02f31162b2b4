import AgentProtocol
import Foundation
import Testing

extension PracticeClusterTests {
    /// Every kind of fault that a host of its own can have, one after the other.
    ///
    /// units/FAULTS.md says the same for people: fault, answer, how the host is left, what to do.
    @Test(.timeLimit(.minutes(10))) func everyFaultHasItsAnswer() async throws {
        // Two hosts that know nothing of each other: most of it is waiting.
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await FaultCourse.with { course in
                    for fault in StageFault.all { try await course.stage(fault) }
                }
            }
            group.addTask {
                try await FaultCourse.with { course in
                    try await course.journalIsRotatedMeanwhile()
                    try await course.diskFillsMeanwhile()
                    try await course.diskFailsBeforeGivingBack()
                    try await course.revert()
                    try await course.noBootPartitionWrite()
                    try await course.commit()
                    try await course.upgrade(to: "1409.8.0", with: "journald-none", reachesBack: false)
                    try await course.upgrade(to: "1409.9.0", with: "journald-volatile", reachesBack: true)
                }
            }
            try await group.waitForAll()
        }
    }
}

/// One host, to which everything is done that can be undone.
private struct FaultCourse {
    let cluster: PracticeCluster
    private var agent: PracticeAgent

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

    private var host: String { agent.host }

    // MARK: Staging

    mutating func stage(_ fault: StageFault) async throws {
        try await cluster.offer(fault.offer)
        let before = try await evidence()
        for kind in fault.faults { try await begin(kind) }
        agent = agent.withHigherToken()
        let message = try await agent.stage(target: fault.target, group: fault.group, seconds: fault.seconds)
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

    /// What could not be recorded is told all the same, and not begun anew once there is room.
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

    /// What was changed can be given back once the disk is mended, and is held on to until then.
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

    // MARK: Boots

    /// The update does not boot; the boot loader takes the other partition by itself.
    mutating func revert() async throws {
        let before = try await evidence()
        try await begin("revert")
        try await stageAndReboot("1409.7.0")
        var report = try await agent.awaitRest()
        #expect(report.version == "1353.8.0" && report.agent.revertedFrom == "1409.7.0", "\(report)")
        try await expectRest(before, "revert")

        agent = agent.withHigherToken()
        let again = try await agent.stage()
        #expect(again.refusal?.reason == .reverted, "\(String(describing: again))")
        #expect(again.text.contains("1409.7.0") && again.text.contains("find out why"), "\(again.text)")
        var accepting = agent.stageRequest()
        accepting.acceptsRevert = true
        let accepted = try await agent.ask(accepting).last
        #expect(accepted.isStaged, "\(String(describing: accepted))")
        report = try await agent.report()
        #expect(report.agent.revertedFrom == nil)
        try await giveBack("revert")
        try await expectAsBefore(before, "revert", sameBoot: false)
    }

    /// The provider boots what was installed, whatever the partition table says: nothing ever takes the one try.
    mutating func noBootPartitionWrite() async throws {
        let before = try await evidence()
        try await begin("no-boot-partition-write")
        try await stageAndReboot("1409.7.0")
        try await expectStillArmed()
        let bootID = try await agent.report().bootID
        _ = try? await cluster.onHost(host, "systemctl --no-block reboot")
        try await agent.awaitBoot(after: bootID)
        try await expectStillArmed()
        try await end("no-boot-partition-write")
        try await giveBack("no-boot-partition-write")
        try await expectAsBefore(before, "no-boot-partition-write", sameBoot: false)
    }

    private mutating func expectStillArmed() async throws {
        let report = try await agent.awaitRest()
        #expect(report.version == "1353.8.0" && report.partitions?.isArmed == true, "\(report)")
        agent = agent.withHigherToken()
        let commit = try await agent.commit()
        #expect(commit.refusal?.reason == .versionDiffers, "\(String(describing: commit))")
        agent = agent.withHigherToken()
        let stage = try await agent.stage()
        #expect(stage.refusal?.reason == .phaseUnsuitable, "\(String(describing: stage))")
        #expect(
            stage.text.contains("armed for the next boot, though no update of this boot"), "\(stage.text)")
    }

    // MARK: Committing

    mutating func commit() async throws {
        try await stageAndReboot("1409.7.0")
        let before = try await evidence()
        #expect(before.version == "1409.7.0" && before.attributes == "2/0/0", "\(before)")
        for fault in Self.commitFaults {
            try await begin(fault.kind)
            agent = agent.withHigherToken()
            let message = try await agent.commit(method: fault.method, seconds: fault.seconds)
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
        #expect(proof.journalLine == nil && proof.partitions.isCommitted, "\(proof)")
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

    private mutating func expectNoWayBack(_ why: String) async throws {
        agent = agent.withHigherToken()
        let way = try await agent.rollback()
        #expect(way.refusal?.reason == .partitionUnproved, "\(String(describing: way))")
        #expect(way.text.contains(why), "\(way.text)")
    }

    private func expectCommitted(_ version: String) async throws {
        let evidence = try await evidence()
        #expect(evidence.version == version && evidence.attributes == "2/0/1", "\(evidence)")
        try await expectRest(evidence, version)
    }

    // MARK: What every row begins and ends with

    private mutating func stageAndReboot(_ version: String) async throws {
        try await cluster.offer(version)
        agent = agent.withHigherToken()
        let staged = try await agent.stage(target: version)
        guard staged.isStaged, case .rebooting? = try await agent.reboot(into: version) else {
            throw PracticeCluster.Failure(what: "not rebooted into \(version): \(String(describing: staged))")
        }
        try await agent.awaitRest()
    }

    private mutating func giveBack(_ place: String) async throws {
        agent = agent.withHigherToken()
        let answer = try await agent.abandon()
        guard case .abandoned? = answer else {
            throw PracticeCluster.Failure(what: "\(place): not given back: \(String(describing: answer))")
        }
    }

    private func expectRest(_ before: HostEvidence, _ place: String, isMasked: Bool = true) async throws {
        let now = try await evidence()
        if isMasked { #expect(now.engineEnabled == "masked", "\(place): \(now)") }
        #expect(now.engineActive == "inactive" && now.systemState == "running", "\(place): \(now)")
        #expect(now.updateConfiguration == before.updateConfiguration, "\(place): \(now)")
        let goal = try await agent.report().agent.goal
        #expect(goal?.isOpen != true, "\(place): \(String(describing: goal))")
    }

    private func expectAsBefore(_ before: HostEvidence, _ place: String, sameBoot: Bool = true) async throws {
        var now = try await evidence()
        if !sameBoot { now.bootID = before.bootID }
        #expect(now == before, "\(place)")
        let report = try await agent.report()
        #expect(report.partitions?.isArmed == false && !report.updatePending, "\(place): \(report)")
        #expect(!report.agent.holdsOriginal && report.agent.phase == .idle, "\(place): \(report)")
    }

    /// Boots are not counted: some faults take the journal that counts them.
    private func evidence() async throws -> HostEvidence {
        var evidence = try await HostEvidence.read(cluster, host)
        evidence.boots = 0
        return evidence
    }

    private func begin(_ fault: String) async throws {
        let words = fault.split(separator: " ").map(String.init)
        try await cluster.fault(host, words[0], words.count > 1 ? words[1] : nil)
    }

    private func end(_ fault: String) async throws {
        try await cluster.fault(host, String(fault.prefix { $0 != " " }), off: true)
    }

    private func awaitOperation(_ operation: String) async throws {
        _ = try await agent.until("update-engine at \(operation)", seconds: 20) {
            try await agent.report().engineStatus.flatMap { $0.operation == operation ? $0 : nil }
        }
    }
}

extension AgentMessage? {
    /// What it says to people; empty where it is no bad news.
    fileprivate var text: String { failure?.message ?? refusal?.message ?? "" }
}

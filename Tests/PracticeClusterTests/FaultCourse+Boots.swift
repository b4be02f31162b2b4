import AgentProtocol
import Testing

extension FaultCourse {
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

    mutating func expectStillArmed() async throws {
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
}

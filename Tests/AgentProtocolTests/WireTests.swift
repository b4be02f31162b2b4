import AgentProtocol
import SampleValues
import Testing

@Suite struct WireTests {
    static let table = PartitionTable(
        disk: "/dev/sda",
        booted: .init(
            number: 3, label: "USR-A", device: "/dev/sda3", priority: 1, tries: 0, successful: true),
        other: .init(number: 4, label: "USR-B", device: "/dev/sda4", priority: 2, tries: 1, successful: false)
    )

    static let messages: [AgentMessage] = [
        .hello(AgentHello(agentVersion: "0.1.0")),
        .progress(StepProgress(message: "downloading 1409.7.0", fraction: 0.25)),
        .report(
            HostReport.sample(
                machineID: "m", bootID: "b", hostname: "core-1",
                hazards: [HostHazard(kind: .neverUpdates, unit: "update-engine.service", message: "never")],
                wallClockSeconds: 1_795_480_000.5, cgroups: .v1,
                space: [HostSpace(purpose: .kernel, path: "/boot/coreos", freeBytes: 1, neededBytes: 2)],
                settings: HostSettings(
                    userData: [FileDigest(path: "/var/lib/coreos-install/user_data", sha256: "0a")],
                    dropIns: []),
                agent: AgentState.sample(agentVersion: "0.1.0", phase: .idle, authority: nil, version: nil))),
        .staged(
            StagedUpdate(version: "1409.7.0", evidence: [.engineJournal], bootID: "b", partitions: table)),
        .nothingOffered(NothingOffered(runningVersion: "1353.8.0", group: "stable")),
        .offerDiffers(OfferDiffers(offered: "1465.8.0", target: "1409.7.0")),
        .rebooting(BootMark(bootID: "b")),
        .rebooted(BootMark(bootID: "c")),
        .committed(CommitProof(version: "1409.7.0", bootID: "c", partitions: table, journalLine: nil)),
        .refused(Refusal(reason: .tokenOutdated, message: "token 3 is lower than 4")),
        .failed(StepFailure(reason: .updateFailed, message: "postinst")),
    ]

    @Test(arguments: messages) func everyMessageSurvivesTheWire(message: AgentMessage) throws {
        let line = try Wire.line(message)
        #expect(line.last == UInt8(ascii: "\n"))
        #expect(line.dropLast().contains(UInt8(ascii: "\n")) == false)
        #expect(try Wire.decode(AgentMessage.self, line: line) == message)
    }

    @Test(arguments: ["", "{}", "[]", #"{"hello":{}}"#, #"{"shout":{}}"#, "not json"])
    func anythingElseIsAnError(line: String) {
        #expect(throws: WireError.self) { try Wire.decode(AgentMessage.self, line: Array(line.utf8)) }
    }

    @Test func aLineWithoutEndIsRefusedUnread() {
        #expect(throws: WireError.lineTooLong(bytes: Wire.lineBytesMax + 1)) {
            try Wire.decode(AgentMessage.self, line: [UInt8](repeating: 32, count: Wire.lineBytesMax + 1))
        }
    }

    @Test func armedAndCommittedAreReadFromAllThreeAttributes() {
        var table = Self.table
        #expect(table.isArmed && !table.isCommitted)
        table.other = table.booted
        table.booted.priority = 2
        #expect(table.isCommitted && !table.isArmed)
        table.booted.successful = false
        #expect(!table.isCommitted)
    }
}

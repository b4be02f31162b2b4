import HostFiles
import Testing

@Suite struct EngineStatusTests {
    static func block(
        time: String = "1795480340", progress: String = "0.000000", operation: String = "UPDATE_STATUS_IDLE",
        version: String = "0.0.0", size: String = "0"
    ) -> String {
        """
        LAST_CHECKED_TIME=\(time)
        PROGRESS=\(progress)
        CURRENT_OP=\(operation)
        NEW_VERSION=\(version)
        NEW_SIZE=\(size)

        """
    }

    @Test func readsABlock() throws {
        let status = try EngineStatus(
            Self.block(
                progress: "0.452844", operation: "UPDATE_STATUS_DOWNLOADING", version: "1353.8.0",
                size: "63532415"))
        #expect(
            status
                == EngineStatus(
                    lastCheckedTime: 1_795_480_340, progress: 0.452844, operation: .downloading,
                    newVersion: "1353.8.0", newSizeBytes: 63_532_415))
    }

    @Test func readsEveryPollOfAnUpdate() throws {
        let output =
            Self.block(progress: "0.955718", operation: "UPDATE_STATUS_DOWNLOADING", version: "1353.8.0")
            + Self.block(operation: "UPDATE_STATUS_FINALIZING", version: "1353.8.0")
            + Self.block(operation: "UPDATE_STATUS_UPDATED_NEED_REBOOT", version: "1353.8.0")
        #expect(
            try EngineStatus.blocks(of: output).map(\.operation) == [
                .downloading, .finalizing, .updatedNeedReboot,
            ])
        #expect(try EngineStatus.last(of: output).newVersion == "1353.8.0")
        #expect(try EngineStatus.blocks(of: "").isEmpty)
    }

    @Test(arguments: ["0.0.0", "0.0.0.0", ""]) func noVersionIsNil(text: String) throws {
        #expect(try EngineStatus(Self.block(version: text)).newVersion == nil)
    }

    @Test(arguments: EngineOperation.allCases) func everyOperationIsKnown(operation: EngineOperation) throws {
        #expect(try EngineStatus(Self.block(operation: operation.rawValue)).operation == operation)
    }

    @Test(arguments: [
        (block(operation: "(null)"), 3, "a CURRENT_OP that update_engine knows"),
        (block(operation: "unknown status"), 3, "a CURRENT_OP that update_engine knows"),
        (block(time: "-1"), 1, "LAST_CHECKED_TIME in unix seconds"),
        (block(progress: "1.5"), 2, "PROGRESS between 0.000000 and 1.000000"),
        (block(progress: "nan"), 2, "PROGRESS between 0.000000 and 1.000000"),
        (block(version: "(null)"), 4, "a NEW_VERSION"),
        (block(version: "$(reboot)"), 4, "a NEW_VERSION"),
        (block(size: "many"), 5, "NEW_SIZE in bytes"),
        (block() + "PROGRESS=0.000000\n", 6, "LAST_CHECKED_TIME=…"),
        ("Error getting status: no such name\n", 1, "LAST_CHECKED_TIME=…"),
    ])
    func garbageIsRefused(text: String, line: Int, expected: String) throws {
        let error = try #require(
            #expect(throws: MalformedText.self) { try EngineStatus.blocks(of: text) })
        #expect(error.line == line)
        guard case .unexpected(_, expected) = error.problem else {
            Issue.record("\(error) does not expect \(expected)")
            return
        }
    }

    @Test func aBlockCutShortIsRefused() {
        let cut = Self.block().split(separator: "\n").prefix(3).joined(separator: "\n")
        #expect(throws: MalformedText(subject: .engineStatus, problem: .missing("NEW_VERSION"))) {
            try EngineStatus.blocks(of: cut)
        }
    }

    @Test func onlyOneBlockIsAStatus() {
        #expect(throws: MalformedText.self) { try EngineStatus(Self.block() + Self.block()) }
        #expect(throws: MalformedText(subject: .engineStatus, problem: .empty)) { try EngineStatus("") }
    }

    @Test func aReaderGivesTheBlockWithItsFifthLine() throws {
        var reader = EngineStatusReader()
        let lines = Self.block(operation: "UPDATE_STATUS_FINALIZING").split(separator: "\n")
        for line in lines.dropLast() { #expect(try reader.take(line: line) == nil) }
        #expect(throws: MalformedText.self) { try reader.finish() }
        #expect(try reader.take(line: lines[4])?.operation == .finalizing)
        try reader.finish()
    }
}

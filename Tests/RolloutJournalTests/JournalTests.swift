import Foundation
import RolloutJournal
import RolloutModel
import Testing

@Suite struct JournalTests {
    static let old = Version("1.0.0")
    static let new = Version("2.0.0")
    static let plan = Plan(
        rollout: RolloutID("r-1"),
        hosts: [PlannedHost(id: HostID("a"), machine: MachineID("m-a"), version: old)], target: .firstOffer)

    /// A whole rollout of one host, as a driver records it.
    static let contents: [JournalEntry.Content] = [
        .attached(token: 1, by: "core@bastion"),
        .event(.began),
        .event(.gatesOpened(running: old)),
        .intent(.stage(host: HostID("a"), target: nil)),
        .event(.staged(version: new, boot: BootID("b-1"), partition: "USR-B")),
        .event(.gatesOpened(running: old)),
        .intent(.reboot(host: HostID("a"), boot: BootID("b-1"), version: new)),
        .event(.returned(boot: BootID("b-2"), version: new, partition: "USR-B")),
        .event(.gatesOpened(running: new)),
        .intent(.commit(host: HostID("a"), boot: BootID("b-2"), version: new)),
        .event(.committed(version: new)),
        .event(.gatesOpened(running: new)),
    ]

    /// Runs `body` with the path of a journal that holds the first entries of `contents`, and removes it after.
    func withJournal(of count: Int = contents.count, _ body: (String) throws -> Void) throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("journal-\(UUID())")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let path = directory.appendingPathComponent("r-1.jsonl").path
        do {
            let journal = try Journal(beginning: Self.plan, path: path)
            for content in Self.contents.prefix(count) { try journal.append(content) }
        }
        try body(path)
    }

    func rewrite(_ path: String, _ change: (inout Data) -> Void) throws {
        var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        change(&bytes)
        try bytes.write(to: URL(fileURLWithPath: path))
    }

    @Test func whatIsWrittenFoldsToTheSameMachine() throws {
        try withJournal { path in
            let record = try Journal.read(path: path)
            #expect(record.machine.state == .finished(.upgraded))
            #expect(record.entries.map(\.number) == Array(1...13))
            #expect(record.token == 1)
        }
    }

    @Test func onlyItsOwnerCanReadIt() throws {
        try withJournal { path in
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            #expect(attributes[.posixPermissions] as? Int == 0o600)
        }
    }

    @Test func eventsSayWhatToDoNext() throws {
        try withJournal(of: 1) { path in
            let journal = try Journal(resuming: path)
            #expect(try journal.append(.event(.began)) == [.askGates(.beforeStage, HostID("a"))])
        }
    }

    /// Cut anywhere, a journal is the entries that were whole, and goes on from there.
    @Test func aTornLastLineIsDroppedWhereverItIsCut() throws {
        try withJournal { path in
            let whole = try Data(contentsOf: URL(fileURLWithPath: path))
            let firstLine = try #require(whole.firstIndex(of: UInt8(ascii: "\n"))) + 1
            for cut in stride(from: firstLine, to: whole.count, by: 7) {
                try whole.prefix(cut).write(to: URL(fileURLWithPath: path))
                let entries = whole.prefix(cut).count { $0 == UInt8(ascii: "\n") }
                #expect(try Journal.read(path: path).entries.count == entries)
                let journal = try Journal(resuming: path)
                for content in Self.contents.dropFirst(entries - 1) { try journal.append(content) }
                #expect(try Journal.read(path: path).machine.state == .finished(.upgraded))
            }
        }
    }

    @Test func aDamagedLineInTheMiddleStopsAndIsNamed() throws {
        try withJournal { path in
            let five = try #require(
                try Data(contentsOf: URL(fileURLWithPath: path)).firstRange(of: Data(#""number":5"#.utf8)))
            try rewrite(path) { $0[five.lowerBound] = 0 }
            #expect {
                try Journal.read(path: path)
            } throws: { error in
                guard case .damaged(_, entry: 5, _)? = error as? JournalError else { return false }
                return true
            }
        }
    }

    @Test func aMissingEntryIsNoticed() throws {
        try withJournal { path in
            try rewrite(path) { bytes in
                let lines = bytes.split(separator: UInt8(ascii: "\n"))
                bytes = Data((lines[..<3] + lines[4...]).map { $0 + [UInt8(ascii: "\n")] }.joined())
            }
            #expect(throws: JournalError.damaged(path: path, entry: 5, why: "number 4 was to follow")) {
                try Journal.read(path: path)
            }
        }
    }

    @Test func anEventThatCannotFollowIsNeverWritten() throws {
        try withJournal(of: 2) { path in
            let journal = try Journal(resuming: path)
            let before = try Data(contentsOf: URL(fileURLWithPath: path))
            #expect(throws: JournalError.self) { try journal.append(.event(.committed(version: Self.new))) }
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
            #expect(journal.record.entries.count == 3)
        }
    }

    @Test func anActThatIsNotDueIsNeverAnnounced() throws {
        try withJournal(of: 2) { path in
            let journal = try Journal(resuming: path)
            #expect(throws: JournalError.self) {
                try journal.append(
                    .intent(.reboot(host: HostID("a"), boot: BootID("b-1"), version: Self.new)))
            }
        }
    }

    @Test func aTokenNeverComesTwice() throws {
        try withJournal(of: 1) { path in
            let journal = try Journal(resuming: path)
            #expect(throws: JournalError.self) { try journal.append(.attached(token: 1, by: "again")) }
            #expect(throws: Never.self) { try journal.append(.attached(token: 2, by: "again")) }
        }
    }

    @Test func oneWriterAtATime() throws {
        try withJournal(of: 1) { path in
            let first = try Journal(resuming: path)
            #expect(throws: JournalError.inUse(path: path)) { try Journal(resuming: path) }
            #expect(try Journal.read(path: path).entries.count == 2)
            #expect(try Journal.isBeingWritten(path: path))
            try first.append(.event(.began))
        }
    }

    @Test func aRolloutIsBegunOnce() throws {
        try withJournal(of: 0) { path in
            #expect(throws: JournalError.exists(path: path)) { try Journal(beginning: Self.plan, path: path) }
        }
    }

    @Test func aNewerFormatIsRefused() throws {
        try withJournal(of: 0) { path in
            try rewrite(path) { bytes in
                bytes = Data(
                    String(decoding: bytes, as: UTF8.self)
                        .replacingOccurrences(of: #""format":2"#, with: #""format":3"#).utf8)
            }
            #expect(throws: JournalError.formatUnknown(path: path, format: 3)) {
                try Journal.read(path: path)
            }
        }
    }

    /// As format 1 wrote it: a plan without a way to commit, and without a way back.
    @Test func anOlderJournalReadsWithTheDefaults() throws {
        try withJournal { path in
            try rewrite(path) { bytes in
                var text = String(decoding: bytes, as: UTF8.self)
                    .replacingOccurrences(of: #""format":2"#, with: #""format":1"#)
                for key in [
                    #""commit":"engine","#, #""onFailure":"hold","#, #""purpose":{"upgrade":{}},"#,
                    #""retryReverted":false,"#,
                ] {
                    #expect(text.contains(key))
                    text = text.replacingOccurrences(of: key, with: "")
                }
                bytes = Data(text.utf8)
            }
            let record = try Journal.read(path: path)
            #expect(record.machine.plan == Self.plan)
            #expect(record.machine.state == .finished(.upgraded))
        }
    }

    @Test func whatAPlanSaysOfWaysBackIsKept() throws {
        try withJournal(of: 0) { path in
            var plan = Self.plan
            plan.commit = .direct
            plan.deadManMinutes = 30
            plan.onFailure = .rollback
            plan.retryReverted = true
            plan.purpose = .rollback(host: HostID("a"))
            let other = path + ".other"
            _ = try Journal(beginning: plan, path: other)
            #expect(try Journal.read(path: other).machine.plan == plan)
        }
    }

    @Test func anAbandonmentFoldsToItsEnd() throws {
        try withJournal(of: 2) { path in
            let journal = try Journal(resuming: path)
            let a = HostID("a")
            #expect(
                try journal.append(.event(.abandonRequested)) == [.record(.abandon(host: a)), .abandon(a)])
            try journal.append(.intent(.abandon(host: a)))
            try journal.append(.event(.abandoned(host: a, undone: ["update.conf"], left: [])))
            #expect(try Journal.read(path: path).machine.state == .finished(.abandoned))
        }
    }

    @Test func noJournalIsItsOwnError() {
        #expect(throws: JournalError.notFound(path: "/nonexistent/r-1.jsonl")) {
            try Journal.read(path: "/nonexistent/r-1.jsonl")
        }
    }

    @Test func aFileWithoutAnEntryIsItsOwnError() throws {
        try withJournal(of: 0) { path in
            try rewrite(path) { $0.removeLast() }
            #expect(throws: JournalError.empty(path: path)) { try Journal(resuming: path) }
        }
    }
}

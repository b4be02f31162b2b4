import Foundation
import RolloutJournal
import RolloutModel
import SampleValues
import Testing

@Suite struct JournalTests {
    static let old = Version("1.0.0")
    static let new = Version("2.0.0")
    static let plan = Plan.sample(
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

    /// Runs `body` with the path of a journal that has the first entries of `contents`, and removes the journal
    /// afterwards.
    func withJournal(of count: Int = contents.count, _ body: (String) async throws -> Void) async throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("journal-\(UUID())")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let path = directory.appendingPathComponent("r-1.jsonl").path
        do {
            let journal = try await Journal(beginning: Self.plan, configuration: "", path: path)
            for content in Self.contents.prefix(count) { try await journal.append(content) }
        }
        try await body(path)
    }

    /// The settings of a coordinator are kept; older lines without settings are read.
    @Test func settingsAreKeptByKey() async throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("journal-\(UUID())")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let path = directory.appendingPathComponent("r-1.jsonl").path
        let start = ConfigurationMark(digest: "x", settings: ["timeouts.gate": "60 s"])
        let later = ConfigurationMark(digest: "y", settings: ["timeouts.gate": "90 s"])
        do {
            let journal = try await Journal(
                beginning: Self.plan, configuration: start.digest, settings: start.settings, path: path)
            try await journal.append(.attached(token: 1, by: "core@bastion"))
            #expect(journal.record.lastConfiguration == start)
            try await journal.append(.attached(token: 2, by: "core@bastion", with: later))
        }
        let record = try Journal.read(path: path)
        #expect(record.configuration == start)
        #expect(record.lastConfiguration == later)
    }

    @Test func linesWithoutSettingsAreRead() throws {
        let line = #"{"attached":{"token":7,"by":"core@bastion"}}"#
        let read = try JSONDecoder().decode(JournalEntry.Content.self, from: Data(line.utf8))
        #expect(read == .attached(token: 7, by: "core@bastion"))
        // An entry without a configuration is written as in older versions.
        #expect(!String(decoding: try JSONEncoder().encode(read), as: UTF8.self).contains("configuration"))
    }

    func rewrite(_ path: String, _ change: (inout Data) -> Void) throws {
        var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        change(&bytes)
        try bytes.write(to: URL(fileURLWithPath: path))
    }

    func rewriteLines(_ path: String, _ change: (inout [Data]) -> Void) throws {
        try rewrite(path) { bytes in
            var lines = bytes.split(separator: UInt8(ascii: "\n")).map { Data($0) }
            change(&lines)
            bytes = Data(lines.map { $0 + [UInt8(ascii: "\n")] }.joined())
        }
    }

    static func damagedEntry(_ error: any Error) -> Int? {
        guard case .damaged(_, let entry, _)? = error as? JournalError else { return nil }
        return entry
    }

    private static func lastContent(_ path: String) throws -> JournalEntry.Content? {
        var last: JournalEntry.Content?
        try Journal.read(path: path) { last = $0.what }
        return last
    }

    @Test func whatIsWrittenFoldsToTheSameMachine() async throws {
        try await withJournal { path in
            var numbers: [Int] = []
            let record = try Journal.read(path: path) { numbers.append($0.number) }
            #expect(record.machine.outcome == .upgraded)
            #expect(numbers == Array(1...13))
            #expect(record.token == 1)
        }
    }

    @Test func onlyItsOwnerCanReadIt() async throws {
        try await withJournal { path in
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            #expect(attributes[.posixPermissions] as? Int == 0o600)
        }
    }

    @Test func eventsSayWhatToDoNext() async throws {
        try await withJournal(of: 1) { path in
            let journal = try await Journal(resuming: path)
            #expect(try await journal.append(.event(.began)) == [.askGates(.beforeStage, HostID("a"))])
        }
    }

    /// A journal that is cut anywhere has the entries that were whole, and goes on from there.
    @Test func aTornLastLineIsDroppedWhereverItIsCut() async throws {
        try await withJournal { path in
            let whole = try Data(contentsOf: URL(fileURLWithPath: path))
            let firstLine = try #require(whole.firstIndex(of: UInt8(ascii: "\n"))) + 1
            for cut in stride(from: firstLine, to: whole.count, by: 7) {
                try whole.prefix(cut).write(to: URL(fileURLWithPath: path))
                let entries = whole.prefix(cut).count { $0 == UInt8(ascii: "\n") }
                #expect(try Journal.read(path: path).entryCount == entries)
                let journal = try await Journal(resuming: path)
                for content in Self.contents.dropFirst(entries - 1) { try await journal.append(content) }
                #expect(try Journal.read(path: path).machine.outcome == .upgraded)
            }
        }
    }

    /// A change to a line in the middle is reported with that entry's number.
    @Test(
        arguments: [
            (7, { @Sendable (line: inout Data) in line[line.startIndex + 2] = 0 }),
            (
                6,
                { @Sendable line in
                    line = Data(String(decoding: line, as: UTF8.self).replacing("2.0.0", with: "2.0.1").utf8)
                }
            ),
            (3, { @Sendable line in line = Data() }),
            (9, { @Sendable line in line = Data("{}".utf8) }),
            (2, { @Sendable line in line.removeLast(80) }),
        ] as [(Int, @Sendable (inout Data) -> Void)])
    func aDamagedLineStopsAndIsNamed(entry: Int, damage: @Sendable @escaping (inout Data) -> Void)
        async throws
    {
        try await withJournal { path in
            try rewriteLines(path) { damage(&$0[entry - 1]) }
            #expect { try Journal.read(path: path) } throws: { Self.damagedEntry($0) == entry }
            await #expect { try await Journal(resuming: path) } throws: { Self.damagedEntry($0) == entry }
        }
    }

    @Test(
        arguments: [
            (4, { @Sendable (lines: inout [Data]) in lines.remove(at: 3) }),
            (6, { @Sendable lines in lines.swapAt(5, 6) }),
            (8, { @Sendable lines in lines.insert(lines[6], at: 7) }),
            (2, { @Sendable lines in lines.removeSubrange(1..<5) }),
        ] as [(Int, @Sendable (inout [Data]) -> Void)])
    func aLineDroppedSwappedOrPutInIsNoticed(entry: Int, damage: @Sendable (inout [Data]) -> Void)
        async throws
    {
        try await withJournal { path in
            try rewriteLines(path, damage)
            #expect { try Journal.read(path: path) } throws: { Self.damagedEntry($0) == entry }
        }
    }

    /// The digest of the last line covers the whole rollout.
    @Test func theDigestIsThatOfTheLastLine() async throws {
        try await withJournal { path in
            let whole = try Journal.reading(path: path)
            #expect(whole.tornBytes == 0)
            #expect(
                try String(contentsOfFile: path, encoding: .utf8).hasSuffix(
                    #""sha256":"\#(whole.digest)"}\#n"#))
            try rewrite(path) { $0.append(contentsOf: Data(#"{"at":"2026"#.utf8)) }
            let torn = try Journal.reading(path: path)
            #expect(torn.tornBytes == 11)
            #expect(torn.digest == whole.digest)
        }
    }

    /// After a write that failed half-way the file may end in a part of it, so no entry may follow.
    @Test func afterAFailedWriteNothingIsAppended() async throws {
        let disk = FullDisk(room: 1200)
        let journal = try await Journal(beginning: Self.plan, configuration: "", on: disk.storage)
        var taken = 1
        await #expect(throws: JournalError.self) {
            for content in Self.contents {
                try await journal.append(content)
                taken += 1
            }
        }
        disk.grow()
        await #expect(throws: JournalError.self) { try await journal.append(Self.contents[taken - 1]) }
        let resumed = try await Journal(resuming: disk.storage)
        #expect(resumed.record.entryCount == taken)
        for content in Self.contents.dropFirst(taken - 1) { try await resumed.append(content) }
        #expect(resumed.record.machine.outcome == .upgraded)
    }

    @Test func anEventThatCannotFollowIsNeverWritten() async throws {
        try await withJournal(of: 2) { path in
            let journal = try await Journal(resuming: path)
            let before = try Data(contentsOf: URL(fileURLWithPath: path))
            await #expect(throws: JournalError.self) {
                try await journal.append(.event(.committed(version: Self.new)))
            }
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
            #expect(journal.record.entryCount == 3)
        }
    }

    @Test func anActThatIsNotDueIsNeverAnnounced() async throws {
        try await withJournal(of: 2) { path in
            let journal = try await Journal(resuming: path)
            await #expect(throws: JournalError.self) {
                try await journal.append(
                    .intent(.reboot(host: HostID("a"), boot: BootID("b-1"), version: Self.new)))
            }
        }
    }

    /// The release of the cluster can be recorded only after the rollout's end, under the token it was held by.
    @Test func lettingGoIsTheLastThing() async throws {
        try await withJournal(of: Self.contents.count - 1) { path in
            let journal = try await Journal(resuming: path)
            await #expect(throws: JournalError.self) { try await journal.append(.letGo(token: 1)) }
        }
        try await withJournal { path in
            await #expect(throws: JournalError.self) {
                try await Journal(resuming: path).append(.letGo(token: 0))
            }
            #expect(try !Journal.read(path: path).machine.tenure.isReleased)
            try await Journal(resuming: path).append(.letGo(token: 1))
            #expect(try Journal.read(path: path).machine.tenure.isReleased)
        }
    }

    /// A hook's word changes no state, wherever it is in the journal.
    @Test(arguments: 0...contents.count) func aHooksWordChangesNothing(place: Int) async throws {
        let word = HookWord(
            hook: .gate, on: HostID("b"), host: HostID("a"), checkpoint: .beforeReboot, verdict: .hold,
            output: "line 1\nline 2")
        try await withJournal(of: place) { path in
            try await Journal(resuming: path).append(.said(word))
            let journal = try await Journal(resuming: path)
            #expect(try Self.lastContent(path) == .said(word))
            for content in Self.contents.dropFirst(place) { try await journal.append(content) }
            #expect(journal.record.machine.outcome == .upgraded)
        }
    }

    @Test func theSemaphoreIsReservedUnderTheRolloutsOwnID() async throws {
        try await withJournal(of: 2) { path in
            let journal = try await Journal(resuming: path)
            #expect(!journal.record.machine.tenure.reserves)
            await #expect(throws: JournalError.self) { try await journal.append(.reserving(holder: "r-2")) }
            #expect(try await journal.append(.reserving(holder: "r-1")) == [])
            let read = try Journal.read(path: path)
            #expect(try read.machine.tenure.reserves && Self.lastContent(path) == .reserving(holder: "r-1"))
            #expect(read.machine.state == journal.record.machine.state)
        }
    }

    @Test func aTokenNeverComesTwice() async throws {
        try await withJournal(of: 1) { path in
            let journal = try await Journal(resuming: path)
            await #expect(throws: JournalError.self) {
                try await journal.append(.attached(token: 1, by: "again"))
            }
            await #expect(throws: Never.self) { try await journal.append(.attached(token: 2, by: "again")) }
        }
    }

    @Test func oneWriterAtATime() async throws {
        try await withJournal(of: 1) { path in
            let first = try await Journal(resuming: path)
            await #expect(throws: JournalError.inUse(path: path)) { try await Journal(resuming: path) }
            #expect(try Journal.read(path: path).entryCount == 2)
            #expect(try Journal.isBeingWritten(path: path))
            try await first.append(.event(.began))
        }
    }

    /// A line is appended, removed or changed by somebody else while the journal is open: the journal writes no entry
    /// after it.
    @Test(
        arguments: [
            { @Sendable in try String(contentsOfFile: $0, encoding: .utf8) + #"{"at":"now"}"# + "\n" },
            { @Sendable in try String(contentsOfFile: $0, encoding: .utf8) + #"{"at":"# },
            { @Sendable in
                let lines = try String(contentsOfFile: $0, encoding: .utf8).split(separator: "\n")
                return lines.dropLast().map { $0 + "\n" }.joined()
            },
            { @Sendable _ in "" },
        ] as [@Sendable (String) throws -> String])
    func nothingIsAppendedToAnotherLine(changed: @Sendable @escaping (String) throws -> String) async throws {
        try await withJournal(of: 1) { path in
            let journal = try await Journal(resuming: path)
            let text = try changed(path)
            try text.write(toFile: path, atomically: false, encoding: .utf8)
            await #expect(throws: JournalError.overtaken(path: path)) {
                try await journal.append(.event(.began))
            }
            await #expect(throws: JournalError.overtaken(path: path)) {
                try await journal.append(.attached(token: 2, by: "core@bastion"))
            }
            #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
        }
    }

    @Test func aRolloutIsBegunOnce() async throws {
        try await withJournal(of: 0) { path in
            await #expect(throws: JournalError.exists(path: path)) {
                try await Journal(beginning: Self.plan, configuration: "", path: path)
            }
        }
    }

    @Test func aNewerFormatIsRefused() async throws {
        let newer = JournalEntry.format + 1
        try await withJournal(of: 0) { path in
            try rewrite(path) { bytes in
                bytes = Data(
                    String(decoding: bytes, as: UTF8.self)
                        .replacing(#""format":\#(JournalEntry.format)"#, with: #""format":\#(newer)"#).utf8)
            }
            #expect(throws: JournalError.formatUnknown(path: path, format: newer)) {
                try Journal.read(path: path)
            }
        }
    }

    @Test func whatAPlanSaysOfWaysBackIsKept() async throws {
        try await withJournal(of: 0) { path in
            var plan = Self.plan
            plan.commit = .direct
            plan.deadManMinutes = 30
            plan.onFailure = .rollback
            plan.retryReverted = true
            plan.purpose = .rollback(host: HostID("a"))
            let other = path + ".other"
            _ = try await Journal(beginning: plan, configuration: "", path: other)
            #expect(try Journal.read(path: other).machine.plan == plan)
        }
    }

    @Test func anAbandonmentFoldsToItsEnd() async throws {
        try await withJournal(of: 2) { path in
            let journal = try await Journal(resuming: path)
            let a = HostID("a")
            #expect(
                try await journal.append(.event(.abandonRequested)) == [
                    .record(.abandon(host: a)), .abandon(a),
                ])
            try await journal.append(.intent(.abandon(host: a)))
            try await journal.append(.event(.abandoned(host: a, undone: ["update.conf"], left: [])))
            #expect(try Journal.read(path: path).machine.outcome == .abandoned)
        }
    }

    @Test func noJournalIsItsOwnError() {
        #expect(throws: JournalError.notFound(path: "/nonexistent/r-1.jsonl")) {
            try Journal.read(path: "/nonexistent/r-1.jsonl")
        }
    }

    @Test func aFileWithoutAnEntryIsItsOwnError() async throws {
        try await withJournal(of: 0) { path in
            try rewrite(path) { $0.removeLast() }
            await #expect(throws: JournalError.empty(path: path)) { try await Journal(resuming: path) }
        }
    }
}

import Foundation
import RolloutModel
import Testing

@testable import RolloutJournal

/// Records of migrations: chained lines, one writer, and nothing that is mended by guessing.
@Suite struct MigrationRecordTests {
    private static func withDirectory<Value>(_ body: (JournalDirectory) async throws -> Value) async throws
        -> Value
    {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("record-\(UUID())").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try await body(JournalDirectory(path: path))
    }

    private static let plan = MigrationPlan(
        id: "m-1", old: .init(url: "http://old", tokenFile: nil, routers: []),
        new: .init(url: "http://new", tokenFile: nil, routers: ["10.1.0.11"]), registry: nil,
        certificates: nil,
        renames: [])

    private static func kept(_ name: String) -> String {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Fixtures/\(name).migration").path
    }

    /// A record as a turnstile of its format wrote it stays readable, and would be written so again.
    @Test(arguments: [
        "migration-1/again", "migration-1/carried", "migration-1/remarked", "migration-2/carried",
    ])
    func aKeptRecordReadsAsItWasWritten(name: String) throws {
        let path = Self.kept(name)
        let kept = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        var written: [UInt8] = []
        var last = JournalLine.origin
        _ = try JournalDirectory.readMigration(at: path) { entry in
            guard let line = try? JournalLine(entry, after: last) else { return }
            written += line.bytes
            last = line.digest
        }
        #expect(String(decoding: written, as: UTF8.self) == String(decoding: kept, as: UTF8.self))
    }

    /// A kind that is new takes a higher format: turnstiles before it refuse the record by its first line.
    @Test func everyKindIsInAKeptRecordOfThePresentFormat() throws {
        var kinds: Set<MigrationKind> = []
        _ = try JournalDirectory.readMigration(at: Self.kept("migration-\(MigrationEvent.format)/carried")) {
            kinds.insert(MigrationKind($0.what))
        }
        #expect(kinds == Set(MigrationKind.allCases))
    }

    static let formats: [(format: Int, isRead: Bool)] = [(0, false), (1, true), (2, true), (3, false)]

    @Test(arguments: formats) func aRecordOfALaterTurnstileIsRefused(format: Int, isRead: Bool) async throws {
        try await Self.withDirectory { directory in
            let path = directory.migrationPath(from: "old", to: "new")
            try FileManager.default.createDirectory(atPath: directory.path, withIntermediateDirectories: true)
            let first = RecordEntry<MigrationEvent>(
                number: 1, at: "2026-11-30T02:00:00Z", what: .opened(format: format, plan: Self.plan))
            let line = try JournalLine(first, after: JournalLine.origin)
            try Data(line.bytes).write(to: URL(fileURLWithPath: path))
            guard !isRead else {
                try await directory.migration(Self.plan, at: path).append(.attached(by: "core@bastion"))
                #expect(try JournalDirectory.readMigration(at: path).operatorName == "core@bastion")
                return
            }
            #expect(throws: JournalError.formatUnknown(path: path, format: format)) {
                try JournalDirectory.readMigration(at: path)
            }
        }
    }

    /// An entry that is whole and says something unknown is no damage, and says so.
    @Test func anEntryOfALaterTurnstileIsToldFromDamage() async throws {
        try await Self.withDirectory { directory in
            let path = directory.migrationPath(from: "old", to: "new")
            _ = try await directory.migration(Self.plan, at: path)
            let whole = try Data(contentsOf: URL(fileURLWithPath: path))
            let last = try #require(JournalLine.seal(of: [UInt8](whole.dropLast())[...]))
            struct Later: Encodable {
                var number = 2
                var at = "2026-11-30T02:00:00Z"
                var what = ["teleported": ["shop": "x"]]
            }
            let line = try JournalLine(Later(), after: JournalLine.Digest(last))
            try (whole + Data(line.bytes)).write(to: URL(fileURLWithPath: path))
            let error = #expect(throws: JournalError.self) { try JournalDirectory.readMigration(at: path) }
            guard case .damaged(path, 2, let why)? = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(why.contains("did a newer one write it?"), "\(why)")
        }
    }

    @Test func aKeptRecordTellsHowFarEachApplicationIs() throws {
        let state = try JournalDirectory.readMigration(at: Self.kept("migration-1/carried"))
        #expect(state.claim == .none && state.plan.certificates == "/safe/certs")
        let shop = state.course(of: try #require(ApplicationID("shop")))
        #expect(shop.isOwn && !shop.isProved && shop.release == 7 && shop.names == .cutOver)
        let blog = state.course(of: try #require(ApplicationID("blog")))
        #expect(blog.open?.act == .pull(image: "10.0.0.11:5000/shop:v7") && blog.holds.count == 2)
        let remarked = try JournalDirectory.readMigration(at: Self.kept("migration-1/remarked"))
        let course = remarked.course(of: try #require(ApplicationID("shop")))
        #expect(course.isProved && course.holds == [] && course.remarks.count == 2)
    }

    @Test func oneProcessHasARecordAndNobodyElseReadsIt() async throws {
        try await Self.withDirectory { directory in
            let path = directory.migrationPath(from: "old:80", to: "../new")
            #expect(path == "\(directory.path)/old_80-to-.._new.migration")
            let record = try await directory.migration(Self.plan, at: path)
            await #expect(throws: JournalError.inUse(path: path)) {
                _ = try await directory.migration(Self.plan, at: path)
            }
            try await record.append(.attached(by: "core@bastion"))
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
            let (migrations, rollouts) = (try directory.migrations(), try directory.rollouts())
            #expect(migrations == [path] && rollouts == [])
        }
    }

    /// A line that was being written when the power went is dropped; any other damage is named.
    @Test func aTornLineIsDroppedAndAChangedOneRefused() async throws {
        try await Self.withDirectory { directory in
            let path = directory.migrationPath(from: "old", to: "new")
            try await directory.migration(Self.plan, at: path).append(.claiming)
            let whole = try Data(contentsOf: URL(fileURLWithPath: path))
            try (whole + Data(#"{"at":"20"#.utf8)).write(to: URL(fileURLWithPath: path))
            let torn = try await directory.migration(Self.plan, at: path)
            try await torn.append(.claimed)
            let state = await torn.state
            #expect(state.claim == .made)

            let text = String(decoding: whole, as: UTF8.self)
            try text.replacing("http://new", with: "http://eve")
                .write(toFile: path, atomically: true, encoding: .utf8)
            let error = #expect(throws: JournalError.self) { try JournalDirectory.readMigration(at: path) }
            guard case .damaged(path, 1, _)? = error else {
                Issue.record("\(String(describing: error))")
                return
            }
        }
    }

    /// A plan of another migration is none that this record can go on with.
    @Test func aPlanOfOtherClustersCannotFollow() throws {
        var other = Self.plan
        other.new.url = "http://third"
        var state = try #require(MigrationState(first: .opened(format: 1, plan: Self.plan)))
        let (isTaken, isOther, isSecond) = (
            state.apply(.planned(Self.plan)), state.apply(.planned(other)),
            state.apply(.opened(format: 1, plan: Self.plan))
        )
        #expect(isTaken && !isOther && !isSecond)
    }
}

import HostFiles
import Testing

@Suite struct JournalEntryTests {
    @Test func readsARealEntry() throws {
        let line = try #require(
            try Fixture.journalBootFlags.lines().first { $0.contains("Updating boot flags") })
        let entry = try JournalEntry(line: line)
        #expect(entry.cursor.hasPrefix("s=2ed8712631bd41beb841125c8e2e68de;i="))
        #expect(
            entry.message
                == "I20261124 00:34:02.304412   365 update_attempter.cc:493] Updating boot flags...")
        #expect(entry.unit == "update-engine.service")
        #expect(entry.subjectUnit == nil)
        #expect(entry.syslogIdentifier == "update_engine")
        #expect(entry.bootID == "40586c67df1c494fb245cbaf93538949")
        #expect(entry.isOf(bootID: "40586c67-df1c-494f-b245-cbaf93538949"))
        #expect(!entry.isOf(bootID: "42e2c85f-555e-4a3d-bce5-5ff17be29ba8"))
        #expect(entry.invocationID?.count == 32)
        #expect(entry.priority == 6)
        #expect(entry.pid == 365)
        #expect(entry.realtimeMicroseconds / 1_000_000 == 1_795_480_442)
    }

    @Test func systemdWritesAboutTheUnit() throws {
        let entry = try JournalEntry(line: try #require(try Fixture.journalBootFlags.lines().first))
        #expect(entry.unit == "init.scope")
        #expect(entry.subjectUnit == "update-engine.service")
    }

    @Test(arguments: [
        (#""text""#, "text"),
        (#""""#, ""),
        ("null", nil),
        ("[104,105]", "hi"),
        ("[255,104]", "\u{FFFD}h"),
        (#"["one","two"]"#, "one\ntwo"),
        (#"["one",[116,119,111],null]"#, "one\ntwo"),
    ])
    func aMessageHasSeveralForms(json: String, message: String?) throws {
        let entry = try JournalEntry(
            line: #"{"__CURSOR":"c","__REALTIME_TIMESTAMP":"1","MESSAGE":\#(json)}"#)
        #expect(entry.message == message)
    }

    @Test func whatIsAbsentIsNil() throws {
        let entry = try JournalEntry(line: #"{"__CURSOR":"c","__REALTIME_TIMESTAMP":"18446744073709551615"}"#)
        #expect(entry.message == nil)
        #expect(entry.unit == nil && entry.pid == nil && entry.priority == nil && entry.bootID == nil)
        #expect(entry.realtimeMicroseconds == .max)
        #expect(!entry.isOf(bootID: ""))
    }

    @Test(arguments: [
        "", "-- No entries --", "[]", "{}", #"{"__CURSOR":"c"}"#,
        #"{"__CURSOR":"c","__REALTIME_TIMESTAMP":"soon"}"#,
        #"{"__CURSOR":"c","__REALTIME_TIMESTAMP":"1","MESSAGE":[300]}"#,
        #"{"__CURSOR":"c","__REALTIME_TIMESTAMP":"1","MESSAGE":{}}"#,
    ])
    func anythingElseIsRefused(line: String) {
        #expect(throws: MalformedText.self) { try JournalEntry(line: line) }
    }

    @Test func aLineWithoutEndIsRefusedUnread() {
        let line = String(repeating: "x", count: JournalEntry.lineBytesMax + 1)
        #expect(
            throws: MalformedText(
                subject: .journalEntry, problem: .tooLong(bytes: 1_048_577, bytesMax: 1_048_576))
        ) { try JournalEntry(line: line) }
    }

    @Test func nestingWithoutEndIsRefused() {
        let line =
            #"{"__CURSOR":"c","__REALTIME_TIMESTAMP":"1","MESSAGE":"# + String(repeating: "[", count: 100_000)
        #expect(throws: MalformedText.self) { try JournalEntry(line: line) }
    }
}

import HostFiles
import Testing

@Suite struct SystemdUnitListTests {
    /// As systemd 252 and 212 print them.
    @Test(arguments: [
        "● app.service loaded failed failed App \"with\" a description.\n",
        "app.service                        loaded failed     failed       App\n",
        "* app.service loaded failed failed\n",
        "\u{25CF} app.service not-found failed failed app.service\r\n",
        "  app.service loaded failed failed App\n",
        "× app.service loaded failed failed App\n",
    ]) func aUnitAndItsStates(line: String) throws {
        let entries = try SystemdUnitList(line).entries
        #expect(entries.map { "\($0.unit) \($0.active) \($0.sub)" } == ["app.service failed failed"])
        #expect(entries[0].isFailing && !entries[0].isStarting)
    }

    @Test func whatIsStartedAnewFailsAndWhatIsStartedDoesNot() throws {
        let list = try SystemdUnitList(
            """
            a.service loaded activating auto-restart A
            b.service loaded activating start-pre start B
            dev-sda1.device loaded activating tentative C
            sshd@4-10.0.0.1:22-10.0.0.2:50312.service loaded failed failed OpenSSH

            """)
        #expect(list.entries.filter(\.isFailing).count == 2)
        #expect(list.entries.filter(\.isStarting).map(\.unit) == ["b.service", "dev-sda1.device"])
        #expect(try SystemdUnitList("").entries.isEmpty)
    }

    @Test(arguments: [
        "Failed to list units: Connection timed out\n", "app.service loaded failed\n", "app.service\n",
        "a\u{1B}.service loaded failed failed\n", "app.service loaded fai\u{1B}led failed\n",
    ]) func anythingElseIsRefused(text: String) {
        #expect(throws: MalformedText.self) { try SystemdUnitList(text) }
    }
}

import ClusterAnswers
import Testing

@Suite struct ClientSettingsTests {
    @Test(
        arguments: [
            ("30s", 30), ("1m30s", 90), ("1.5h", 5400), ("500ms", 0.5), ("0s", 0), ("2h", 7200),
        ] as [(String, Double)])
    func goReadsTheseDurations(text: String, seconds: Double) {
        #expect(GoDuration(text)?.span == .seconds(seconds))
    }

    @Test(arguments: [
        "", "30", "s", "-1s", "1d", "1.2.3s", "30s x", "∞s", String(repeating: "1s", count: 40),
    ])
    func othersAreNone(text: String) { #expect(GoDuration(text) == nil) }

    @Test func assignmentsAreReadAndTheRestIsPassedOver() {
        let settings = ClientSettings(
            "# a comment\nagent_ttl=\"60s\"\n etcd_servers = \"http://a:1, http://b:2\"\nno assignment\nEMPTY=\n"
                + "agent_ttl=45s\nBROKEN=\"x\n1X=2\n")
        #expect(settings["agent_ttl"] == "45s" && settings["EMPTY"] == nil && settings["BROKEN"] == nil)
        #expect(settings.list("etcd_servers") == ["http://a:1", "http://b:2"] && settings.list("x") == [])
        #expect(settings.values.count == 2, "\(settings.values)")
    }

    /// A host may send as much as a command's answer holds.
    @Test func noMoreIsKeptThanAProgramHas() {
        let lines = (0..<1000).map { "A\($0)=x" }.joined(separator: "\n")
        #expect(ClientSettings(lines).values.count == 256)
        #expect(ClientSettings("A=" + String(repeating: "x", count: 5000)).values.isEmpty)
    }
}

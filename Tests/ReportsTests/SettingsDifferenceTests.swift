import RolloutJournal
import RolloutModel
import SampleSettings
import Settings
import Testing

@testable import Reports

@Suite struct SettingsDifferenceTests {
    static func mark(
        _ yaml: String, _ change: (inout ConfigurationOverrides) -> Void = { _ in }
    ) throws -> ConfigurationMark {
        var mark: ConfigurationMark?
        try SettingsDirectory.with(["turnstile.yaml": yaml]) { environment in
            mark = try SettingsDirectory.load(environment, path: nil, change).mark
        }
        return try #require(mark)
    }

    static let hosts = "hosts: [a, b]\n"

    /// Settings at the start and now, and what is said.
    static let changes: [(String, String, String?)] = [
        ("", "", nil),
        ("timeouts: {gate: 60s}", "timeouts: {gate: 90s}", "timeouts.gate (was 60 s)"),
        ("update: {to: 1520.8.0}", "update: {to: 1576.4.0}", "update.to (was 1520.8.0)"),
        // A flag of `upgrade` is no setting: that the file says nothing is no difference.
        ("update: {to: 1520.8.0}", "", nil),
        ("update: {order: leader-last, commit: direct}", "", nil),
        ("", "update: {group: beta}", "update.group (was not set)"),
        ("gates: {etcd: {after: '3.5'}}", "", nil),
        ("gates: {fleet: {ttl: 30s}}", "gates: {fleet: {ttl: 60s}}", "gates.fleet.ttl (was 30 s)"),
        ("gates: {clock: {skew: 5s}}", "gates: {clock: {enabled: false}}", "gates.clock.skew (was 5 s)"),
        // How a host is reached decides nothing.
        ("ssh: {user: core}", "ssh: {user: root, port: 2222}", nil),
        ("journal: /a", "journal: /b", nil),
        // A hook's words may be secret.
        ("hooks: {before-host: [/bin/a, secret]}", "hooks: {before-host: [/bin/b, secret]}", "hooks"),
    ]

    @Test(arguments: changes)
    func whatDiffersIsNamed(before: String, now: String, said: String?) throws {
        let start = try Self.mark(Self.hosts + before)
        let difference = SettingsDifference(from: start, over: start, to: try Self.mark(Self.hosts + now))
        guard let said else {
            #expect(difference.sentence == nil)
            return
        }
        let sentence = try #require(difference.sentence)
        #expect(sentence.contains(said))
        #expect(!sentence.contains("secret") && !sentence.contains("sha256"))
        #expect(sentence.hasSuffix("Gates and timeouts apply as they are now; the plan stays."))
    }

    /// A difference is told when it changes, and not at every resume.
    @Test func aDifferenceIsToldOnce() throws {
        let start = try Self.mark(Self.hosts + "timeouts: {gate: 60s}")
        let other = try Self.mark(Self.hosts + "timeouts: {gate: 90s}")
        let third = try Self.mark(Self.hosts + "timeouts: {gate: 95s}")
        #expect(SettingsDifference(from: start, over: start, to: other).sentence != nil)
        #expect(SettingsDifference(from: start, over: other, to: other).sentence == nil)
        #expect(SettingsDifference(from: start, over: other, to: third).sentence != nil)
        #expect(SettingsDifference(from: start, over: other, to: start).sentence == nil)
    }

    /// Hosts named on the command line, and other flags of one command, are no other configuration.
    @Test func flagsOfOneCommandAreNoDifference() throws {
        let start = try Self.mark(Self.hosts) {
            $0.hosts = ["b"]
            $0.to = "1520.8.0"
            $0.journal = "/elsewhere"
        }
        #expect(SettingsDifference(from: start, over: start, to: try Self.mark(Self.hosts)).sentence == nil)
    }

    /// A journal of before knows only that something differs.
    @Test func anOlderJournalSaysThatMuchOnce() throws {
        let start = ConfigurationMark(digest: "before")
        let now = try Self.mark(Self.hosts)
        #expect(
            SettingsDifference(from: start, over: start, to: now).sentence
                == "Settings differ from the start. Gates and timeouts apply as they are now; the plan stays."
        )
        #expect(SettingsDifference(from: start, over: now, to: now).sentence == nil)
        let same = ConfigurationMark(digest: now.digest)
        #expect(SettingsDifference(from: same, over: same, to: now).sentence == nil)
    }
}

import RolloutModel
import SampleSettings
import Testing

@testable import Settings

/// `--limit` and `--exclude`, as Ansible takes patterns.
@Suite struct HostPatternTests {
    private static let inventory = """
        [web]
        web-[1:3]

        [db]
        db-1
        db-2

        [stage]
        web-3
        db-2

        [odd]
        core.example.net:2222
        """

    private static func listed() throws -> (hosts: [HostID], groups: [String: [HostID]]) {
        let listed = try HostsFile.read(inventory, file: "hosts.ini")
        return (listed.hosts.map(\.id), listed.groups)
    }

    private static func chosen(by text: String) throws -> [String] {
        let (hosts, groups) = try listed()
        let found = try HostPattern(among: hosts, groups: groups).hosts(in: text)
        return hosts.filter(found.contains).map(\.rawValue)
    }

    static let patterns: [(text: String, chosen: [String])] = [
        ("web-1", ["web-1"]), ("web", ["web-1", "web-2", "web-3"]),
        ("web-1:db", ["web-1", "db-1", "db-2"]), ("web-1,db", ["web-1", "db-1", "db-2"]),
        ("web:&stage", ["web-3"]), ("&stage:web", ["web-3"]), ("web:!web-2", ["web-1", "web-3"]),
        ("!web-2:web", ["web-1", "web-3"]), ("web:db:&stage:!db-2", ["web-3"]),
        // The hosts that are kept are taken out all the same.
        ("!stage:web:&web", ["web-1", "web-2"]),
        ("all:!web:!odd", ["db-1", "db-2"]), ("*:!web:!odd", ["db-1", "db-2"]),
        ("!web:!odd", ["db-1", "db-2"]),
        ("&stage", ["web-3", "db-2"]), ("web-*", ["web-1", "web-2", "web-3"]), ("*-2", ["web-2", "db-2"]),
        ("web-[12]", ["web-1", "web-2"]), ("web-[!12]", ["web-3"]), ("web-?", ["web-1", "web-2", "web-3"]),
        ("d?", ["db-1", "db-2"]), ("st*:!db*", ["web-3"]),
        ("core.example.net:2222", ["core.example.net:2222"]),
        ("web-1,core.example.net:2222", ["web-1", "core.example.net:2222"]),
        ("!core.example.net:2222,web-*", ["web-1", "web-2", "web-3"]),
        (" web-1 : db-1 ", ["web-1", "db-1"]), ("web-1:", ["web-1"]), ("web:!web", []),
    ]

    @Test(arguments: patterns) func aPatternChoosesAsAnsiblesDoes(text: String, chosen: [String]) throws {
        #expect(try Self.chosen(by: text) == chosen)
    }

    /// A part that names nothing would take nothing out, unseen.
    static let refusals: [(text: String, says: String)] = [
        ("wbe", "'wbe' is neither a host here nor a group; did you mean 'web'?"),
        ("web:!wbe-1", "'wbe-1' is neither a host here nor a group; did you mean 'web-1'?"),
        ("elsewhere", "'elsewhere' is neither a host here nor a group"),
        ("x*", "'x*' is neither a host here nor a group"), ("", "found nothing"), (":", "found nothing"),
        ("web:&", "found nothing, expected hosts, groups or globs"),
        ("~web.*", "expected hosts, groups or globs"),
        ("@file", "expected hosts, groups or globs"), ("web[0]", "expected hosts, groups or globs"),
        ("web[0:1]", "expected hosts, groups or globs"), ("web[-1]", "expected hosts, groups or globs"),
    ]

    @Test(arguments: refusals) func aPartThatNamesNothingIsRefused(text: String, says: String) throws {
        let (hosts, groups) = try Self.listed()
        let refusal = #expect(throws: HostPattern.Refusal.self) {
            try HostPattern(among: hosts, groups: groups).hosts(in: text)
        }
        #expect(refusal.map { "\($0.fault)".contains(says) } == true, "\(String(describing: refusal))")
    }

    private static func load(_ change: (inout ConfigurationOverrides) -> Void) throws -> Configuration {
        var loaded: Configuration?
        try SettingsDirectory.with(["hosts.ini": inventory]) { environment in
            loaded = try SettingsDirectory.load(environment) {
                $0.hostsFile = "hosts.ini"
                change(&$0)
            }
        }
        return try #require(loaded)
    }

    /// Hosts that are not chosen stay in the configuration: a rollout looks at those, too, that it does not upgrade.
    @Test func theOthersStayListed() throws {
        let all = try Self.load { _ in }
        #expect(all.chosen == nil && all.bystanders == [] && all.ofChosenAlone == all)
        let some = try Self.load {
            $0.hosts = ["db", "web"]
            $0.limit = "web"
            $0.excluded = ["web-1", "stage"]
        }
        #expect(some.hosts.map(\.id.rawValue) == ["db-1", "db-2", "web-1", "web-2", "web-3"])
        #expect(some.chosen == [HostID("web-2")])
        #expect(some.bystanders.map(\.rawValue) == ["db-1", "db-2", "web-1", "web-3"])
        #expect(some.ofChosenAlone.hosts.map(\.id) == [HostID("web-2")])
        #expect(some.ofChosenAlone.chosen == nil)
    }

    static let problems: [(limit: String?, exclude: String?, hosts: [String], says: String)] = [
        ("db-9", nil, ["web-1"], "--limit: 'db-9' is neither"),
        (nil, "db-9", ["web-1"], "--exclude: 'db-9' is neither"),
        (nil, "all", [], "--exclude: no host is left"),
        ("web:!web", nil, [], "--limit: no host is left"), ("web", "web", [], "--limit: no host is left"),
        // A group of the inventory is known, and none of its hosts was named.
        ("db", nil, ["web-1"], "--limit: no host is left"),
    ]

    @Test(arguments: problems) func whatChoosesNobodyIsAProblem(
        limit: String?, exclude: String?, hosts: [String], says: String
    ) throws {
        let error = #expect(throws: ConfigurationError.self) {
            try Self.load {
                $0.hosts = hosts
                $0.limit = limit
                $0.excluded = [exclude].compactMap(\.self)
            }
        }
        #expect(error?.description.hasPrefix(says) == true, "\(String(describing: error))")
    }

    /// Names that are not listed, and the listed ones that were meant.
    static let slips: [(name: String, meant: String?)] = [
        ("wbe-1", "web-1"), ("web-11", nil), ("web-4", nil), ("db-9", nil), ("stgae", "stage"),
        ("stag", nil),
        ("other", nil), ("core@wbe-1", nil), ("wbe-1:22", nil), ("10.0.0.7", nil), ("dc-1", nil),
    ]

    @Test(arguments: slips) func aMisspeltHostIsNotTakenForOneOfItsOwn(name: String, meant: String?) throws {
        do {
            let configuration = try Self.load { $0.hosts = [name] }
            #expect(meant == nil, "\(configuration.hosts)")
        } catch let error as ConfigurationError {
            let says = "'\(name)' is not listed; did you mean '\(meant ?? "")'?"
            #expect(error.description.hasPrefix(says), "\(error)")
        }
    }

    /// Names in a row of letters are hosts of their own.
    @Test(arguments: [("web-c", nil), ("wbe-a", "web-a"), ("wea-a", "web-a")] as [(String, String?)])
    func theNextInARowIsAHostOfItsOwn(name: String, meant: String?) {
        #expect(Spelling.slip(name, in: ["web-a", "web-b"]) == meant)
    }
}

import ArgumentParser
import RolloutModel
import Testing

@testable import Settings
@testable import TurnstileCommands

/// The options that name the clusters of a migration.
@Suite struct MigrationOptionsTests {
    private static func plan(_ arguments: [String], over earlier: MigrationPlan?) throws -> MigrationPlan {
        let options = try MigrationOptions.parse(arguments)
        return try #require(options.plan(over: earlier))
    }

    static let urls: [(url: String, isTaken: Bool)] = [
        ("http://deis.example.com", true), ("https://[fd00::1]:8443/", true),
        ("http://core:s3cret@deis", false), ("http://deis/v1", false), ("http://deis?x", false),
        ("http://deis#x", false), ("ftp://deis", false),
    ]

    /// The address is kept in the record: a password in it would be, too.
    @Test(arguments: urls) func anAddressHasNoUser(url: String, isTaken: Bool) {
        #expect(url.isControllerURL == isTaken)
    }

    static let places: [(place: String, host: String)] = [
        ("10.0.0.11", "10.0.0.11"), ("10.0.0.11:80", "10.0.0.11"), ("[fd00::1]:80", "fd00::1"),
        ("[fd00::1]", "fd00::1"),
    ]

    /// Names that lead to a router are compared with its address.
    @Test(arguments: places) func aRoutersPlaceHasItsAddress(place: String, host: String) {
        #expect(place.hostInPlace == host)
    }

    static let renames: [(renames: [String], says: String)] = [
        (["shop="], "the new id has 1 to 64 small letters, digits and dashes, such as shop-2: it is empty"),
        (["=shop"], "the old id has 1 to 64 small letters, digits and dashes, such as shop-2: it is empty"),
        (["shop"], "write OLD=NEW"), (["shop=a=b"], "write OLD=NEW"), (["shop=Shop"], "'Shop' is none"),
        (["shop=a b"], "'a b' is none"), (["shop=" + String(repeating: "a", count: 65)], "1 to 64"),
        (["shop=router"], "Deis gives the id 'router' to no application"),
        (["a=x", "b=x"], "'a' and 'b' would both get the id 'x'"),
        (["a=x", "a=y"], "'a' would get two ids, 'x' and 'y'"),
    ]

    @Test(arguments: renames) func anIdThatCannotBeIsRefused(renames: [String], says: String) {
        let error = #expect(throws: (any Error).self) {
            try MigrationOptions.parse(renames.flatMap { ["--rename", $0] })
        }
        let message = error.map { MigrationOptions.message(for: $0) } ?? ""
        #expect(message.contains(says), "\(message)")
    }

    /// Two applications may change their ids for one another's, and one may be given the same id twice.
    @Test(arguments: [["a=b", "b=a"], ["a=x", "a=x"], ["a=a"]]) func soundIdsAreTaken(renames: [String])
        throws
    {
        let options = try MigrationOptions.parse(renames.flatMap { ["--rename", $0] })
        #expect(options.renames.map { "\($0.old)=\($0.new)" } == renames)
    }

    /// A hold tells a person to rename one application: the others keep the ids that they were given before.
    @Test func idsThatWereGivenBeforeStay() throws {
        let first = try Self.plan(
            ["--old", "http://old", "--new", "http://new", "--rename", "router=edge", "--rename", "a=b"],
            over: nil)
        let second = try Self.plan(["--rename", "blog=weblog", "--rename", "a=c"], over: first)
        let ids = ["router", "blog", "a"].compactMap { ApplicationID($0) }
        #expect(ids.map { second.newID(of: $0).text } == ["edge", "weblog", "c"])
        #expect(try Self.plan([], over: second) == second)
    }
}

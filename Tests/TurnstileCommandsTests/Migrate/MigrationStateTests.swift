import RolloutModel
import Testing

@testable import Reports
@testable import TurnstileCommands

/// The applications that `dns` and `cutover` are about.
@Suite struct MigrationStateTests {
    private static func state(proved: Bool) throws -> MigrationState {
        let plan = MigrationPlan(
            id: "m-1", old: .init(url: "http://old", tokenFile: nil, routers: []),
            new: .init(url: "http://new", tokenFile: nil, routers: ["r"]), registry: nil, certificates: nil,
            renames: [])
        var state = try #require(MigrationState(first: .opened(format: 1, plan: plan)))
        let shop = try #require(ApplicationID("shop"))
        let name = try #require(DomainName("shop.new.org"))
        var events = [MigrationEvent.began(shop, release: 3, answers: [])]
        if proved { events.append(.proved(shop, name: name)) }
        let areTaken = events.map { state.apply($0) }
        #expect(!areTaken.contains(false))
        return state
    }

    static let cases: [(chosen: [String], proved: Bool, complaint: String?)] = [
        ([], true, nil), (["shop"], true, nil), (["shop", "shpo"], true, "shpo: not proved"),
        (["shop"], false, "shop: not proved"), ([], false, "no application is proved"),
    ]

    /// No application at all is not every application.
    @Test(arguments: cases) func nothingProvedIsNotEverything(
        chosen: [String], proved: Bool, complaint: String?
    ) throws {
        let state = try Self.state(proved: proved)
        let ids = chosen.compactMap { ApplicationID($0) }
        var said: String?
        do throws(CommandFailure) {
            _ = try state.proved(ids)
        } catch {
            said = error.message
        }
        let isAsExpected = complaint.map { said?.hasPrefix($0) == true } ?? (said == nil)
        #expect(isAsExpected, "\(said ?? "accepted")")
    }
}
